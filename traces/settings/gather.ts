/** Gathers, connection by connection, what a capture tells of its hosts: which kernels fit, which settings it shows. */
import type { ProfileName } from '../../model/index.ts'
import { type Connection, endpointText, type Packet } from '../capture.ts'
import { findPacket, packetAt } from '../readers/connections.ts'
import type { EndReplay } from '../replay/end.ts'
import type { Replayed } from '../replay/index.ts'
import { type Observation, observationsOf, type Side } from '../replay/packets/observation.ts'
import type { Place } from '../replay/packets/place.ts'
import { finTimeout, retries } from './endings.ts'
import { type RuledOut, ruledOutBy, ruledOutWithout } from './kernels.ts'
import { merged, type Setting } from './merge.ts'
import { grantsOf, OFFERED, type Offer, offeredBits, offersOf } from './offers.ts'
import type { Revealed, Seen } from './setting.ts'
import { FEW, repeatedSynAck, synAckRetries } from './synAcks.ts'
import { synRetries } from './syns.ts'

/** What the capture tells of one host in one role. */
export interface Host {
  readonly address: string
  readonly side: Side
  /** Profiles that explain each of its connections that is explained at all. */
  readonly fits: readonly ProfileName[]
  readonly ruledOut: readonly RuledOut[]
  readonly settings: readonly Setting[]
}

interface Gathered {
  readonly address: string
  readonly side: Side
  fits?: readonly ProfileName[]
  readonly ruledOut: RuledOut[]
  readonly revealed: Revealed[]
  /** The explanations that were judged last: those of connections that are alike are one. */
  judged?: Replayed['tried']
  /** The offers that its SYNs were seen to make, a bit each. */
  offers: number
  /** How often something was revealed since they were put together, and how many they were then. */
  told: number
}

/** A request that repeated its SYN+ACK, and what that shows if few did so at once, or many. */
interface Waited {
  readonly listener: string
  readonly host: Gathered
  readonly from: number
  readonly to: number
  readonly shows: { readonly few: readonly Revealed[]; readonly many: readonly Revealed[] }
}

export const gatherHosts = ({ until, tapAt }: Place) => {
  const hosts = { client: new Map<string, Gathered>(), server: new Map<string, Gathered>() }
  /** In the order in which they were met. */
  const all: Gathered[] = []
  const waited: Waited[] = []
  const hostOf = (c: Connection, side: Side): Gathered => {
    const { address } = c[side]
    const known = hosts[side].get(address)
    if (known !== undefined) return known
    const host: Gathered = { address, side, ruledOut: [], revealed: [], offers: 0, told: 0 }
    hosts[side].set(address, host)
    all.push(host)
    return host
  }
  return {
    /** A connection of one SYN, like one that was taken. */
    takeLoneSyn: (alike: Omit<Replayed, 'observations'>, c: Connection): void => {
      for (const side of ['client', 'server'] as const) {
        const host = hostOf(c, side)
        if (host.judged !== alike.tried) judge(host, { ...alike, observations: observationsOf(c) }, side)
        if (side === 'client') revealOffer(host, packetAt(c, 0)!)
      }
    },
    take: (replayed: Replayed, c: Connection): void => {
      const { observations } = replayed
      const own = observations.filter((o) => !o.forged)
      const seen: Seen = { observations, tap: tapAt(c.server.address), until: until - (replayed.clockAhead ?? 0) }
      const timed = observations.every(({ time }) => time !== undefined)
      for (const side of ['client', 'server'] as const) {
        const host = hostOf(c, side)
        judge(host, replayed, side)
        reveal(host, [...(timed ? timersOf({ ...seen, observations: own }, side) : []), ...optionsOf(c, own, side)])
      }
      const repeated = repeatedSynAck(seen)
      const last = repeated?.copies.at(-1)
      if (repeated === undefined || last === undefined) return
      const [from, to] = [repeated.first.time ?? 0, last.time ?? 0]
      const shows = { few: synAckRetries(seen, 'few'), many: synAckRetries(seen, 'many') }
      waited.push({ listener: endpointText(c.server), host: hostOf(c, 'server'), from, to, shows })
    },
    conclude: (): Host[] => {
      for (const w of waited) reveal(w.host, crowdOf(w, waited) > FEW ? w.shows.many : w.shows.few)
      return all.map(concluded)
    },
  }
}

/** How many of the same listener waited at the same time; of a flood it is enough that they are many. */
const crowdOf = (w: Waited, all: readonly Waited[]): number =>
  all.length > FLOOD
    ? all.length
    : all.filter((x) => x.listener === w.listener && x.from <= w.to && w.from <= x.to).length

const FLOOD = 2000

/** Settings of one host that are kept apart before they are put together. */
const MANY = 100

const reveal = (host: Gathered, more: readonly Revealed[]): void => {
  for (const r of more) if (!host.revealed.some((known) => isNoStricter(r, known))) host.revealed.push(r)
  putTogether(host, more.length)
}

/** What a SYN offers that has been offered before bounds nothing more. */
const revealOffer = (host: Gathered, { number: packet, options, truncated }: Packet): void => {
  if (options === undefined || truncated) return
  const offer = 1 << offeredBits(options)
  if (host.offers & offer) putTogether(host, OFFERED)
  else reveal(host, offersOf({ packet, options }))
  host.offers |= offer
}

/** @param more how often something was revealed */
const putTogether = (host: Gathered, more: number): void => {
  host.told += more
  if (host.told <= MANY) return
  host.revealed.splice(0, host.revealed.length, ...merged(host.revealed))
  host.told = host.revealed.length
}

/** It bounds the setting no more than what is known: the first packets that show a bound are those that are told. */
const isNoStricter = (r: Revealed, known: Revealed): boolean =>
  r.setting === known.setting &&
  (r.least ?? 0) <= (known.least ?? 0) &&
  (r.most ?? Number.POSITIVE_INFINITY) >= (known.most ?? Number.POSITIVE_INFINITY)

const concluded = ({ address, side, fits = [], ruledOut, revealed }: Gathered): Host => {
  const settings = merged(revealed)
  const unlikely = ruledOut.flatMap(({ kernel, certain }) => (certain ? [] : [kernel]))
  const without = ruledOutWithout(settings, [...fits, ...unlikely])
  const remain = (kernel: ProfileName): boolean => !without.some((r) => r.kernel === kernel)
  const others = ruledOut.filter(({ kernel }) => remain(kernel))
  return { address, side, fits: fits.filter(remain), ruledOut: [...others, ...without], settings }
}

const judge = (host: Gathered, { connection, observations, tried }: Replayed, side: Side): void => {
  if (tried === undefined || connection.verdict !== 'conforms' || tried === host.judged) return
  host.judged = tried
  const fits = connection.fits[side]
  const known = new Set(host.ruledOut.map(({ kernel }) => kernel))
  host.ruledOut.push(...ruledOutBy(observations, tried[side] as readonly EndReplay<never>[], fits, known))
  host.fits = (host.fits ?? fits).filter((kernel) => fits.includes(kernel))
}

const timersOf = (seen: Seen, side: Side): Revealed[] => [
  ...(side === 'client' ? synRetries(seen) : []),
  ...retries(seen, side),
  ...finTimeout(seen, side),
]

const optionsOf = (c: Connection, own: readonly Observation[], side: Side): Revealed[] => {
  const offer = (from: Side, flags: string): Offer | undefined => {
    const o = own.find((x) => x.from === from && x.flags === flags)
    const options = o && findPacket(c, ({ number, truncated }) => number === o.packet && !truncated)?.options
    return o && options && { packet: o.packet, options }
  }
  const syn = offer('client', 'S')
  if (side === 'client') return syn ? offersOf(syn) : []
  const synAck = offer('server', 'S.')
  return syn && synAck ? grantsOf(syn, synAck) : []
}
