/** Packets grouped by 4-tuple, and which end is the client. */

import type { Numbering } from '../capture.ts'
import { type ClientKnownBy, type Connection, type Endpoint, endpointText, hasFlag, type Packet } from '../capture.ts'
import type { Grouped } from './by-conversation.ts'

const ABSOLUTE = { client: 'absolute', server: 'absolute' } as const

/** What the text of a capture says about the numbers that an endpoint sends; absolute if nothing is said. */
export type NumberingOf = (sender: Endpoint, receiver: Endpoint) => Numbering

const absolute: NumberingOf = () => 'absolute'

export const connectionsOf = (packets: readonly Packet[], numbering: NumberingOf = absolute): Connection[] =>
  [...groupBy4Tuple(packets)].map((group, id) => {
    const { client, server, clientKnownBy } = roles(group)
    return {
      id,
      client,
      server,
      clientKnownBy,
      numbering: { client: numbering(client, server), server: numbering(server, client) },
      packets: group,
    }
  })

/**
 * The same for packets that are stored elsewhere: those of a connection are made when it is looked at, and kept until
 * another is looked at. @param at makes the packet of a place
 */
export const storedConnections = ({ places, ends }: Grouped, at: (place: number) => Packet): Connection[] => {
  const shelf: Shelf = { at, places, packets: [] }
  const all: Connection[] = []
  let from = 0
  for (const [id, to] of ends.entries()) {
    all.push(new StoredConnection(id, storedRoles(places.subarray(from, to), at), { from, to }, shelf))
    from = to
  }
  return all
}

const ends = new WeakMap<readonly Connection[], number>()

/** Of this very list: one that was altered is looked through again. */
export const rememberEnd = (connections: readonly Connection[], time: number): void => void ends.set(connections, time)

/** The latest time at which one of them has its last packet, seconds. */
export const endOf = (connections: readonly Connection[]): number =>
  ends.get(connections) ??
  connections.reduce((last, { packets }) => Math.max(last, packets.at(-1)?.time ?? last), Number.NEGATIVE_INFINITY)

/** Where packets are made, the places of all connections one after another, and the packets of the one looked at last. */
interface Shelf {
  readonly at: (place: number) => Packet
  readonly places: Uint32Array
  id?: number
  packets: readonly Packet[]
}

/** Of the places of all connections those of one. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/** A class: with a getter of its own, each of a hundred thousand objects would have a shape of its own, too. */
class StoredConnection implements Connection {
  readonly id: number
  readonly client: Endpoint
  readonly server: Endpoint
  readonly clientKnownBy: ClientKnownBy
  readonly numbering = ABSOLUTE
  readonly #from: number
  readonly #to: number
  readonly #shelf: Shelf

  constructor(id: number, { client, server, clientKnownBy }: Roles, { from, to }: Stretch, shelf: Shelf) {
    this.id = id
    this.client = client
    this.server = server
    this.clientKnownBy = clientKnownBy
    this.#from = from
    this.#to = to
    this.#shelf = shelf
  }

  /** They are made anew when they are looked at. */
  forgetPackets(): void {
    if (this.#shelf.id !== this.id) return
    delete this.#shelf.id
    this.#shelf.packets = []
  }

  get packetCount(): number {
    return this.#to - this.#from
  }

  packetAt(i: number): Packet | undefined {
    const { id, packets, at, places } = this.#shelf
    if (id === this.id) return packets[i]
    return i < this.packetCount ? at(places[this.#from + i]!) : undefined
  }

  get packets(): readonly Packet[] {
    if (this.#shelf.id !== this.id) {
      const { at, places } = this.#shelf
      const packets: Packet[] = []
      for (let i = this.#from; i < this.#to; i++) packets.push(at(places[i]!))
      this.#shelf.packets = packets
      this.#shelf.id = this.id
    }
    return this.#shelf.packets
  }
}

/** How many packets it has, without making them. */
export const packetCount = (c: Connection): number => (c instanceof StoredConnection ? c.packetCount : c.packets.length)

/** One of its packets, without making the others. */
export const packetAt = (c: Connection, i: number): Packet | undefined =>
  c instanceof StoredConnection ? c.packetAt(i) : c.packets[i]

/** The first of its packets that is such, without keeping the others. */
export const findPacket = (c: Connection, isSuch: (p: Packet) => boolean): Packet | undefined => {
  for (let i = 0; i < packetCount(c); i++) {
    const packet = packetAt(c, i)!
    if (isSuch(packet)) return packet
  }
  return undefined
}

/** Nearly always the first packet tells. */
const storedRoles = (places: Uint32Array, at: (place: number) => Packet): Roles => {
  const first = roles([at(places[0]!)])
  return first.clientKnownBy === 'SYN' ? first : roles(Array.from(places, at))
}

/** The same text for both directions. */
export const conversationKey = (a: Endpoint, b: Endpoint): string => {
  const one = endpointText(a)
  const other = endpointText(b)
  return one < other ? `${one} ${other}` : `${other} ${one}`
}

const groupBy4Tuple = (packets: readonly Packet[]): Iterable<Packet[]> => {
  const groups = new Map<string, Packet[]>()
  for (const packet of packets) {
    const key = conversationKey(packet.source, packet.destination)
    const group = groups.get(key)
    if (group) group.push(packet)
    else groups.set(key, [packet])
  }
  return groups.values()
}

interface Roles {
  readonly client: Endpoint
  readonly server: Endpoint
  readonly clientKnownBy: ClientKnownBy
}

const roles = (packets: readonly Packet[]): Roles => {
  const syn = packets.find((p) => hasFlag(p, 'S') && !hasFlag(p, '.'))
  if (syn) return { client: syn.source, server: syn.destination, clientKnownBy: 'SYN' }
  const synAck = packets.find((p) => hasFlag(p, 'S'))
  if (synAck) return { client: synAck.destination, server: synAck.source, clientKnownBy: 'SYN+ACK' }
  return guess(packets[0]!)
}

/** Mid-stream: servers listen on well-known names and low numbers, clients get high ones; equal numbers tell nothing. */
const guess = ({ source, destination }: Packet): Roles => {
  const rank = ({ port }: Endpoint) => (typeof port === 'number' ? port : 0)
  if (rank(source) < rank(destination)) return { client: destination, server: source, clientKnownBy: 'port' }
  const clientKnownBy = rank(source) === rank(destination) ? 'first packet' : 'port'
  return { client: source, server: destination, clientKnownBy }
}
