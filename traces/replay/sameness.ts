/** When two hypotheses are the same for all that is still to come. */
import type { Segment } from '../../model/index.ts'
import type { Hypothesis } from './hypothesis.ts'
import type { Remembering } from './memory.ts'
import { type Observation, shows } from './observation.ts'

/**
 * Keys that equal hypotheses share, before a step of the search. What an end has sent and no packet from there on shows
 * only counts as lost: one such segment is like another.
 */
export const sameness = <E extends object>(
  actor: Remembering<E>,
  steps: readonly Observation[],
): ((h: Hypothesis<E>, step: number) => string) => {
  const lastShown = lastShownIn(steps.map((o) => (o.from === actor.side && !o.forged ? o : undefined)))
  const last: number[] = []
  return (h, step) => {
    const isShownFrom = (s: Segment): boolean => {
      const id = actor.segmentId(s)
      last[id] ??= lastShown(s)
      return last[id] >= step
    }
    let key = `${actor.endId(h.end)},${h.copies}`
    for (const s of h.unseen) key += isShownFrom(s) ? ` ${actor.segmentId(s)}` : ' x'
    key += '|'
    for (const s of h.late) if (isShownFrom(s)) key += ` ${actor.segmentId(s)}`
    key += '|'
    for (const s of h.due) key += ` ${actor.segmentId(s)}`
    return key
  }
}

/** The last step that shows a segment; -1 if none does. */
const lastShownIn = (own: readonly (Observation | undefined)[]): ((s: Segment) => number) => {
  const alike = new Map<string, number[]>()
  own.forEach((o, i) => {
    if (o === undefined) return
    const of = alike.get(shape(o))
    if (of) of.push(i)
    else alike.set(shape(o), [i])
  })
  return (s) => alike.get(shape(s))?.findLast((i) => shows(own[i]!, s)) ?? -1
}

const shape = ({ flags, len, ack }: Pick<Segment, 'flags' | 'len' | 'ack'>): string => `${flags},${len},${ack}`
