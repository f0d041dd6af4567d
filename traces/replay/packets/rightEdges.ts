import { add, type Seq } from '../../../model/index.ts'
import type { Packet } from '../../capture.ts'
import { peerOf, type Side } from './side.ts'

/**
 * The numbers up to which the ends offered to take text. Whoever has sent more when the other end takes its offer back
 * acknowledges, and resets, with that number. linux: tcp_acceptable_seq · RFC 9293 §3.8.6
 */
export class RightEdges {
  /** By whose SYN was seen: the scale that it offers, or none. */
  readonly #offers = new Map<Side, number | undefined>()
  readonly #edges = { client: new Set<Seq>(), server: new Set<Seq>() }

  /** Whether such an ACK or RST may have this packet's number: the other end has offered it, now or earlier. */
  isToldAt(p: Packet, from: Side): boolean {
    const { window, acknowledgment, options, flags, length, sequence } = p
    if (flags.includes('S')) this.#offers.set(from, options?.windowScale)
    else if (!flags.includes('R') && window !== undefined && acknowledgment !== undefined)
      this.#edges[from].add(add(acknowledgment, window * 2 ** this.#scaleOf(from)))
    const isBare = length === 0 && /^R?\.$/.test(flags) && sequence !== undefined
    return isBare && this.#offers.size === 2 && this.#edges[peerOf(from)].has(sequence)
  }

  #scaleOf(side: Side): number {
    const [own, other] = [this.#offers.get(side), this.#offers.get(peerOf(side))]
    return own === undefined || other === undefined ? 0 : own
  }
}
