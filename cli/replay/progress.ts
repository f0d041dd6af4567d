/** How far the replay of a long capture is, on stderr, where somebody may be watching. */
import type { ReplayCaptureOptions } from '../../traces/index.ts'
import type { Io } from '../io.ts'
import { grouped } from '../words/number.ts'

const WIDTH = 24

export const bar = (done: number, of: number): string => {
  const filled = Math.floor((WIDTH * done) / of)
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${grouped(done)} of ${grouped(of)} connections`
}

/** At most once a second, and not before one has passed. @param now milliseconds */
export const progressTo = (io: Io, now: () => number = Date.now): Pick<ReplayCaptureOptions, 'onConnection'> => {
  if (!io.isTTY.err && (io.env.HALFOPEN_PROGRESS ?? '') === '') return {}
  let last = now()
  return {
    onConnection: (done, of) => {
      if (now() - last < 1000) return
      last = now()
      io.err(io.isTTY.err ? `\r\u001b[K${bar(done, of)}` : `${bar(done, of)}\n`)
    },
  }
}
