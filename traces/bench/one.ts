/** `one.js FILE AGAIN`: replays one capture, and again so many times, and prints as JSON how long each took. */
import { openCapture } from '../readers/index.ts'
import { replay } from '../replayCapture.ts'

/** Seconds. */
export interface Took {
  readonly seconds: number
  /** The same for each time more. */
  readonly secondsAgain: readonly number[]
}

const [file, again = '0'] = process.argv.slice(2)

const once = (): number => {
  const began = performance.now()
  replay(openCapture(file!))
  return (performance.now() - began) / 1000
}

const took: Took = { seconds: once(), secondsAgain: Array.from({ length: Number(again) }, once) }
process.stdout.write(`${JSON.stringify(took)}\n`)
