/** The queue that shares a matrix between machines: BullMQ on Redis, which is installed only where it is wanted. */
import { createRequire } from 'node:module'
import { UsageError } from '../error.ts'

/** What a worker needs to know of a cell: the matrix that it is of, and its name there. */
export interface CellJob {
  readonly id: string
  readonly is: string
  readonly matrix: string
  readonly bounds: readonly string[]
}

export const QUEUE = 'halfopen'

/** A search takes long, so machines may come and go: a cell that lost its worker this often is given up. */
export const LOST_WORKERS = 5

/** @throws UsageError when it is not installed */
export const bullmq = (place: string): typeof import('bullmq') => {
  try {
    return createRequire(import.meta.url)('bullmq')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    const remedy = 'npm install bullmq@5 beside halfopen'
    throw new UsageError({ code: 'E_OPTION', place, cause: 'bullmq is not installed', remedy })
  }
}

/** A connection that loses Redis is retried until Redis is back. */
export interface Connection {
  readonly host: string
  readonly port: number
  readonly db?: number
  readonly username?: string
  readonly password?: string
  readonly tls?: object
  readonly maxRetriesPerRequest: null
}

/** @throws UsageError for anything but redis://[user:password@]host[:port][/db], or rediss:// */
export const connectionOf = (place: string, text: string): Connection => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const db = url?.pathname.replace(/^\//, '') ?? ''
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === '' || !/^\d*$/.test(db)) {
    const remedy = 'write redis://host:port, as in redis://127.0.0.1:6379'
    throw new UsageError({ code: 'E_VALUE', place, cause: 'is no address of a Redis', remedy })
  }
  return {
    host: url.hostname,
    port: url.port === '' ? 6379 : Number(url.port),
    ...(db !== '' && { db: Number(db) }),
    ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
    maxRetriesPerRequest: null,
  }
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
