/** A run as data: two hosts with their settings, what their processes call and when, and what the wire does to which packet. */
import type { Flags } from '../../model/index.ts'
import type { HostName } from '../conformance/folder.ts'

/** What becomes of one packet, besides the usual delay. */
export type Fate = 'lost' | 'twice' | { readonly late: number }

export interface WireRule {
  readonly from: HostName
  /** The client's port: which connection. */
  readonly port: number
  /** Of the packets of this connection in this direction, from 0. */
  readonly nth: number
  readonly fate: Fate
}

export interface Step {
  /** ms since the run began. */
  readonly at: number
  readonly host: HostName
  /** Which socket: a name of the script's, or `L0.2`, the third that accept() has returned on L0. */
  readonly socket: string
  readonly does:
    | {
        readonly call: 'listen'
        readonly port: number
        readonly backlog: number
        readonly options?: SocketOptionValues
      }
    | { readonly call: 'relisten'; readonly backlog: number }
    | { readonly call: 'accept' }
    | {
        readonly call: 'connect'
        readonly port: number
        readonly to: number
        readonly options?: SocketOptionValues
        /** The number of its SYN; absent: the kernel draws it. */
        readonly iss?: number
        /** The kernel chooses the port, and has no other to choose; otherwise bind() does. linux: IP_LOCAL_PORT_RANGE */
        readonly unbound?: true
      }
    | { readonly call: 'send'; readonly bytes: number }
    | { readonly call: 'recv'; readonly bytes: number }
    | { readonly call: 'shutdown'; readonly how: 0 | 1 | 2 }
    | { readonly call: 'close' }
    /** close() with SO_LINGER 0. */
    | { readonly call: 'abort' }
    /** The socket is gone, and nothing is sent, as when its host loses power. */
    | { readonly call: 'crash' }
    /** A setting of the host, from now on; tcp_max_orphans is one of the whole kernel. */
    | { readonly call: 'sysctl'; readonly name: string; readonly value: number }
    | Forged
}

/**
 * The wire delivers a segment that seems to come from `host`. Its numbers are counted from where the ends stand, as the wire has seen it: 0
 * is the number that comes next.
 */
export interface Forged {
  readonly call: 'inject'
  /** Of the client: which connection. */
  readonly port: number
  readonly to: number
  readonly flags: Flags
  readonly len?: number
  readonly seq?: number
  readonly ack?: number
  /** From the latest timestamp of either end; absent: it has no timestamp. */
  readonly clock?: number
  readonly echo?: number
}

export interface SocketOptionValues {
  readonly TCP_SYNCNT?: number
  readonly TCP_DEFER_ACCEPT?: number
  readonly TCP_LINGER2?: number
  /** SO_LINGER with so many seconds. */
  readonly SO_LINGER?: number
  readonly SO_KEEPALIVE?: 1
  /** s */
  readonly TCP_KEEPIDLE?: number
  /** s */
  readonly TCP_KEEPINTVL?: number
  readonly TCP_KEEPCNT?: number
  /** ms */
  readonly TCP_USER_TIMEOUT?: number
}

export type Settings = Readonly<Record<string, number>>

export interface Script {
  readonly settings: Readonly<Record<HostName, Settings>>
  readonly steps: readonly Step[]
  /** ms that a packet takes, by its sender. */
  readonly delay: Readonly<Record<HostName, number>>
  readonly wire: readonly WireRule[]
  /** How long it is observed, ms. */
  readonly lasts: number
}

const does = ({ does: d }: Step): string => {
  switch (d.call) {
    case 'listen':
      return `listen(${d.backlog}) on port ${d.port}${options(d.options)}`
    case 'relisten':
      return `listen(${d.backlog}) again`
    case 'connect':
      return `connect() from port ${d.port} to ${d.to}${options(d.options)}`
    case 'send':
    case 'recv':
      return `${d.call}(${d.bytes})`
    case 'inject':
      return `the wire forges [${d.flags}], ${d.seq ?? 0} from the number that comes next`
    case 'sysctl':
      return `${d.name} is ${d.value} from now on`
    case 'shutdown':
      return `shutdown(${['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'][d.how]})`
    default:
      return `${d.call}()`
  }
}

const options = (values: SocketOptionValues = {}): string => {
  const all = Object.entries(values).map(([name, value]) => `${name} ${value}`)
  return all.length === 0 ? '' : ` with ${all.join(', ')}`
}

const fate = ({ fate: f }: WireRule): string =>
  f === 'lost' ? 'is lost' : f === 'twice' ? 'arrives twice' : `comes ${f.late} ms later than others`

/** The run as a story, a line for each thing that is done. */
export const story = ({ settings, steps, delay, wire, lasts }: Script): string =>
  [
    ...(['client', 'server'] as const).map(
      (host) =>
        `${host}: ${Object.entries(settings[host])
          .map(([name, value]) => `${name}=${value}`)
          .join(' ')}`,
    ),
    `wire: ${delay.client} ms from the client, ${delay.server} ms from the server`,
    ...wire.map((rule) => `wire: packet ${rule.nth + 1} of the ${rule.from} on port ${rule.port} ${fate(rule)}`),
    ...steps.map((step) => `${(step.at / 1000).toFixed(3).padStart(8)} s  ${step.host} ${step.socket}: ${does(step)}`),
    `${(lasts / 1000).toFixed(3).padStart(8)} s  end`,
    '',
  ].join('\n')
