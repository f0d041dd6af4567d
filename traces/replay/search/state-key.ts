/** When two hypotheses are the same for all that is still to come. */
import type { Segment } from '../../../model/index.ts'
import type { Hypothesis } from '../actors/hypothesis.ts'
import type { Remembering } from './memo.ts'

/** Keys that equal hypotheses share. */
export const stateKey = <E extends object>(actor: Remembering<E>): ((h: Hypothesis<E>) => string) => {
  const idsOf = (segments: readonly Segment[]): string => {
    if (segments.length === 0) return '|'
    let ids = '|'
    for (const s of segments) ids += ` ${actor.segmentId(s)}`
    return ids
  }
  return (h) => `${actor.endId(h.end)},${h.copies}${idsOf(h.unseen)}${idsOf(h.late)}${idsOf(h.due)}${idsOf(h.stray)}`
}
