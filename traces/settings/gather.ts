/** Gathers, connection by connection, what a capture tells of its hosts: which kernels fit, which settings it shows. */
import type { ProfileName } from '../../model/index.ts'
import type { Capture, Connection } from '../capture.ts'
import type { Replayed } from '../replay/connection.ts'
import type { EndReplay } from '../replay/end.ts'
import type { Observation, Side } from '../replay/observation.ts'
import { type Tap, tapOfAll } from '../replay/tap.ts'
import { finTimeout, retries } from './endings.ts'
import { type RuledOut, ruledOutBy, ruledOutWithout } from './kernels.ts'
import { merged, type Setting } from './merge.ts'
import { grantsOf, type Offer, offersOf } from './offers.ts'
import type { Revealed, Seen } from './setting.ts'
import { repeatedSynAck, synAckRetries } from './synAcks.ts'
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
}

export interface HostOptions {
  readonly tap?: Tap
}

export const gatherHosts = (capture: Capture, options: HostOptions) => {
  const until = capture.packets.reduce((last, { time }) => Math.max(last, time ?? last), Number.NEGATIVE_INFINITY)
  const hosts = new Map<string, Gathered>()
  const seens = new Map<Connection, Seen>()
  const tapAt = tapByServer(capture)
  const hostOf = (c: Connection, side: Side): Gathered => {
    const { address } = c[side]
    const known = hosts.get(`${side} ${address}`)
    if (known !== undefined) return known
    const host: Gathered = { address, side, ruledOut: [], revealed: [] }
    hosts.set(`${side} ${address}`, host)
    return host
  }
  return {
    take: (replayed: Replayed, c: Connection): void => {
      const { observations } = replayed
      const own = observations.filter((o) => !o.forged)
      const seen: Seen = { observations, tap: options.tap ?? tapAt(c), until }
      seens.set(c, seen)
      for (const side of ['client', 'server'] as const) {
        const host = hostOf(c, side)
        judge(host, replayed, side)
        if (own.every(({ time }) => time !== undefined))
          host.revealed.push(...timersOf({ ...seen, observations: own }, side))
        host.revealed.push(...optionsOf(c, own, side))
      }
    },
    conclude: (): Host[] => {
      const repeated = [...seens].map(([c, seen]) => ({ c, seen, span: spanOf(seen) }))
      for (const { c, seen, span } of repeated) {
        const crowd = repeated.filter(
          (r) => span && r.span && r.c.server.port === c.server.port && overlap(span, r.span),
        )
        hostOf(c, 'server').revealed.push(...synAckRetries(seen, crowd.length))
      }
      return [...hosts.values()].map(concluded)
    },
  }
}

const tapByServer = ({ connections }: Capture): ((c: Connection) => Tap) => {
  const taps = new Map<string, Tap>()
  return ({ server: { address } }) => {
    const known = taps.get(address)
    if (known !== undefined) return known
    const tap = tapOfAll(connections.filter(({ server }) => server.address === address))
    taps.set(address, tap)
    return tap
  }
}

const concluded = ({ address, side, fits = [], ruledOut, revealed }: Gathered): Host => {
  const settings = merged(revealed)
  const without = ruledOutWithout(settings, fits)
  const left = fits.filter((kernel) => !without.some((r) => r.kernel === kernel))
  return { address, side, fits: left, ruledOut: [...ruledOut, ...without], settings }
}

const judge = (host: Gathered, { connection, observations, tried }: Replayed, side: Side): void => {
  if (tried === undefined || connection.verdict !== 'conforms') return
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
    const options = c.packets.find(({ number, truncated }) => number === o?.packet && !truncated)?.options
    return o && options && { packet: o.packet, options }
  }
  const syn = offer('client', 'S')
  if (side === 'client') return syn ? offersOf(syn) : []
  const synAck = offer('server', 'S.')
  return syn && synAck ? grantsOf(syn, synAck) : []
}

interface Span {
  readonly from: number
  readonly to: number
}

/** While it repeated its SYN+ACK. */
const spanOf = (seen: Seen): Span | undefined => {
  const repeated = repeatedSynAck(seen)
  const last = repeated?.copies.at(-1)
  return repeated === undefined || last === undefined ? undefined : { from: repeated.first.time!, to: last.time! }
}

const overlap = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to
