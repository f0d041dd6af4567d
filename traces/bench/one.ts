/**
 * `one.js FILE [AGAIN]`: replays one capture, and again so many times, and prints what that took, as JSON. In a process of its
 * own: its memory is nobody else's, and the first time is the first.
 */
import { openCapture } from '../readers/index.ts'
import { replay } from '../replayCapture.ts'

export interface Took {
  readonly packets: number
  readonly connections: number
  readonly verdict: string
  readonly secondsReading: number
  readonly seconds: number
  /** The same for each time more. */
  readonly secondsAgain: readonly number[]
  readonly peakMB: number
}

const [file, again = '0'] = process.argv.slice(2)

const once = (): Omit<Took, 'secondsAgain' | 'peakMB'> => {
  const began = performance.now()
  const capture = openCapture(file!)
  const read = performance.now()
  const { packets, connections, verdict } = replay(capture)
  const seconds = (performance.now() - began) / 1000
  return { packets, connections: connections.length, verdict, secondsReading: (read - began) / 1000, seconds }
}

const first = once()
const secondsAgain = Array.from({ length: Number(again) }, () => once().seconds)
const took: Took = { ...first, secondsAgain, peakMB: process.resourceUsage().maxRSS / 1024 }
process.stdout.write(`${JSON.stringify(took)}\n`)
