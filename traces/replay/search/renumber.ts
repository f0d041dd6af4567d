/** A hypothesis at other sequence numbers. */
import { asPeer, type Renumbering, renumberSegment, type Segment } from '../../../model/index.ts'
import type { Actor, Hypothesis } from '../actors/hypothesis.ts'

export const renumberHypothesis = <E>(
  h: Hypothesis<E>,
  by: Renumbering,
  actor: Pick<Actor<E>, 'renumbered' | 'segment'>,
): Hypothesis<E> => {
  const own = (s: Segment): Segment => actor.segment(renumberSegment(s, by))
  const peers = (s: Segment): Segment => actor.segment(renumberSegment(s, asPeer(by)))
  return {
    end: actor.renumbered(h.end, by),
    unseen: h.unseen.map(own),
    late: h.late.map(own),
    due: h.due.map(peers),
    stray: h.stray.map(peers),
    copies: h.copies,
  }
}
