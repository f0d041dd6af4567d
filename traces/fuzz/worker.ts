/** Attempts one damaged file after another, and tells what came of each: the parent sees when no more comes. */
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { attempt, inputOf } from './attempt.ts'

const { files, seed, from } = workerData as { files: string[]; seed: number; from: number }

/** Told to whoever started the worker. */
export interface Told {
  readonly n: number
  readonly outcome?: string
  readonly fault?: string
  /** Bytes in use, now and then. */
  readonly heap?: number
}

const heap = (): number => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Between two looks at the memory. */
const EVERY = 200

for (let n = from; ; n++) {
  const { bytes } = inputOf(files, seed, n)
  let told: Told
  try {
    told = { n, outcome: attempt(bytes), ...(n % EVERY === 0 ? { heap: heap() } : {}) }
  } catch (error) {
    told = { n, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  parentPort?.postMessage(told)
  await setImmediate() // what is only weakly held stays until a task ends
}
