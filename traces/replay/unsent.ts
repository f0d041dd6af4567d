/**
 * An ACK of what its receiver never sent, a SYN+ACK of what was no SYN: no stack sends one. RFC 9293 §3.10.7.4, §3.10.7.2. Found
 * without a search, where a search would have more hypotheses than it can follow.
 */
import { add, before, later, notAfter, notation, type Seq, segmentEnd } from '../../model/index.ts'
import type { Divergence } from './divergence.ts'
import { type Observation, peerOf, type Side } from './packets/observation.ts'

/**
 * The first packet that acknowledges more than the capture shows of the other end, from its SYN on, at any time: also what
 * comes later may have been overtaken. Nothing where the numbers of an end are not known from one SYN alone.
 */
export const acknowledgesUnsent = (observations: readonly Observation[]): Divergence | undefined => {
  const sent = { client: sentBy(observations, 'client'), server: sentBy(observations, 'server') }
  if (sent.client === undefined || sent.server === undefined) return undefined
  let opened = false
  for (const o of observations) {
    if (o.flags === 'S.') opened = true
    const other = peerOf(o.from)
    if (!opened || !isOwn(o) || o.ack === undefined || !before(sent[other]!, o.ack)) continue
    const what = `${notation(o.segment)}, but the ${other} sends nothing beyond ${sent[other]} in all of the capture`
    return { packet: o.packet, reason: `the ${o.from} sends ${what}`, allowed: [] }
  }
  return undefined
}

/**
 * The first SYN+ACK that acknowledges no SYN of the other end, whenever that came, in a capture that begins with a SYN. Text of
 * the SYN may be acknowledged with it. RFC 7413 §4.2
 */
export const answersNoSyn = (observations: readonly Observation[]): Divergence | undefined => {
  const first = observations[0]
  if (first?.flags !== 'S' || first.inferred || observations.some(isUnnumberedSyn)) return undefined
  const syns = observations.filter(({ flags }) => flags.includes('S'))
  const bare = { client: new Set<Seq>(), server: new Set<Seq>() }
  for (const { from, seq, len } of syns) if (len === 0) bare[from].add(add(seq!, 1))
  const withText = syns.filter(({ len }) => len > 0)
  const isAnswer = ({ from, ack }: Observation): boolean =>
    ack === undefined ||
    bare[peerOf(from)].has(ack) ||
    withText.some((s) => s.from !== from && before(s.seq!, ack) && notAfter(ack, add(s.seq!, s.len + 1)))
  const odd = observations.find((o) => o.flags === 'S.' && isOwn(o) && !isAnswer(o))
  if (odd === undefined) return undefined
  const other = peerOf(odd.from)
  const reason = `the ${odd.from} sends ${notation(odd.segment)}, but no SYN of the ${other} has the number before`
  return { packet: odd.packet, reason, allowed: [] }
}

const isUnnumberedSyn = ({ flags, seq }: Observation): boolean => flags.includes('S') && seq === undefined

/** Sent by the end itself: not forged, and no RST, which may answer an old segment with its numbers. */
const isOwn = ({ forged, flags }: Observation): boolean => !forged && !flags.includes('R')

/** The number after the last that an end sends; undefined if it is not seen to open once. */
const sentBy = (observations: readonly Observation[], side: Side): Seq | undefined => {
  let isn: Seq | undefined
  let most: Seq | undefined
  for (const o of observations) {
    if (o.from !== side || !isOwn(o)) continue
    if (o.flags.includes('S')) {
      if (o.inferred || o.seq === undefined || (isn !== undefined && isn !== o.seq)) return undefined
      isn = o.seq
    }
    const end = segmentEnd(o.segment)
    most = most === undefined ? end : later(most, end)
  }
  return isn === undefined ? undefined : most
}
