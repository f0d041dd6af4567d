/**
 * The kernel's counters against what the packets at a host's own interface, and its settings, say that it must have counted:
 * over all of its connections, in every way to explain them that invents little.
 */
import { type Counter, counters, sysctls as rules, type Sysctl, type Sysctls } from '../../model/index.ts'
import { both, type Counted, countedBy } from '../replay/counted.ts'
import { replayConnection } from '../replay/index.ts'
import { peerOf } from '../replay/packets/observation.ts'
import type { Injected } from '../replay/readings/injected.ts'
import { capturedOf, leftOut } from './counters.ts'
import type { HostName, Recording } from './folder.ts'

/** Counters that the bench compares and a replay says nothing of, each with its reason. */
export const notTold: Readonly<Partial<Record<Counter, string>>> = {
  TWKilled: 'how long TIME_WAIT lasts: a replay knows no durations',
  SyncookiesSent: 'a replay takes the SYN queue to have room',
  SyncookiesRecv: 'a replay takes the SYN queue to have room',
  SyncookiesFailed: 'a replay takes the SYN queue to have room',
  TCPReqQFullDoCookies: 'a replay takes the SYN queue to have room',
  TCPReqQFullDrop: 'a replay takes the SYN queue to have room',
  TCPACKSkippedSeq: 'a replay looks at timestamps only where segments are from long ago: some are dropped for theirs',
  TCPACKSkippedPAWS: 'a replay looks at timestamps only where segments are from long ago',
  PAWSEstab: 'a replay looks at timestamps only where segments are from long ago',
  PAWSOldAck: 'a replay looks at timestamps only where segments are from long ago',
  PAWSTimewait: 'a replay looks at timestamps only where segments are from long ago',
  TCPTimeWaitOverflow: 'tcp_max_tw_buckets: how many wait is a matter of the whole host',
  TCPDeferAcceptDrop: 'TCP_DEFER_ACCEPT is an option of the socket',
  TCPKeepAlive: 'SO_KEEPALIVE is an option of the socket, and its probes are bare ACKs as others are',
}

export interface PredictedCounter {
  readonly counter: string
  readonly least: number
  readonly most: number
  readonly captured: number
}

export interface CountersPredicted {
  /** At least and at most are the same. */
  readonly determined: readonly PredictedCounter[]
  /** What the packets leave open. */
  readonly open: readonly PredictedCounter[]
  /** Connections of the host that nothing explains: then all is open, and has no bounds. */
  readonly unexplained: number
}

/** How much more than the cheapest a run may invent whose counting is heeded. */
const SLACK = 2

export const predictCounters = (
  recording: Recording,
  tap: HostName,
  forged: readonly Injected[],
): CountersPredicted => {
  const { counted, unexplained } = countedAt(recording, tap, forged)
  const captured = capturedOf(recording.counters[tap])
  const moved = (Object.keys(counters) as Counter[]).filter((c) => captured.has(c) || counted.has(c))
  const isTold = (c: Counter): boolean =>
    !(c in leftOut || c in notTold || (c === 'TW' && !countsAllTw(recording, tap)))
  const rows = moved
    .filter(isTold)
    .sort()
    .map((counter) => {
      const [least, most] = counted.get(counter) ?? [0, 0]
      return { counter, least, most, captured: captured.get(counter) ?? 0 }
    })
  const isDetermined = ({ least, most }: PredictedCounter): boolean => unexplained === 0 && least === most
  return { determined: rows.filter(isDetermined), open: rows.filter((row) => !isDetermined(row)), unexplained }
}

/** Seconds of FIN_WAIT2 up to which its mini-socket is counted as TWKilled. linux: __inet_twsk_schedule */
const BRIEF = 4

/** Whether each TIME_WAIT and each mini-socket in FIN_WAIT2 counts as TW: there is room for it, and it lasts. linux: tcp_time_wait */
const countsAllTw = ({ sysctls, calls, packets }: Recording, tap: HostName): boolean => {
  const set = (name: string): number[] =>
    calls.flatMap(({ host, call, args }) =>
      host === tap && (call === 'sysctl' || call === 'setsockopt') && shortOf(String(args.name)) === name
        ? [Number(args.value)]
        : [],
    )
  const started = (name: string): number => Number(sysctls[tap][`net.ipv4.${name}`])
  const finTimes = [started('tcp_fin_timeout'), ...set('tcp_fin_timeout'), ...set('TCP_LINGER2')]
  const buckets = [started('tcp_max_tw_buckets'), ...set('tcp_max_tw_buckets')]
  return finTimes.every((s) => s > BRIEF) && buckets.every((n) => n >= packets[tap].connections.length)
}

/** Over all ends of connections that are this host's. */
const countedAt = (recording: Recording, tap: HostName, forged: readonly Injected[]) => {
  const other = recording.addresses[peerOf(tap)]
  const about = {
    client: { sysctls: settingsOf(recording, 'client') },
    server: { sysctls: settingsOf(recording, 'server') },
  }
  let counted: Counted = new Map()
  let unexplained = 0
  for (const c of recording.packets[tap].connections)
    for (const side of ['client', 'server'] as const) {
      if (c[side].address === other) continue
      const end = replayConnection(c, CANDIDATES, { forged, about, limits: { tapAt: side } })[side]
      if (end === undefined || end.searched.failedAt !== undefined) unexplained++
      else counted = both(counted, countedBy<unknown>(end.surviving, SLACK))
    }
  return { counted, unexplained }
}

const CANDIDATES = { client: ['linux-6.18'], server: ['linux-6.18'] } as const

/** Those not changed meanwhile. */
const settingsOf = ({ sysctls, calls }: Recording, host: HostName): Partial<Sysctls> => {
  const changed = new Set(
    calls.flatMap((c) => (c.host === host && c.call === 'sysctl' ? [shortOf(String(c.args.name))] : [])),
  )
  const settings: Partial<Record<Sysctl, number>> = {}
  for (const [name, value] of Object.entries(sysctls[host])) {
    const known = shortOf(name)
    if (isKnown(known) && !changed.has(known)) settings[known] = Number(value)
  }
  return settings
}

const shortOf = (name: string): string => name.replace(/^.*\./, '')
const isKnown = (name: string): name is Sysctl => Object.hasOwn(rules, name)

export const isEqual = ({ least, most, captured }: PredictedCounter): boolean => least === captured && most === captured
export const isWithin = ({ least, most, captured }: PredictedCounter): boolean => least <= captured && captured <= most
