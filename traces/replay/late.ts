/**
 * Packets that the capture shows at another moment than that at which they were sent, or at which the other end got them: those
 * that others overtook before the tap or beyond it, and those of an earlier incarnation. Only what packets themselves tell counts:
 * timestamps (RFC 7323 §4), acknowledgments, which only grow (RFC 9293 §3.4), and SACK blocks (RFC 2018 §4).
 */
import { before, notAfter, type Seq, segmentEnd } from '../../model/index.ts'
import type { Connection } from '../capture.ts'
import { type Incarnations, incarnationsOf } from './packets/incarnations.ts'
import { type Observation, observationsOf } from './packets/observation.ts'
import { asSent } from './packets/sending.ts'
import { oldDuplicates } from './readings/old-duplicates.ts'
import { inOrderSent } from './readings/tap-order.ts'

export interface LatePacket {
  /** Its number. */
  readonly packet: number
  /** It left just before that packet, which the capture shows earlier. */
  readonly leavesBefore?: number
  /** It left as that packet, of which it is a copy. */
  readonly copyOf?: number
  /** It comes to the other end just before that packet leaves there, which the capture shows later. */
  readonly comesBefore?: number
  /** The incarnation that sent it, from 1, where that is over. */
  readonly of?: number
  /** What the packets tell, for people. */
  readonly words: string
}

/** Of connections of more packets it is not looked for. */
const LONGEST = 20_000

/** In the order of the capture. At most one of the reasons is given of a packet. Undefined: it was not looked for. */
export const latePackets = (connection: Connection): LatePacket[] | undefined => {
  if (connection.packets.length > LONGEST) return undefined
  const observed = observationsOf(connection)
  const { packets } = inOrderSent({ packets: observed, assumes: [], evidence: {} })
  const incarnations = incarnationsOf(observed)
  const found = new Map<number, LatePacket>()
  for (const late of [
    ...oldOnes(observed, incarnations),
    ...shownLate(packets, observed),
    ...overtakenBefore(observed),
    ...overtakenBeyond(observed),
  ])
    if (!found.has(late.packet)) found.set(late.packet, late)
  return [...found.values()].sort((a, b) => a.packet - b.packet)
}

const packetsText = (numbers: readonly number[]): string =>
  `packet${numbers.length > 1 ? 's' : ''} ${numbers.length > 4 ? `${numbers.slice(0, 3).join(', ')} and ${numbers.length - 3} more` : numbers.join(', ')}`

/** Copies from before their end opened anew, and what timestamps show to be of long ago. RFC 9293 §3.4.2; RFC 7323 §5 */
const oldOnes = (observed: readonly Observation[], { begun, of, copied }: Incarnations): LatePacket[] => {
  const behind = oldDuplicates(observed)
  return observed.flatMap((o, i) => {
    const { packet } = o
    const original = copied(i)
    const seconds = behind.get(packet)
    const clock = seconds === undefined ? '' : `: its timestamp is ${Math.round(seconds)} s behind`
    if (original === undefined || !(original.isOver || seconds !== undefined))
      return seconds === undefined || o.flags.includes('S') ? [] : [{ packet, words: `old, or forged${clock}` }]
    const copyOf = observed[original.index]!.packet
    const [then, now] = [of(original.index), begun(i)]
    const sender = then === undefined || now < 2 ? '' : `, sent by incarnation ${then}`
    const meets = then === undefined || then === now ? '' : `, and comes in incarnation ${now}`
    const words = `a copy of packet ${copyOf}${sender}${meets}${clock}`
    return [{ packet, copyOf, ...(meets !== '' && { of: then! }), words }]
  })
}

/** A SYN that the tap shows after its answer. */
const shownLate = (inOrder: readonly Observation[], observed: readonly Observation[]): LatePacket[] => {
  if (inOrder === observed) return []
  const [first, answer] = inOrder
  return [
    {
      packet: first!.packet,
      leavesBefore: answer!.packet,
      words: `sent before packet ${answer!.packet}, which answers it`,
    },
  ]
}

/** Before the tap: its end sent it before packets that the tap saw earlier. */
const overtakenBefore = (observed: readonly Observation[]): LatePacket[] =>
  (['client', 'server'] as const).flatMap((side) => {
    const own = asSent(observed, side).filter((i) => observed[i]!.from === side)
    return own.flatMap((i, place) => {
      const passed: number[] = []
      for (let p = place + 1; p < own.length && p <= place + FAR; p++) if (own[p]! < i) passed.push(own[p]!)
      passed.sort((a, b) => a - b)
      if (passed.length === 0) return []
      const o = observed[i]!
      const others = passed.map((j) => observed[j]!)
      const leavesBefore = others[0]!.packet
      const told = tellsOf(o, others)
      if (told === undefined) return []
      const words = `sent before ${packetsText(others.map(({ packet }) => packet))}, ${told}`
      return [{ packet: o.packet, leavesBefore, words }]
    })
  })

/** So many packets may overtake one. */
const FAR = 64

/** Numbers of text alone do not: it may repeat what was lost before the tap. */
const tellsOf = (o: Observation, passed: readonly Observation[]): string | undefined => {
  const isTold = (by: (a: Observation, b: Observation) => boolean) => passed.every((j) => by(o, j))
  if (isTold((a, b) => a.clock !== undefined && b.clock !== undefined && ((a.clock - b.clock) | 0) < 0))
    return 'as its timestamp tells'
  const isOlder = isTold((a, b) => a.ack !== undefined && b.ack !== undefined && before(a.ack, b.ack))
  return isOlder && o.flags === '.' && o.len === 0 ? 'as its acknowledgment tells' : undefined
}

/** Text whose receiver has told of later text (SACK) while it lacked this, and acknowledges it though it was never repeated. */
const overtakenBeyond = (observed: readonly Observation[]): LatePacket[] =>
  (['client', 'server'] as const).flatMap((side) => {
    const found: LatePacket[] = []
    let waiting: Waiting[] = []
    let shown: Seq | undefined
    for (const o of observed) {
      if (o.forged) continue
      if (o.flags.includes('S')) [waiting, shown] = [[], undefined]
      else if (o.from === side) {
        if (o.seq === undefined || o.len === 0) continue
        const end = segmentEnd(o.segment)
        if (shown !== undefined && before(o.seq, shown))
          for (const w of waiting) if (before(w.seq, end) && before(o.seq, w.end)) w.isRepeated = true
        if (shown === undefined || before(shown, end)) shown = end
        waiting.push({ packet: o.packet, seq: o.seq, end, isRepeated: false })
      } else waiting = heard(waiting, o, found)
    }
    return found
  })

interface Waiting {
  readonly packet: number
  readonly seq: Seq
  readonly end: Seq
  isRepeated: boolean
  /** The receiver has told that it came. */
  isHeld?: true
  /** The packet that tells of later text, and that text. */
  overtaken?: { readonly told: number; readonly by: number }
}

/** With timestamps an ACK has room for so many blocks: then others may be held, of which it does not tell. RFC 2018 §3 */
const MOST_BLOCKS = 3

/** What still waits for its acknowledgment after a packet of the receiver. */
const heard = (
  waiting: readonly Waiting[],
  { packet, ack, sack = [] }: Observation,
  found: LatePacket[],
): Waiting[] => {
  if (ack === undefined) return [...waiting]
  const blocks = sack.filter(([from]) => before(ack, from)) // RFC 2883 §4: others are of text that came twice
  const isTold = ({ seq, end }: Waiting): boolean =>
    !before(ack, end) || blocks.some(([from, to]) => notAfter(from, seq) && notAfter(end, to))
  for (const w of waiting) {
    if (w.isHeld || !isTold(w)) continue
    w.isHeld = true
    if (w.overtaken === undefined || w.isRepeated) continue
    const { told, by } = w.overtaken
    const words = `comes after packet ${by}: packet ${told} tells of that (SACK) and lacks it, and it is not repeated`
    found.push({ packet: w.packet, comesBefore: packet, words })
  }
  const left = waiting.filter((w) => before(ack, w.end))
  if (blocks.length === 0 || sack.length >= MOST_BLOCKS) return left
  const isTouched = ({ seq, end }: Waiting): boolean =>
    blocks.some(([from, to]) => before(from, end) && before(seq, to))
  for (const w of left) {
    if (w.isHeld || w.overtaken !== undefined || isTouched(w)) continue
    const by = left.find((later) => later.packet > w.packet && later.isHeld && isTold(later) && !later.isRepeated)
    if (by !== undefined) w.overtaken = { told: packet, by: by.packet }
  }
  return left
}
