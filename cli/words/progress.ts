/** One line a second about a search that runs: on stderr, if somebody may be watching. */
import type { CheckOptions, Progress } from '../../checker/index.ts'
import type { Io } from '../io.ts'
import { count, grouped, seconds, short } from './number.ts'

/** A pass over states that are known already has neither a rate nor transitions to tell. */
export const progressLine = (p: Progress): string =>
  [
    `depth ${p.depth}`,
    count(p.states, 'state'),
    ...(p.transitions > 0 ? [count(p.transitions, 'transition')] : []),
    `${grouped(p.queued)} queued`,
    ...(p.statesPerSecond > 0 ? [`${short(p.statesPerSecond)}/s`] : []),
    ...(p.states >= MANY ? [`${p.bytesPerState.toFixed(1)} B/state`] : []),
    seconds(p.seconds),
  ].join(' · ')

/** Of fewer states the memory is mostly that of tables. */
const MANY = 1000

const phases = { compile: 'filling tables · ', search: '', liveness: 'what must happen in the end · ' } as const

/** On a terminal the line is written over; elsewhere only if HALFOPEN_PROGRESS asks for it, one line after another. */
export const progressTo = (io: Io): Pick<CheckOptions, 'onProgress'> => {
  const asked = (io.env.HALFOPEN_PROGRESS ?? '') !== ''
  if (!io.isTTY.err && !asked) return {}
  const write = (text: string) => io.err(io.isTTY.err ? `\r\u001b[K${text}` : `${text}\n`)
  return { onProgress: (p) => write(`${phases[p.phase]}${progressLine(p)}`) }
}

/** Wipes the line that progress has left on a terminal. */
export const endProgress = (io: Io): void => {
  if (io.isTTY.err) io.err('\r\u001b[K')
}
