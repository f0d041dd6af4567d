/** Packets of the capture and segments of the model, matched: the n-th of those that say the same is the n-th. */
import type { Segment } from '../../model/index.ts'
import type { Observation, Side } from '../replay/packets/observation.ts'

/** An acknowledgment number tells a bare ACK from another; of the rest it may differ from course to course. */
const keyOf = (from: Side, { flags, seq, ack, len }: Segment): string =>
  `${from} ${flags} ${seq} ${len} ${flags === '.' && len === 0 ? (ack ?? '') : ''}`

/** Hands out, for each segment of the model, the packet that it is in the capture, once. */
export class Copies {
  readonly #left = new Map<string, number[]>()

  /** @param o in numbers of their own; @param indices of the packets that may be met again */
  constructor(o: readonly Observation[], indices: readonly number[]) {
    for (const index of indices) {
      const key = keyOf(o[index]!.from, o[index]!.segment)
      this.#left.set(key, [...(this.#left.get(key) ?? []), index])
    }
  }

  /** The index of its packet in the capture, if it has one. */
  take(from: Side, segment: Segment): number | undefined {
    return this.#left.get(keyOf(from, segment))?.shift()
  }

  /** Of the packets that the model does not send. */
  left(): number[] {
    return [...this.#left.values()].flat().sort((a, b) => a - b)
  }
}
