/** `check --matrix … --via redis://…`: has the cells done by workers, and keeps their results as one machine would. */
import type { Queue } from 'bullmq'
import type { Context } from '../context.ts'
import { type ExitCode, exit } from '../exit.ts'
import { isInterrupted, writeJson } from '../io.ts'
import type { Cell } from '../matrix/cell.ts'
import { type MatrixFlags, matrixCells, outOf, planOf } from '../matrix/check.ts'
import { ResultFolder } from '../matrix/folder.ts'
import { searchFlags } from '../options/search.ts'
import { count } from '../words/number.ts'
import { bullmq, type CellJob, connectionOf, QUEUE, sleep } from './queue.ts'

/** Milliseconds between two looks at what is done. */
const PAUSE = 300
/** Cells looked at together. */
const TOGETHER = 200

/** @throws UsageError */
export const sendMatrix = async (flags: MatrixFlags, via: string, context: Context): Promise<ExitCode> => {
  const { io } = context
  const { matrix = '' } = flags
  const cells = matrixCells(matrix, flags)
  const folder = new ResultFolder(outOf(flags))
  folder.begin(planOf(matrix, cells))
  const { Queue } = bullmq('--via')
  const queue = new Queue<CellJob, string>(QUEUE, { connection: connectionOf('--via', via) })
  queue.on('error', () => {}) // Redis is away: what was sent waits until it is back
  const bounds = searchFlags(flags)
  const open = new Map(cells.filter(({ id }) => !folder.has(id)).map((cell) => [cell.id, cell]))
  const found = cells.length - open.size
  const failed: string[] = []
  try {
    await add(queue, [...open.values()], matrix, bounds)
    while (open.size > 0 && !isInterrupted(io)) {
      for (const id of [...open.keys()].slice(0, TOGETHER)) {
        const job = await queue.getJob(id)
        if (job === undefined) await add(queue, [open.get(id)!], matrix, bounds)
        else if (await job.isCompleted()) {
          folder.keepText(
            id,
            job.returnvalue ?? (await queue.getJob(id))!.returnvalue,
            ((job.finishedOn ?? 0) - (job.processedOn ?? 0)) / 1000,
          )
          await job.remove()
          open.delete(id)
        } else if (await job.isFailed()) {
          failed.push(`${open.get(id)!.scenario}: ${job.failedReason}`)
          await job.remove()
          open.delete(id)
        } else {
          // not yet: it is looked at again after the others
          const cell = open.get(id)!
          open.delete(id)
          open.set(id, cell)
        }
      }
      if (io.isTTY.err)
        io.err(`\r\u001b[K${bar(cells.length - open.size, cells.length)} ${count(open.size, 'cell')} left`)
      if (open.size > 0) await sleep(PAUSE)
    }
  } finally {
    if (io.isTTY.err) io.err('\r\u001b[K')
    await queue.close()
  }
  for (const reason of failed) io.err(`halfopen: ${reason}\n`)
  const done = {
    cells: cells.length,
    done: cells.length - open.size - failed.length - found,
    found,
    failed: failed.length,
  }
  if (flags.json) writeJson(io, 'check-matrix', done)
  else
    io.out(
      `${count(done.done, 'cell')} of ${cells.length} done, ${failed.length} failed; halfopen merge ${folder.place} tells what they say\n`,
    )
  if (isInterrupted(io)) return exit.interrupted
  return failed.length > 0 ? exit.inconclusive : exit.holds
}

const bar = (done: number, all: number): string => {
  const full = Math.floor((20 * done) / Math.max(1, all))
  return `[${'#'.repeat(full)}${' '.repeat(20 - full)}]`
}

/** A cell that is known already is not added again: its id is that of the job. */
const add = (queue: Queue<CellJob, string>, cells: readonly Cell[], matrix: string, bounds: readonly string[]) =>
  queue.addBulk(
    cells.map(({ id, scenario }) => ({
      name: scenario,
      data: { id, is: scenario, matrix, bounds },
      opts: {
        jobId: id,
        attempts: 4,
        backoff: { type: 'exponential', delay: 500 },
        removeOnComplete: false,
        removeOnFail: false,
      },
    })),
  )
