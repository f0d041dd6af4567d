/** What only the rest of a capture tells of a packet: whether text was lost before the tap, whether a repetition was asked for. */
import { add, before, distance, notAfter, type Seq } from '../../../model/index.ts'
import type { Rest } from '../actors/hypothesis.ts'
import { type Observation, peerOf, type Side } from '../packets/observation.ts'
import { type Shown, shownBy } from '../packets/shown.ts'

/** Adds `since`, `answered`, `probe` and `again`, which a search cannot know from what it has seen so far. */
export const withForesight = (observations: readonly Observation[]): Observation[] => {
  const sent: Partial<Record<Side, Seq>> = {}
  const heard: Partial<Record<Side, Seq>> = {}
  const syns = new Set<string>()
  let shown: Shown | undefined
  return observations.map((o, at) => {
    if (o.forged) return o
    const peer = peerOf(o.from)
    if (o.ack !== undefined && !o.flags.includes('R')) heard[peer] = o.ack
    if (o.seq === undefined || o.flags.includes('S')) {
      if (o.seq === undefined) return o
      sent[o.from] = add(o.seq, 1)
      const syn = `${o.from} ${o.flags} ${o.seq}`
      if (syns.has(syn)) return { ...o, again: true as const }
      syns.add(syn)
      return o
    }
    const last = sent[o.from]
    const end = endOf(o)
    if (o.flags !== 'R' && (last === undefined || before(last, end))) sent[o.from] = end
    if (last === undefined) return o
    const beyond = before(last, o.seq) ? o.seq : before(last, end) && before(o.seq, last) ? end : undefined
    if (beyond !== undefined) {
      shown ??= shownBy(observations)
      const isUnheard = distance(last, o.seq) <= MOST_LOST && shown.isUnheard(o, last)
      return { ...o, since: isUnheard ? last : shown.startOf(o.from, beyond) }
    }
    if (end === o.seq || !before(o.seq, last)) return o
    const probe = o.len === 1 && end === last && heard[o.from] === last && o.flags === '.'
    if (!probe && !answered(observations, at)) return o
    return { ...o, answered: true as const, ...(probe && { probe }) }
  })
}

const endOf = (o: Observation): Seq => add(o.seq!, o.len + (/[SF]/.test(o.flags) ? 1 : 0))

/** More than this is not sent and lost without a trace: bytes. */
const MOST_LOST = 2 ** 21

/**
 * Whether the other end was heard since this text was last sent: its ACK may have asked for it. RFC 5681 §3.2
 * A SYN+ACK that comes again asks for nothing: it is answered and dropped. RFC 5961 §4 · linux: tcp_validate_incoming
 */
const answered = (observations: readonly Observation[], at: number): boolean => {
  const o = observations[at]!
  for (let i = at - 1; i >= 0; i--) {
    const x = observations[i]!
    if (x.from !== o.from && !x.flags.includes('S')) return true
    if (x.from !== o.from) continue
    if (x.seq !== undefined && before(x.seq, endOf(o)) && !notAfter(endOf(x), o.seq!)) return false
  }
  return false
}

/** What is still to be seen of an end from each index on, until its next SYN. */
export const restsOf = (observations: readonly Observation[], side: Side): Rest[] => {
  const repeated = repetitions(observations, side)
  const slow = slowFrom(observations, side, repeated)
  const rests: Rest[] = ['silent']
  let rest: Rest = 'silent'
  for (let i = observations.length - 1; i >= 0; i--) {
    const o = observations[i]!
    if (o.from === side && !o.forged && !o.flags.includes('R')) {
      if (o.flags.includes('S')) rest = 'silent'
      else if (o.len > 0 && !o.answered && !repeated[i])
        rest = o.belated && isNext(observations, i) && !saysMore(rest) ? endOf(o) : 'talks'
      else rest = rest === 'silent' ? 'closes' : typeof rest === 'number' ? 'talks' : rest
    }
    rests.push(rest)
  }
  const lastHeard = lastTaken(observations, side)
  return rests.reverse().map((r, i) => {
    if (r === 'closes' && i <= lastHeard) return 'closes and listens'
    return r === 'silent' && i > slow ? 'held back' : r
  })
}

/** The last text of the other end that this end acknowledges then, and not before: who has closed would reset it. */
const lastTaken = (observations: readonly Observation[], side: Side): number => {
  let acked: Seq | undefined
  let last = -1
  const open: { readonly at: number; readonly end: Seq }[] = []
  for (const [at, o] of observations.entries()) {
    if (o.forged || o.flags.includes('R')) continue
    if (o.from !== side) {
      if (o.len > 0 && o.seq !== undefined && (acked === undefined || before(acked, add(o.seq, o.len))))
        open.push({ at, end: add(o.seq, o.len) })
    } else if (o.ack !== undefined && (acked === undefined || before(acked, o.ack) || o.flags.includes('S'))) {
      acked = o.ack
      for (let i = open.length - 1; i >= 0; i--)
        if (notAfter(open[i]!.end, acked)) last = Math.max(last, open.splice(i, 1)[0]!.at)
    }
  }
  return last
}

/** No gap lies before it: its end was seen to reach its number. */
const isNext = (observations: readonly Observation[], at: number): boolean => {
  const { from, seq } = observations[at]!
  const reaches = (o: Observation): boolean => o.from === from && o.seq !== undefined && notAfter(seq!, endOf(o))
  return seq !== undefined && observations.slice(0, at).some((o) => !o.flags.includes('R') && reaches(o))
}

const saysMore = (rest: Rest): boolean => rest === 'talks' || typeof rest === 'number'

/** The initial congestion window, in segments. RFC 6928 §2 */
const INITIAL_WINDOW = 10

/** The first packet with which an end repeats something, or has sent all of the initial window: from then on it may be full. */
const slowFrom = (observations: readonly Observation[], side: Side, repeated: readonly boolean[]): number => {
  let sent = 0
  const at = observations.findIndex(
    (o, i) => o.from === side && (o.len > 0 || /[SF]/.test(o.flags)) && (++sent >= INITIAL_WINDOW || repeated[i]!),
  )
  return at < 0 ? observations.length : at
}

const repetitions = (observations: readonly Observation[], side: Side): boolean[] => {
  const sent = new Set<string>()
  return observations.map((o) => {
    if (o.from !== side) return false
    const text = `${o.seq} ${o.len}`
    if (sent.has(text)) return true
    sent.add(text)
    return false
  })
}
