import { add, type Seq } from '../../../model/index.ts'
import { type Connection, fromClient, hasFlag, type Packet } from '../../capture.ts'
import { peerOf, type Side } from './side.ts'

/**
 * The numbers up to which the ends offered to take text. An end that has sent more when the other end takes its offer
 * back acknowledges, and resets, with that number. linux: tcp_acceptable_seq · RFC 9293 §3.8.6
 */
export class RightEdges {
  /** By end, once its SYN was seen: the scale that it offers, or none. */
  readonly #offers = new Map<Side, number | undefined>()
  readonly #edges = { client: new Set<Seq>(), server: new Set<Seq>() }
  readonly #connection: Connection
  #read = 0

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Whether an end has offered to take text up to this number, in a packet before that place; `false` where the scale is unknown. */
  has(side: Side, edge: Seq, at: number): boolean {
    const { packets } = this.#connection
    for (; this.#read < at; this.#read++) this.#note(packets[this.#read]!)
    return this.#offers.size === 2 && this.#edges[side].has(edge)
  }

  #note(p: Packet): void {
    const from = fromClient(this.#connection, p) ? 'client' : 'server'
    const { window, acknowledgment, options } = p
    if (hasFlag(p, 'S')) this.#offers.set(from, options?.windowScale)
    else if (!hasFlag(p, 'R') && window !== undefined && acknowledgment !== undefined)
      this.#edges[from].add(add(acknowledgment, window * 2 ** this.#scaleOf(from)))
  }

  #scaleOf(side: Side): number {
    const [own, other] = [this.#offers.get(side), this.#offers.get(peerOf(side))]
    return own === undefined || other === undefined ? 0 : own
  }
}
