/** Replays one capture and prints what that took, as JSON. In a process of its own: its memory is nobody else's. */
import { openCapture } from '../readers/index.ts'
import { replay } from '../replayCapture.ts'

export interface Took {
  readonly packets: number
  readonly connections: number
  readonly verdict: string
  readonly secondsReading: number
  readonly seconds: number
  readonly peakMB: number
}

const began = performance.now()
const capture = openCapture(process.argv[2]!)
const read = performance.now()
const { packets, connections, verdict } = replay(capture)
const took: Took = {
  packets,
  connections: connections.length,
  verdict,
  secondsReading: (read - began) / 1000,
  seconds: (performance.now() - began) / 1000,
  peakMB: process.resourceUsage().maxRSS / 1024,
}
process.stdout.write(`${JSON.stringify(took)}\n`)
