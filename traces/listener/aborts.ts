/** RSTs to third ACKs: whether the listener was closed, or its queue full, the other connections tell. */
import type { ListenerFacts } from './facts.ts'

/**
 * A listener seen afterwards was there then: a SYN was answered, or dropped where a closed port would reset it. That
 * the listener was closed and opened anew between is left out.
 */
export const withAborts = (all: readonly ListenerFacts[]): readonly ListenerFacts[] => {
  if (!all.some(({ reset }) => reset)) return all
  const listens = all.reduce((last, c) => {
    const dropped = c.overflows.filter((f) => f.dropped === 'SYN' && f.certain)
    return [...c.admitted, ...dropped].reduce((max, { from }) => Math.max(max, from), last)
  }, Number.NEGATIVE_INFINITY)
  return all.map((c) =>
    c.reset !== undefined && c.reset.to <= listens && !c.overflows.some(({ packet }) => packet === c.reset!.packet)
      ? { ...c, overflows: [...c.overflows, c.reset] }
      : c,
  )
}
