/** `halfopen work redis://…`: takes cells from a queue, each done by a process of its own, so that the queue hears of this one meanwhile. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { type ExitCode, exit } from '../exit.ts'
import { isInterrupted } from '../io.ts'
import { packageFolder } from '../package.ts'
import { bullmq, type CellJob, connectionOf, LOST_WORKERS, QUEUE, sleep } from './queue.ts'

export interface WorkFlags {
  /** Cells at a time. */
  readonly jobs?: number
  /** Ends as soon as nothing is left to do. */
  readonly drain?: true
}

/** Milliseconds for which nothing may be heard of a worker until its cell is given to another one. */
const LOCK = 15_000

export const work = async (url: string, { jobs = 1, drain }: WorkFlags, { io }: Context): Promise<ExitCode> => {
  const connection = connectionOf('work', url)
  const { Queue, Worker } = bullmq('work')
  const running = new Set<ReturnType<typeof spawn>>()
  const worker = new Worker<CellJob, string>(QUEUE, (job) => done(job.data, running), {
    connection,
    concurrency: jobs,
    lockDuration: LOCK,
    stalledInterval: LOCK,
    maxStalledCount: LOST_WORKERS,
  })
  const queue = new Queue(QUEUE, { connection })
  const waits = (): void => {} // Redis is away: work goes on when it is back
  worker.on('error', waits)
  queue.on('error', waits)
  worker.on('failed', (job, error) => io.err(`halfopen: ${job?.name}: ${error.message}\n`))
  let isEmpty = false
  while (!isInterrupted(io) && !isEmpty) {
    await sleep(500)
    if (drain) isEmpty = (await queue.getJobCountByTypes('waiting', 'active', 'delayed')) === 0
  }
  for (const child of running) child.kill()
  await worker.close(isInterrupted(io))
  await queue.close()
  return isInterrupted(io) ? exit.interrupted : exit.holds
}

/** Runs the cell in a process; gives the text of its result. */
const done = ({ id, matrix, bounds }: CellJob, running: Set<ReturnType<typeof spawn>>): Promise<string> =>
  new Promise((resolve, reject) => {
    const main = join(packageFolder(), 'dist', 'bin', 'main.js')
    const child = spawn(process.execPath, [main, 'check', '--matrix', matrix, '--cell', id, ...bounds], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err = `${err}${text}`.slice(-2000)
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      running.delete(child)
      if (code === 0 && out !== '') resolve(out)
      else reject(new Error(err.trim() || `the process of the cell ended by ${signal ?? `exit code ${code}`}`))
    })
  })
