/** The process in the other kernel: does what it finds in its folder, until it is told to end or forgotten. */
import { release } from 'node:os'
import { thisKernel } from '../here.ts'
import { loadInterfaces } from './modules.ts'
import { type Done, got, type Job, put, sleep } from './work.ts'

/** How often it looks, ms, and for how long. */
const LOOKS = 20
const FORGOTTEN = 600_000

const does = (job: Exclude<Job, 'end'>): Done => {
  try {
    if ('paths' in job) return { results: thisKernel.lead(job.paths) }
    const recordings: Extract<Done, { recordings: unknown }>['recordings'][number][] = []
    thisKernel.runAll(job.runs, (recording, _, i) => {
      recordings[i] = recording
    })
    return { recordings }
  } catch (error) {
    return { failed: (error as Error).message }
  }
}

const work = (folder: string): void => {
  loadInterfaces()
  put(folder, 'done', 0, { release: release() })
  for (let n = 1, waited = 0; waited < FORGOTTEN; ) {
    const job = got<Job>(folder, 'job', n)
    if (job === 'end') return
    if (job === undefined) {
      sleep(LOOKS)
      waited += LOOKS
      continue
    }
    put(folder, 'done', n, does(job))
    n++
    waited = 0
  }
}

work(process.argv[2]!)
