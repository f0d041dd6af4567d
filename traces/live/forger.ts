/** Segments that neither host has sent, with numbers and clocks that follow from what both have. */
import { add, segmentEnd, seq } from '../../model/index.ts'
import type { HostName } from '../conformance/folder.ts'
import { clientPort } from './fates.ts'
import { type Framed, frameOf } from './frame.ts'
import { ADDRESS, type Network, other } from './network.ts'
import type { Forged } from './script.ts'
import type { Sent } from './wire.ts'

/** Where an end stands that has sent nothing, and what its clock says. */
const NOWHERE = seq(1_000_000)
const NEVER = 1_000

export class Forger {
  readonly #network: Network
  /** What each end of a connection has sent last. */
  readonly #last = new Map<string, Framed>()

  constructor(network: Network) {
    this.#network = network
  }

  saw({ from, framed }: Sent): void {
    if (!framed.segment.flags.includes('R')) this.#last.set(`${from} ${clientPort(from, framed)}`, framed)
  }

  forge(from: HostName, { port, to, flags, len = 0, seq: ahead = 0, ack = 0, clock, echo = 0 }: Forged) {
    const [own, peer] = [from, other(from)].map((end) => this.#last.get(`${end} ${port}`)?.segment)
    const next = (s: Framed['segment'] | undefined) => (s === undefined ? NOWHERE : segmentEnd(s))
    const clockOf = (s: Framed['segment'] | undefined) => s?.options?.timestamp?.val ?? NEVER
    const [sourcePort, destinationPort] = from === 'client' ? [port, to] : [to, port]
    const framed: Framed = {
      sourcePort,
      destinationPort,
      segment: {
        flags,
        seq: add(next(own), ahead),
        len,
        ...(flags.includes('.') ? { ack: add(next(peer), ack) } : {}),
        ...(clock === undefined
          ? {}
          : { options: { timestamp: { val: (clockOf(own) + clock) >>> 0, echo: (clockOf(peer) + echo) >>> 0 } } }),
      },
    }
    const frame = this.#network.addressed(from, frameOf(framed, ADDRESS[from], ADDRESS[other(from)]))
    return { from, frame, framed }
  }
}
