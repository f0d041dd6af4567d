/** What the rest of a capture still shows of an end. */
import { add, before, later, notAfter, type Seq } from '../../../model/index.ts'
import type { Rest } from '../actors/hypothesis.ts'
import type { Observation, Side } from '../packets/observation.ts'

const endOf = (o: Observation): Seq => add(o.seq!, o.len + (/[SF]/.test(o.flags) ? 1 : 0))

/** What is still to be seen of an end from each index on, until its next SYN. */
export const restsOf = (observations: readonly Observation[], side: Side): Rest[] => {
  const repeated = repetitions(observations, side)
  const isNext = withoutGap(observations, side)
  const slow = slowFrom(observations, side, repeated)
  const rests: Rest[] = ['silent']
  let rest: Rest = 'silent'
  for (let i = observations.length - 1; i >= 0; i--) {
    const o = observations[i]!
    if (o.from === side && !o.forged && !o.flags.includes('R')) {
      if (o.flags.includes('S')) rest = 'silent'
      else if (o.len > 0 && !o.analysis?.elicited && repeated[i] === 0)
        rest = o.analysis?.afterRto && isNext[i] && !saysMore(rest) ? endOf(o) : 'talks'
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

/** The last text of the other end that this end acknowledges then, and not before: a closed end would reset it. */
const lastTaken = (observations: readonly Observation[], side: Side): number => {
  let acked: Seq | undefined
  let last = -1
  const open: { readonly at: number; readonly end: Seq }[] = []
  for (let at = 0; at < observations.length; at++) {
    const o = observations[at]!
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

/** Of each packet of an end, whether no gap lies before it: its end was seen to reach its number. */
const withoutGap = (observations: readonly Observation[], side: Side): boolean[] => {
  let reached: Seq | undefined
  return observations.map((o) => {
    if (o.from !== side || o.seq === undefined) return false
    const isNext = reached !== undefined && notAfter(o.seq, reached)
    if (!o.flags.includes('R')) reached = reached === undefined ? endOf(o) : later(reached, endOf(o))
    return isNext
  })
}

const saysMore = (rest: Rest): boolean => rest === 'talks' || typeof rest === 'number'

/** The initial congestion window, in segments. RFC 6928 §2 */
const INITIAL_WINDOW = 10

/** The first packet with which an end repeats something, or has sent all of the initial window: from then on it may be full. */
const slowFrom = (observations: readonly Observation[], side: Side, repeated: Uint8Array): number => {
  let sent = 0
  const at = observations.findIndex(
    (o, i) => o.from === side && (o.len > 0 || /[SF]/.test(o.flags)) && (++sent >= INITIAL_WINDOW || repeated[i] === 1),
  )
  return at < 0 ? observations.length : at
}

/** More than a segment can have: 2³² times as many are still told apart. */
const LENGTHS = 2 ** 20

/** Of each packet with text, SYN or FIN, whether the end has sent the same before. Most lie beyond all that it has sent. */
const repetitions = (observations: readonly Observation[], side: Side): Uint8Array => {
  const repeated = new Uint8Array(observations.length)
  const sent = new Set<number>()
  let reached: Seq | undefined
  let noted = 0
  for (let i = 0; i < observations.length; i++) {
    const o = observations[i]!
    if (!saysNew(o, side)) continue
    const isBeyond = o.seq !== undefined && reached !== undefined && !before(o.seq, reached) && !o.flags.includes('S')
    if (!isBeyond) {
      for (; noted < i; noted++) if (saysNew(observations[noted]!, side)) sent.add(textOf(observations[noted]!))
      repeated[i] = sent.has(textOf(o)) ? 1 : 0
    }
    if (o.seq !== undefined && (reached === undefined || before(reached, endOf(o)))) reached = endOf(o)
  }
  return repeated
}

const saysNew = (o: Observation, side: Side): boolean => o.from === side && (o.len > 0 || /[SF]/.test(o.flags))

const textOf = ({ seq, len }: Observation): number => (seq ?? -1) * LENGTHS + len
