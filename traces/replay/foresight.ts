/** What only the rest of a capture tells of a packet: whether text was lost before the tap, whether a repetition was asked for. */
import { add, before, distance, notAfter, type Seq } from '../../model/index.ts'
import type { Rest } from './hypothesis.ts'
import type { Observation, Side } from './observation.ts'

/** Adds `since` and `answered`, which a search cannot know from what it has seen so far. */
export const withForesight = (observations: readonly Observation[]): Observation[] => {
  const sent: Partial<Record<Observation['from'], Seq>> = {}
  return observations.map((o, at) => {
    if (o.forged) return o
    if (o.seq === undefined || o.flags.includes('S')) {
      if (o.seq !== undefined) sent[o.from] = add(o.seq, 1)
      return o
    }
    const last = sent[o.from]
    const end = endOf(o)
    if (o.flags !== 'R' && (last === undefined || before(last, end))) sent[o.from] = end
    if (last === undefined) return o
    const beyond = before(last, o.seq) ? o.seq : before(last, end) && before(o.seq, last) ? end : undefined
    if (beyond !== undefined)
      return { ...o, since: wasNeverHeard(observations, o, last) ? last : lostSince(observations, o, beyond) }
    return end !== o.seq && before(o.seq, last) && answered(observations, at) ? { ...o, answered: true as const } : o
  })
}

const endOf = (o: Observation): Seq => add(o.seq!, o.len + (/[SF]/.test(o.flags) ? 1 : 0))

/** The first of the numbers before `at` that the sender may have used without the tap seeing it at once: other packets show them. */
const lostSince = (observations: readonly Observation[], { from }: Observation, at: Seq): Seq => {
  let start = at
  for (let grown = true; grown; ) {
    grown = false
    for (const x of observations) {
      if (x.from !== from || x.seq === undefined || x.seq === endOf(x) || x.flags.includes('S')) continue
      if (!before(x.seq, start) || before(endOf(x), start)) continue
      start = x.seq
      grown = true
    }
  }
  return start
}

/** More than this is not sent and lost without a trace: bytes. */
const MOST_LOST = 2 ** 21

/** Nothing acknowledges more than this number, until the end opens anew: what followed it may have been lost for good. */
const wasNeverHeard = (
  observations: readonly Observation[],
  { from, packet, seq }: Observation,
  last: Seq,
): boolean => {
  if (distance(last, seq!) > MOST_LOST) return false
  let sameConnection = true
  for (const x of observations) {
    if (x.from === from && x.flags.includes('S')) sameConnection = x.packet < packet
    if (sameConnection && x.from !== from && x.ack !== undefined && before(last, x.ack)) return false
  }
  return true
}

/** Whether the other end was heard since this text was last sent: its ACK may have asked for it. RFC 5681 §3.2 */
const answered = (observations: readonly Observation[], at: number): boolean => {
  const o = observations[at]!
  for (let i = at - 1; i >= 0; i--) {
    const x = observations[i]!
    if (x.from !== o.from) return true
    if (x.seq !== undefined && before(x.seq, endOf(o)) && !notAfter(endOf(x), o.seq!)) return false
  }
  return false
}

/** What is still to be seen of an end from that index on, until its next SYN. */
export const restOf = (observations: readonly Observation[], side: Side, from: number): Rest => {
  let rest: Rest = 'silent'
  for (let i = from; i < observations.length; i++) {
    const o = observations[i]!
    if (o.from !== side || o.forged || o.flags.includes('R')) continue
    if (o.flags.includes('S')) break
    if (o.len > 0 && !o.answered && !repeated(observations, i)) return 'talks'
    rest = 'closes'
  }
  return rest
}

const repeated = (observations: readonly Observation[], at: number): boolean => {
  const o = observations[at]!
  for (let i = at - 1; i >= 0; i--) {
    const x = observations[i]!
    if (x.from === o.from && x.seq === o.seq && x.len === o.len) return true
  }
  return false
}
