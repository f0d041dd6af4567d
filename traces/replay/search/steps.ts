/** The packets as one end's search meets them: in the order in which the end sent its own, each as a symbol of its frame. */
import { add, type Renumbering } from '../../../model/index.ts'
import type { Rest } from '../actors/hypothesis.ts'
import { analysed } from '../packets/analysis.ts'
import { asTold } from '../packets/arrival.ts'
import type { Observation, Side } from '../packets/observation.ts'
import { asSent, seenAfter } from '../packets/sending.ts'
import { restsOf } from './foresight.ts'
import { Frames, renumberObservation } from './frames.ts'

/** A packet in the frame in which it is met, with what is still to come of the end after it. Equal ones are one object. */
export interface PacketSymbol {
  readonly id: number
  /** Absent at the beginning, before the first packet. */
  readonly o?: Observation
  readonly rest: Rest
  /** At the interface of the end nothing is under way when the next packet comes. */
  readonly isQuiet: boolean
  /** From this frame into the next. */
  readonly onward: Renumbering
}

/** All packets that were ever met, by what they say. */
export class Symbols {
  readonly #known = new Map<string, PacketSymbol>()

  /** @param make called for one that was never met */
  of(text: string, make: (id: number) => PacketSymbol): PacketSymbol {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const made = make(this.#known.size)
    this.#known.set(text, made)
    return made
  }
}

/** Where the steps of a search lie in the capture. */
export interface Steps {
  /** The index of each packet in the capture. */
  readonly at: readonly number[]
  /** How many of the first packets of the capture lie behind each number of steps. */
  readonly seen: readonly number[]
  readonly frames: Frames
}

/** What a search goes through: of no use when it is done. */
export interface Path {
  readonly steps: Steps
  /** The packets, in an order in which the end may have sent its own. */
  readonly packets: readonly Observation[]
  /** Before the first packet, and of each. */
  readonly symbols: readonly PacketSymbol[]
}

export interface StepsOptions {
  readonly resetsOvertake: boolean
  readonly tapAt?: Side | undefined
}

export const pathOf = (
  observations: readonly Observation[],
  side: Side,
  symbols: Symbols,
  { resetsOvertake, tapAt }: StepsOptions,
): Path => {
  const sent = asSent(observations, side, resetsOvertake)
  const analysis = analysed(sent.map((i) => observations[i]!))
  // At its own interface everything arrives when the tap sees it.
  const told = tapAt === side ? undefined : asTold(analysis, side)
  const at = told?.map((i) => sent[i]!) ?? sent
  const packets = told?.map((i) => analysis[i]!) ?? analysis
  const frames = new Frames(packets, side)
  const rests = restsOf(packets, side)
  const begin = symbols.of(`${rests[0]}`, (id) => ({
    id,
    rest: rests[0]!,
    isQuiet: false,
    onward: { own: 0, peer: 0 },
  }))
  const met = packets.map((o, i) => {
    const own = frames.own[i]!
    const peer = frames.peer[i]!
    const onward = { own: own - frames.own[i + 1]!, peer: peer - frames.peer[i + 1]! }
    const rest = inFrame(rests[i + 1]!, own)
    const isQuiet = tapAt === side && isAtRest(o, packets[i + 1])
    const text = `${textOf(o, o.from === side, own, peer)} ${rest} ${isQuiet} ${onward.own} ${onward.peer}`
    return symbols.of(text, (id) => ({
      id,
      o: renumberObservation(o, frames.into(i), side),
      rest,
      isQuiet,
      onward,
    }))
  })
  return { steps: { at, seen: seenAfter(at), frames }, packets, symbols: [begin, ...met] }
}

const inFrame = (rest: Rest, own: number): Rest => (typeof rest === 'number' ? add(rest, -own) : rest)

/** All that a search can tell of a packet. */
const textOf = (o: Observation, isOwn: boolean, own: number, peer: number): string => {
  const [from, to] = isOwn ? [own, peer] : [peer, own]
  const { flags, seq, ack, len, sack, segment, analysis: { gapFrom } = {} } = o
  let text = `${isOwn ? '>' : '<'}${flags} ${seq === undefined ? '' : seq - from} ${ack === undefined ? '' : ack - to} ${len}`
  if (seq === undefined) text += ` ${segment.seq - from}`
  if (gapFrom !== undefined) text += ` gap ${gapFrom - from}`
  if (sack !== undefined) for (const [left, right] of sack) text += ` ${left - to}-${right - to}`
  if (segment.options !== undefined) text += JSON.stringify(segment.options)
  return `${text} ${marksOf(o)}`
}

const marksOf = ({ analysis = {}, forged, seenAtFarTap }: Observation): string => {
  const { elicited, keepAlive, synRetransmission, windowUpdate, afterIdle, tailLossProbe } = analysis
  return `${elicited ? 'a' : ''}${keepAlive ? 'p' : ''}${synRetransmission ? 'g' : ''}${windowUpdate ? 'u' : ''}${afterIdle ? 'z' : ''}${
    tailLossProbe ? 't' : ''
  }${forged ? 'f' : ''}${seenAtFarTap === undefined ? '' : seenAtFarTap ? 'b' : 'n'}`
}

/** Seconds between two packets after which nothing is under way inside a host. */
const AT_ONCE = 0.02

const isAtRest = (o: Observation, next: Observation | undefined): boolean =>
  next === undefined || (o.time !== undefined && next.time !== undefined && next.time - o.time > AT_ONCE)
