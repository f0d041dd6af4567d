/** One line a second about random runs, where somebody may be watching. */
import type { SimulateOptions, SimulationProgress } from '../../checker/index.ts'
import type { Io } from '../io.ts'
import { count, seconds, short } from '../words/number.ts'

const line = ({ runs, steps, stepsPerSecond, seconds: s }: SimulationProgress): string =>
  [count(runs, 'run'), count(steps, 'step'), `${short(stepsPerSecond)}/s`, seconds(s)].join(' · ')

export const progressTo = (io: Io): Pick<SimulateOptions, 'onProgress'> => {
  if (!io.isTTY.err && (io.env.HALFOPEN_PROGRESS ?? '') === '') return {}
  const write = (text: string) => io.err(io.isTTY.err ? `\r\u001b[K${text}` : `${text}\n`)
  return { onProgress: (progress) => write(line(progress)) }
}
