/** The packets as one end's search meets them: in the order in which the end sent its own, each as a symbol of its frame. */
import { analysed } from '../packets/analysis.ts'
import { asTold } from '../packets/arrival.ts'
import type { Observation, Side } from '../packets/observation.ts'
import { asSent, seenAfter } from '../packets/sending.ts'
import { restsOf } from './foresight.ts'
import { Frames, renumberObservation } from './frames.ts'
import { type PacketSymbol, restInFrame, Saying, type Symbols } from './symbols.ts'

/** Where the steps of a search lie in the capture. */
export interface Steps {
  /** The index of each packet in the capture. */
  readonly at: Int32Array
  /** How many of the first packets of the capture lie behind each number of steps. */
  readonly seen: Int32Array
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
  const at = Int32Array.from(told?.map((i) => sent[i]!) ?? sent)
  const packets = told?.map((i) => analysis[i]!) ?? analysis
  const frames = new Frames(packets, side)
  const rests = restsOf(packets, side)
  const saying = new Saying()
  const begin = { rest: rests[0]!, isQuiet: false, onward: { own: 0, peer: 0 } }
  saying.rest(begin.rest, begin.isQuiet, begin.onward)
  const met = new Array<PacketSymbol>(packets.length + 1)
  met[0] = symbols.find(saying) ?? symbols.add(saying, begin)
  const onward = { own: 0, peer: 0 }
  for (let i = 0; i < packets.length; i++) {
    const o = packets[i]!
    const own = frames.own[i]!
    const peer = frames.peer[i]!
    onward.own = own - frames.own[i + 1]!
    onward.peer = peer - frames.peer[i + 1]!
    const rest = restInFrame(rests[i + 1]!, own)
    const isQuiet = tapAt === side && isAtRest(o, packets[i + 1])
    saying.clear()
    saying.packet(o, o.from === side, own, peer)
    saying.rest(rest, isQuiet, onward)
    met[i + 1] =
      symbols.find(saying) ??
      symbols.add(saying, { o: renumberObservation(o, frames.into(i), side), rest, isQuiet, onward: { ...onward } })
  }
  return { steps: { at, seen: seenAfter(at), frames }, packets, symbols: met }
}

/** Seconds between two packets after which nothing is under way inside a host. */
const AT_ONCE = 0.02

const isAtRest = (o: Observation, next: Observation | undefined): boolean =>
  next === undefined || (o.time !== undefined && next.time !== undefined && next.time - o.time > AT_ONCE)
