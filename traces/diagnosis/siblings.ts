/**
 * Connections to the same address and port, from about the same time, and what they tell of the listener. A busy server has a
 * hundred thousand: what each tells is found once, and those near one connection are asked by binary search.
 */
import { ByEndpoint } from '../by-endpoint.ts'
import type { Connection, Endpoint } from '../capture.ts'
import { packetCount } from '../readers/connections.ts'
import { type Observation, observationsOf } from '../replay/packets/observation.ts'
import { type Tap, tapOf } from '../replay/packets/tap.ts'
import { firstAtLeast } from '../replay/search/ordered.ts'

/** What one connection tells of the listener. */
export interface Sibling {
  readonly tap: Tap
  /** Answers to SYNs: SYN+ACKs and RSTs. */
  readonly answers: readonly Told[]
  /** The first SYN, where nothing but SYNs was seen. */
  readonly unanswered?: Told
  /** The first SYN+ACK, and the client's first packet after it that is neither SYN nor RST. */
  readonly admitted?: number
  readonly completed?: number
  /** The server's first packet with text, FIN or RST: its application has the connection, or has ended it. */
  readonly used?: number
  /** The address of the client, and its first SYN that carries a timestamp. */
  readonly client: string
  readonly stamped?: Stamped
}

export interface Stamped {
  readonly packet: number
  readonly time?: number
  readonly clock: number
}

/** A packet, in as little room as there are many. */
export interface Told {
  readonly packet: number
  readonly time?: number
  readonly refuses: boolean
}

export interface Siblings {
  readonly length: number
  /** Where the capture was taken, as the first of them tells that tells it. */
  readonly tap: Tap | undefined
  /** In the order of their first packets. */
  readonly forEach: (take: (sibling: Sibling) => void) => void
  /** Those whose SYN was answered, by a SYN+ACK or a RST: of a scan or a flood they are few. */
  readonly forEachAnswered: (take: (sibling: Sibling) => void) => void
  /** Whether the SYN of a client of that address was. */
  readonly answers: (address: string) => boolean
}

/** How many before and after it. */
const NEAREST = 256

export const siblingsOf = (all: readonly Connection[], connection: Connection): Siblings => {
  const same = serverOf(all, connection)
  const at = same.placeOf(connection.id)
  const range = { from: Math.max(0, at - NEAREST), to: Math.min(same.length, at + NEAREST + 1), except: at }
  return {
    length: range.to - range.from - (at < same.length ? 1 : 0),
    get tap() {
      return same.tapIn(range)
    },
    forEach: (take) => same.forEachIn(range, take),
    forEachAnswered: (take) => same.forEachAnsweredIn(range, take),
    answers: (address) => same.answersIn(range, address),
  }
}

const servers = new WeakMap<readonly Connection[], (server: Endpoint) => Server>()

const serverOf = (all: readonly Connection[], { server }: Connection): Server => {
  let known = servers.get(all)
  if (known === undefined) {
    known = byServer(all)
    servers.set(all, known)
  }
  return known(server)
}

const byServer = (all: readonly Connection[]): ((server: Endpoint) => Server) => {
  const groups = new ByEndpoint<Connection[]>(() => [])
  for (const c of all) groups.of(c.server).push(c)
  const made = new ByEndpoint((server) => new Server(groups.of(server)))
  return (server) => made.of(server)
}

/** All connections to one address and port. */
class Server {
  readonly #connections: readonly Connection[]
  readonly #told: (Sibling | undefined)[] = []
  /** Of those from the one place to before the other none tells where the capture was taken. */
  #untold = { from: 0, to: 0 }
  /** Connections come in the order of their ids: what is far behind is not kept. */
  #forgotten = 0

  /** The one that was asked about last. */
  #place = -1

  /** The places of those that were answered, among the first so many. */
  readonly #answered: number[] = []
  #looked = 0

  /** @param connections in the order of their ids */
  constructor(connections: readonly Connection[]) {
    this.#connections = connections
  }

  get length(): number {
    return this.#connections.length
  }

  /** None has that id: their number. */
  placeOf(id: number): number {
    // Mostly they are asked about in order.
    const next = this.#place + 1
    if (this.#connections[next]?.id === id) this.#place = next
    else if (this.#connections[this.#place]?.id !== id) this.#place = this.#search(id)
    return this.#place
  }

  #search(id: number): number {
    let [low, high] = [0, this.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#connections[middle]!.id < id) low = middle + 1
      else high = middle
    }
    return this.#connections[low]?.id === id ? low : this.length
  }

  /** What the first of these that is known tells, but for one. */
  tapIn({ from, to, except }: Range): Tap | undefined {
    if (from < this.#untold.from || from > this.#untold.to) this.#untold = { from, to: from }
    for (let i = this.#untold.to; i < to; i++) {
      const tap = isLoneSyn(this.#connections[i]!) ? 'unknown' : this.#at(i).tap
      if (tap !== 'unknown' && i !== except) return tap
      if (tap === 'unknown' && i === this.#untold.to) this.#untold.to = i + 1
    }
    return undefined
  }

  forEachIn({ from, to, except }: Range, take: (sibling: Sibling) => void): void {
    for (; this.#forgotten < from; this.#forgotten++) this.#told[this.#forgotten] = undefined
    for (let i = from; i < to; i++) if (i !== except) take(this.#at(i))
  }

  forEachAnsweredIn({ from, to, except }: Range, take: (sibling: Sibling) => void): void {
    for (; this.#looked < to; this.#looked++)
      if (!isLoneSyn(this.#connections[this.#looked]!) && this.#at(this.#looked).answers.length > 0)
        this.#answered.push(this.#looked)
    for (let i = firstAtLeast(this.#answered, from); i < this.#answered.length; i++) {
      const place = this.#answered[i]!
      if (place >= to) break
      if (place !== except) take(this.#at(place))
    }
  }

  answersIn(range: Range, address: string): boolean {
    let found = false
    this.forEachAnsweredIn(range, ({ client }) => {
      found ||= client === address
    })
    return found
  }

  #at(i: number): Sibling {
    this.#told[i] ??= siblingOf(this.#connections[i]!)
    return this.#told[i]
  }
}

/** Its one packet is a SYN, so that nothing is an answer. */
const isLoneSyn = (c: Connection): boolean => packetCount(c) === 1 && c.clientKnownBy === 'SYN'

/** Places. */
interface Range {
  readonly from: number
  readonly to: number
  readonly except: number
}

const told = ({ packet, time, flags }: Observation): Told => ({
  packet,
  ...(time !== undefined && { time }),
  refuses: flags === 'R.',
})

const siblingOf = (c: Connection): Sibling => {
  const o = observationsOf(c)
  const used = o.find((x) => x.from === 'server' && (x.len > 0 || /[FR]/.test(x.flags)))
  const stamped = o.find((x) => x.from === 'client' && x.flags === 'S' && x.clock !== undefined)
  const admitted = o.find((x) => x.from === 'server' && x.flags === 'S.')
  const completed = o.find(
    (x) => admitted && x.packet > admitted.packet && x.from === 'client' && !/[SR]/.test(x.flags),
  )
  const isSyn = (x: Observation): boolean => x.from === 'client' && x.flags === 'S'
  return {
    tap: tapOf(o),
    answers: o.filter((x) => x.from === 'server' && (x.flags === 'S.' || x.flags === 'R.')).map(told),
    ...(o[0] !== undefined && o.every(isSyn) && { unanswered: told(o[0]) }),
    ...(admitted && { admitted: admitted.packet }),
    ...(completed && { completed: completed.packet }),
    ...(used && { used: used.packet }),
    client: c.client.address,
    ...(stamped && {
      stamped: {
        packet: stamped.packet,
        ...(stamped.time !== undefined && { time: stamped.time }),
        clock: stamped.clock!,
      },
    }),
  }
}
