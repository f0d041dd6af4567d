/** One damaged file through all that reads and judges it. What comes out must be a judgement or a ReadError, nothing else. */
import { readFileSync } from 'node:fs'
import { Random } from '../../checker/simulate/random.ts'
import type { Capture } from '../capture.ts'
import { diagnoseCapture } from '../diagnosis/index.ts'
import { ReadError, readCapture } from '../readers/index.ts'
import { replay } from '../replayCapture.ts'
import { damaged } from './mutate.ts'

/** What came of it: a verdict of the replay, or the code of a ReadError. */
export type Outcome = string

/** Replayed of a capture: more would take long and show no more. */
const MOST_CONNECTIONS = 2
const MOST_PACKETS = 40

/** The n-th damaged file of a seed: which it was made of, and its bytes. */
export const inputOf = (files: readonly string[], seed: number, n: number): { file: string; bytes: Uint8Array } => {
  const random = new Random(seed, n)
  const draw = (below: number): number => random.below(Math.max(1, below))
  const file = files[draw(files.length)]!
  return { file, bytes: damaged(readFileSync(file), draw) }
}

/** @throws whatever is no ReadError: a fault that was found */
export const attempt = (bytes: Uint8Array): Outcome => {
  try {
    const capture = readCapture(bytes, 'fuzzed')
    diagnoseCapture(capture)
    return replay(shortened(capture), { kernels: { client: 'linux-6.18', server: 'linux-6.18' } }).verdict
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    if (/[\p{Cc}]/u.test(error.message)) throw new Error('an error message with control characters')
    return error.code
  }
}

const shortened = (capture: Capture): Capture => ({
  ...capture,
  connections: capture.connections
    .slice(0, MOST_CONNECTIONS)
    .map((c) => ({ ...c, packets: c.packets.slice(0, MOST_PACKETS) })),
})
