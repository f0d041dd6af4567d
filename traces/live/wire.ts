/** The wire between the two hosts: what each interface sent, what the other gets, and both ends' captures. */
import type { Packet } from '../capture.ts'
import type { Call, HostName, Sample, WireLine } from '../conformance/folder.ts'
import type { Clock } from './clock.ts'
import { type Framed, framed, withChecksum } from './frame.ts'
import { HOSTS, type Network, other } from './network.ts'
import { injection, packetOf, wireLine } from './recorded.ts'

/** A packet that a host has sent. */
export interface Sent {
  readonly from: HostName
  readonly frame: Uint8Array
  readonly framed: Framed
  /** ms since the run began. */
  readonly at: number
}

/** A delivery takes less, ms, unless this process is kept waiting meanwhile. */
const STALL = 5

export class Wire {
  readonly stalls: Sample[] = []
  readonly lines: WireLine[] = []
  readonly packets: Readonly<Record<HostName, Packet[]>> = { client: [], server: [] }
  readonly #network: Network
  readonly #clock: Clock
  readonly #calls: Call[]

  constructor(network: Network, clock: Clock, calls: Call[]) {
    this.#network = network
    this.#clock = clock
    this.#calls = calls
  }

  /** What the interfaces have sent since it was last taken. */
  take(): Sent[] {
    return HOSTS.flatMap((from) => {
      const taken: Sent[] = []
      for (let got = this.#read(from); got; got = this.#read(from)) {
        const f = framed(got.frame)
        if (f === undefined) continue
        this.packets[from].push(packetOf(from, f, got.at))
        taken.push({ from, frame: withChecksum(got.frame), framed: f, at: got.at - this.#clock.epoch })
      }
      return taken
    })
  }

  #read(from: HostName) {
    return this.#network.hosts[from].link.read()
  }

  /** What becomes of a packet is known. */
  decide({ from, framed: f, at }: Sent, lost: boolean): void {
    this.lines.push(wireLine(from, f, at, lost))
  }

  /** The other host gets it. */
  deliver({ from, frame, framed: f }: Pick<Sent, 'from' | 'frame' | 'framed'>): void {
    const to = other(from)
    const at = this.#clock.time()
    this.packets[to].push(packetOf(from, f, this.#clock.epoch + at))
    this.#network.hosts[to].link.write(frame)
    const until = this.#clock.time()
    if (until - at > STALL) this.stalls.push({ from: at, to: until })
  }

  /** The other host gets what its peer has not sent now: a copy, or a forgery. */
  inject(packet: Pick<Sent, 'from' | 'frame' | 'framed'>): void {
    const at = this.#clock.time()
    const args = injection(packet.from, packet.framed)
    this.#calls.push({ at, until: at, host: packet.from, socket: 'wire', call: 'inject', args, result: null })
    this.lines.push(wireLine(packet.from, packet.framed, at, false))
    this.deliver(packet)
  }
}
