/**
 * Packets that the capture itself missed, where others prove that they passed: text that is acknowledged or gone on from
 * without having been seen, a SYN+ACK or the third ACK of a handshake that goes on. Wireshark calls it `ACKed unseen segment`.
 *
 * A capture that says it dropped packets is not held to have seen them: it is inconclusive where with them the rest conforms.
 * One that does not say so is taken to show all; it diverges, with a remark on what a missed packet would change.
 */
import { add, before, distance, type Flags, later, type Segment, type Seq } from '../../../model/index.ts'
import { type Observation, peerOf, type Side } from '../packets/observation.ts'
import { assuming, type Captured, type Reading } from './reading.ts'

/** A packet that was not captured, and why it must have passed. */
interface Missed {
  readonly o: Observation
  readonly words: string
}

/** More than this was not sent between two packets that were captured: bytes. */
const MOST = 2 ** 20

/** So many follow from one packet: of a handshake, of the text of either end, of an ACK. */
const MOST_BEFORE = 4

/** The readings with what was missed; a FIN, or the last of the text. */
export function* notCaptured(plain: Reading, { options: { dropped = 0 } }: Captured): Generator<Reading> {
  for (const lastIsFin of [false, true]) {
    const { filled, missed } = withMissed(plain.packets, lastIsFin)
    if (missed.length === 0) return
    const which = `${missed.map((m) => m.words).join('; ')}; with ${missed.length > 1 ? 'these' : 'this'} the rest conforms`
    const isSaid = dropped >= missed.length
    yield assuming(
      plain,
      { packets: filled },
      {
        id: 'not-captured',
        packets: missed.map(({ o }) => o.packet),
        ceiling: isSaid ? 'inconclusive' : 'diverges',
        words: isSaid
          ? `the capture itself dropped ${dropped} packet${dropped > 1 ? 's' : ''}: ${which}`
          : `the capture missed something: ${which}`,
      },
    )
  }
}

interface Heard {
  /** The next number of each end, as far as was seen. */
  readonly next: Partial<Record<Side, Seq>>
  /** What each end has acknowledged. */
  readonly acked: Partial<Record<Side, Seq>>
}

/** @param lastIsFin the last number that was missed is that of a FIN, unless a packet shows otherwise */
const withMissed = (observations: readonly Observation[], lastIsFin: boolean) => {
  const heard: Heard = { next: {}, acked: {} }
  const missed: Missed[] = []
  const filled = observations.flatMap((o, i) => {
    if (o.forged || o.flags.includes('R')) return [o]
    const before: Observation[] = []
    for (let most = o.flags.includes('S') ? 0 : MOST_BEFORE; before.length < most; ) {
      const found = missedBefore(o, heard, observations.slice(i), lastIsFin)
      if (found === undefined) break
      missed.push(found)
      take(found.o, heard)
      before.push(atItsClock(found.o, observations, i))
    }
    take(o, heard)
    return [...before, o]
  })
  return { filled, missed }
}

/** Its timestamp is about that of the sender's packets around it. RFC 7323 §4 */
const atItsClock = (missed: Observation, observations: readonly Observation[], at: number): Observation => {
  const isTimed = (x: Observation): boolean => x.from === missed.from && x.clock !== undefined && !x.forged
  const near = observations.slice(0, at).findLast(isTimed) ?? observations.slice(at).find(isTimed)
  return near === undefined ? missed : { ...missed, clock: near.clock! }
}

const take = (o: Observation, { next, acked }: Heard): void => {
  const known = next[o.from]
  if (o.seq !== undefined)
    next[o.from] = known === undefined || o.flags.includes('S') ? endOf(o) : later(known, endOf(o))
  if (o.ack !== undefined) acked[o.from] = o.ack
}

const missedBefore = (
  o: Observation,
  heard: Heard,
  rest: readonly Observation[],
  lastIsFin: boolean,
): Missed | undefined => {
  const peer = peerOf(o.from)
  return (
    ofHandshake(o, peer, heard) ??
    acknowledged(o, peer, heard, rest, lastIsFin) ??
    goneOnFrom(o, peer, heard, rest) ??
    probed(o, peer, heard)
  )
}

/** A SYN+ACK that is answered, or the ACK that ends the handshake. */
const ofHandshake = (o: Observation, peer: Side, { next, acked }: Heard): Missed | undefined => {
  const [own, other] = [next[o.from], next[peer]]
  if (own === undefined || o.ack === undefined) return undefined
  const shown = 'that the capture does not show'
  if (other === undefined && o.from === 'client' && acked.client === undefined)
    return says(o, peer, ['S.', add(o.ack, -1), 0, own], `packet ${o.packet} answers a SYN+ACK ${shown}`)
  const isThirdAck = o.from === 'client' && o.flags === '.' && o.len === 0 && (o.seq ?? own) === own
  if (next.server === undefined || next.client === undefined || acked.client !== undefined || isThirdAck)
    return undefined
  const words = `packet ${o.packet} goes on after a third ACK ${shown}`
  return says(o, 'client', ['.', next.client, 0, next.server], words)
}

/** A keepalive or window probe has the number before the next: all had been acknowledged. linux: tcp_xmit_probe_skb */
const probed = (o: Observation, peer: Side, { next, acked }: Heard): Missed | undefined => {
  const [own, other, known] = [next[o.from], next[peer], acked[peer]]
  if (o.seq === undefined || o.flags !== '.' || o.len > 0) return undefined
  if (own === undefined || other === undefined || known === undefined) return undefined
  if (add(o.seq, 1) !== own || !before(known, own)) return undefined
  return says(
    o,
    peer,
    ['.', other, 0, own],
    `packet ${o.packet} is a probe after an ACK that the capture does not show`,
  )
}

const acknowledged = (
  { ack, ...o }: Observation,
  peer: Side,
  { next, acked }: Heard,
  rest: readonly Observation[],
  lastIsFin: boolean,
): Missed | undefined => {
  const from = next[peer]
  if (ack === undefined || from === undefined || acked[peer] === undefined || !isAhead(from, ack)) return undefined
  const isFin = rest.some((x) => x.from === peer && x.flags.includes('F') && endOf(x) === ack)
  const goesOn = rest.some((x) => x.from === peer && x.len > 0 && x.seq !== undefined && before(ack, endOf(x)))
  const fin = isFin || (lastIsFin && !goesOn)
  const len = distance(from, ack) - (fin ? 1 : 0)
  const what = `${len > 0 ? `${len} byte${len > 1 ? 's' : ''}` : ''}${len > 0 && fin ? ' and ' : ''}${fin ? 'a FIN' : ''}`
  const words = `packet ${o.packet} acknowledges ${what} of the ${peer} (from ${from}) that the capture does not show`
  return says(o, peer, [fin ? 'F.' : '.', from, len, acked[peer]], words)
}

/** Text that is acknowledged before it is seen again, if ever. */
const goneOnFrom = (
  o: Observation,
  peer: Side,
  { next, acked }: Heard,
  rest: readonly Observation[],
): Missed | undefined => {
  const from = next[o.from]
  const ack = acked[o.from]
  if (o.seq === undefined || from === undefined || ack === undefined || !isAhead(from, o.seq)) return undefined
  const isHeard = (x: Observation): boolean => x.from === peer && x.ack !== undefined && before(from, x.ack)
  const isShown = (x: Observation): boolean =>
    x.from === o.from && x.seq !== undefined && !before(from, x.seq) && before(from, endOf(x))
  if (!rest.some(isHeard) || isShown(rest.find((x) => isHeard(x) || isShown(x))!)) return undefined
  const len = distance(from, o.seq)
  const words = `packet ${o.packet} goes on after ${len} byte${len > 1 ? 's' : ''} (from ${from}) that the capture does not show`
  return says(o, o.from, ['.', from, len, ack], words)
}

const isAhead = (from: Seq, to: Seq): boolean => before(from, to) && distance(from, to) <= MOST

const says = (
  next: Omit<Observation, 'ack'>,
  from: Side,
  [flags, seq, len, ack]: readonly [Flags, Seq, number, Seq],
  words: string,
): Missed => {
  const { packet, time } = next
  const segment: Segment = { flags, seq, len, ack }
  return {
    words,
    o: { packet, from, inferred: true, flags, seq, len, ack, segment, ...(time === undefined ? {} : { time }) },
  }
}

const endOf = (o: Observation): Seq => add(o.seq!, o.len + (/[SF]/.test(o.flags) ? 1 : 0))
