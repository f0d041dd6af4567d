/**
 * Frames of reference: at each step of a search, sequence numbers are counted from the greatest that each end has shown by
 * then. TCP does not care where its numbers begin (`model/socket/renumber.ts`), so a moment in the middle of bulk text is
 * the same as thousands before it, and is recognised by its frame-relative numbers.
 */
import {
  add,
  distance,
  isUnnumbered,
  type Renumbering,
  type Segment,
  type Seq,
  segmentEnd,
} from '../../../model/index.ts'
import { type Observation, peerOf, type Side } from '../packets/observation.ts'

/**
 * How far the origin of each direction has moved when so many steps have passed: bytes, modulo 2³² and from -2³¹ on, `own` for what the
 * searched end sends, `peer` for what its peer sends. A number of the capture minus the offset is the number in the frame.
 */
export class Frames {
  readonly own: Int32Array
  readonly peer: Int32Array
  /** The greatest number that each has shown, in every frame; absent where it shows none. */
  readonly origin: { readonly own: Seq | undefined; readonly peer: Seq | undefined }

  /** @param steps the packets in the order of the search; @param side the end that is searched */
  constructor(steps: readonly Observation[], side: Side) {
    const [own, peer] = [offsetsOf(steps, side), offsetsOf(steps, peerOf(side))]
    this.own = own.offsets
    this.peer = peer.offsets
    this.origin = { own: own.first, peer: peer.first }
  }

  /** From numbers of the capture to those of the frame after so many steps. */
  into(step: number): Renumbering {
    return { own: -this.own[step]!, peer: -this.peer[step]! }
  }

  /** Back again. */
  outOf(step: number): Renumbering {
    return { own: this.own[step]!, peer: this.peer[step]! }
  }
}

/** The frontier of one direction: the number after the last that the end has shown; a SYN begins anew. */
const offsetsOf = (steps: readonly Observation[], side: Side) => {
  const offsets = new Int32Array(steps.length + 1)
  let first: Seq | undefined
  let frontier: Seq | undefined
  for (let i = 0; i < steps.length; i++) {
    const o = steps[i]!
    frontier = moved(frontier, o, side)
    first ??= frontier === undefined ? undefined : firstNumber(o, side)
    offsets[i + 1] = first === undefined || frontier === undefined ? 0 : distance(first, frontier)
  }
  return { offsets, first }
}

const moved = (frontier: Seq | undefined, o: Observation, side: Side): Seq | undefined => {
  if (o.forged || o.flags.includes('R')) return frontier
  if (o.from !== side) return frontier ?? o.ack
  if (o.seq === undefined) return frontier
  const end = segmentEnd(o.segment)
  return frontier === undefined || o.flags.includes('S') || distance(frontier, end) > 0 ? end : frontier
}

const firstNumber = (o: Observation, side: Side): Seq | undefined => (o.from === side ? o.seq : o.ack)

/** A packet in another frame. @param by as for segments of the searched end; @param side the end that is searched */
export const renumberObservation = (o: Observation, by: Renumbering, side: Side): Observation => {
  const { own, peer } = o.from === side ? by : { own: by.peer, peer: by.own }
  const segment: Segment = {
    ...o.segment,
    seq: isUnnumbered(o.segment) ? o.segment.seq : add(o.segment.seq, own),
    ...(o.segment.ack !== undefined && { ack: add(o.segment.ack, peer) }),
  }
  return {
    ...o,
    segment,
    ...(o.seq !== undefined && { seq: isUnnumbered({ flags: o.flags, seq: o.seq }) ? o.seq : add(o.seq, own) }),
    ...(o.ack !== undefined && { ack: add(o.ack, peer) }),
    ...(o.analysis?.gapFrom !== undefined && { analysis: { ...o.analysis, gapFrom: add(o.analysis.gapFrom, own) } }),
    ...(o.sack !== undefined && { sack: o.sack.map(([l, r]) => [add(l, peer), add(r, peer)] as const) }),
  }
}
