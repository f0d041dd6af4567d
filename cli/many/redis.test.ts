/** Workers and Redis killed in the midst of a matrix. It needs redis-server, and the program as `npm ci` has compiled it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { profileNames } from '../../model/index.ts'
import { halfopen } from '../testing/halfopen.ts'

const main = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url))

const hasRedis = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    console.warn('redis-server is not installed: that a matrix outlives its workers and its Redis is not tested')
    return false
  }
})()

const matrix = 'scenario=SYN-queue-limit,inexact-reset,dead-backlog-0,systematic-ghost; kernel=all'
const cells = 4 * profileNames.length

/** How often it is tried, each time with other moments: `HALFOPEN_KILLS=20 npx vitest run cli/many/redis.test.ts`. */
const rounds = Number(process.env.HALFOPEN_KILLS ?? 1)

let folder = ''
let port = 0
const started: ChildProcess[] = []

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const start = (command: string, args: readonly string[]): ChildProcess => {
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  started.push(child)
  return child
}

const startRedis = () =>
  start('redis-server', [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
  ])
const startWorker = () => start(process.execPath, [main, 'work', `redis://127.0.0.1:${port}`])

/** The process and all that it has started. */
const killAll = ({ pid }: ChildProcess): void => {
  try {
    process.kill(-pid!, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
}

const resultsIn = (place: string): Record<string, string> =>
  existsSync(place)
    ? Object.fromEntries(
        readdirSync(place)
          .filter((name) => name.endsWith('.json'))
          .map((name) => [name, readFileSync(join(place, name), 'utf8')]),
      )
    : {}

const until = async (holds: () => boolean): Promise<void> => {
  for (const start = Date.now(); !holds() && Date.now() - start < 100_000; )
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfopen-'))
  port = await freePort()
})
afterEach(() => {
  for (const child of started.splice(0)) killAll(child)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe.skipIf(!hasRedis || !existsSync(main))('a matrix by way of Redis', () => {
  const all = Array.from({ length: rounds }, (_, i) => i + 1)
  test.each(all)(
    'workers and Redis are killed (%i): every cell once, the report byte for byte that of one machine',
    {
      timeout: 200_000,
    },
    async () => {
      const [out, alone] = [join(folder, 'out'), join(folder, 'alone')]
      let redis = startRedis()
      const workers = [startWorker(), startWorker()]
      const sender = spawn(process.execPath, [
        main,
        'check',
        '--matrix',
        matrix,
        '--via',
        `redis://127.0.0.1:${port}`,
        '--out',
        out,
        '--json',
      ])
      const ended = new Promise<number | null>((resolve) => {
        sender.on('close', resolve)
      })
      let said = ''
      sender.stdout.on('data', (text) => {
        said += text
      })
      await until(() => Object.keys(resultsIn(out)).length > 1 + Math.floor(5 * Math.random()))
      killAll(workers[0]!)
      workers[0] = startWorker()
      await until(() => Object.keys(resultsIn(out)).length > 7 + Math.floor(5 * Math.random()))
      killAll(redis)
      redis = startRedis()
      expect(await ended).toBe(0)
      expect(JSON.parse(said)).toEqual({ schema: 'halfopen/check-matrix/1', cells, done: cells, found: 0, failed: 0 })
      const local = await new Promise<number | null>((resolve) => {
        spawn(process.execPath, [main, 'check', '--matrix', matrix, '--out', alone]).on('close', resolve)
      })
      expect(local).toBe(0)
      expect(resultsIn(out)).toEqual(resultsIn(alone))
      expect((await halfopen(['merge', out, alone, '--json'])).out).toBe(
        (await halfopen(['merge', alone, '--json'])).out,
      )
    },
  )
})

describe('usage', () => {
  const viaFolder = mkdtempSync(join(tmpdir(), 'halfopen-'))
  afterAll(() => rmSync(viaFolder, { recursive: true, force: true }))
  test.each([
    [['work', 'http://127.0.0.1'], 'is no address of a Redis'],
    [['work', 'redis'], 'is no address of a Redis'],
    [['check', '--matrix', 'scenario=close', '--via', 'x', '--out', viaFolder], 'is no address of a Redis'],
    [['check', '--matrix', 'scenario=close', '--cell', '0'], 'is no cell of this matrix'],
  ])('%j', async (args, words) => {
    const { code, err } = await halfopen(args)
    expect(code).toBe(2)
    expect(err).toContain(words)
  })
})
