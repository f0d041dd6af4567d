/** Whether a capture surely lacks nothing: nearly all do not, and need not be looked through for gaps. */
import { before, type Seq, segmentEnd } from '../../../model/index.ts'
import { type Observation, peerOf, type Side } from '../packets/observation.ts'

/** What an end was seen to send, and how far it was acknowledged. */
class Shown {
  #next: Seq | undefined
  /** Where segments end that are not acknowledged, in order. */
  #edges: Seq[] = []
  #first = 0
  #begins: Seq | undefined

  /** @returns false where numbers before it were not seen */
  take(o: Observation): boolean {
    if (o.seq === undefined) return true
    const end = segmentEnd(o.segment)
    if (this.#next === undefined || o.flags.includes('S')) {
      this.#begins = o.seq
      this.#next = o.seq
      this.#edges = []
      this.#first = 0
    }
    if (before(this.#next, o.seq)) return false
    if (before(this.#next, end)) {
      this.#edges.push(end)
      this.#next = end
    }
    return true
  }

  /** @returns false for what was not seen, and for a number inside a segment */
  isAcknowledged(ack: Seq): boolean {
    if (this.#next === undefined) return true
    while (this.#first < this.#edges.length && before(this.#edges[this.#first]!, ack)) this.#first++
    const edge = this.#edges[this.#first]
    if (edge === ack) return true
    if (edge === undefined) return !before(this.#next, ack)
    return !before(this.#edges[this.#first - 1] ?? this.#begins!, ack)
  }
}

/**
 * Each end goes on where it left off, and what is acknowledged was shown by then, up to the end of a segment. Where this is
 * false, nothing is said.
 */
export const showsAll = (packets: readonly Observation[]): boolean => {
  const shown: Readonly<Record<Side, Shown>> = { client: new Shown(), server: new Shown() }
  for (const o of packets) {
    if (o.forged || o.flags.includes('R')) continue
    if (!shown[o.from].take(o)) return false
    if (o.sack !== undefined && o.sack.length > 0) return false
    if (o.ack !== undefined && !shown[peerOf(o.from)].isAcknowledged(o.ack)) return false
  }
  return true
}
