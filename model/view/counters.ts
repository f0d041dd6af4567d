/** What /proc/net/snmp and /proc/net/netstat say of a host after a run of the model, counted from its beginning. */
import { type Counter, counters } from '../counters.ts'
import { type ProfileName, profiles } from '../profile/index.ts'
import { countersIn, receivedIn, sentIn } from '../world/effects.ts'
import type { World } from '../world/parts.ts'
import type { Setting } from '../world/setting.ts'
import { isEstablished } from './gauge.ts'
import { type Host, linesOf } from './lines.ts'

/** The line Tcp, whole. linux: snmp4_tcp_list */
const tcp = [
  'RtoAlgorithm',
  'RtoMin',
  'RtoMax',
  'MaxConn',
  'ActiveOpens',
  'PassiveOpens',
  'AttemptFails',
  'EstabResets',
  'CurrEstab',
  'InSegs',
  'OutSegs',
  'RetransSegs',
  'InErrs',
  'OutRsts',
  'InCsumErrors',
] as const

/** Of the line TcpExt, in its order, what the opening and closing of connections may move. linux: snmp4_net_list */
const tcpExt = [
  'SyncookiesSent',
  'SyncookiesRecv',
  'SyncookiesFailed',
  'EmbryonicRsts',
  'OutOfWindowIcmps',
  'TW',
  'TWRecycled',
  'TWKilled',
  'PAWSPassive',
  'PAWSActive',
  'PAWSEstab',
  'BeyondWindow',
  'TSEcrRejected',
  'PAWSOldAck',
  'PAWSTimewait',
  'DelayedACKLost',
  'ListenOverflows',
  'ListenDrops',
  'TCPTimeouts',
  'TCPLossProbes',
  'TCPAbortOnData',
  'TCPAbortOnClose',
  'TCPAbortOnMemory',
  'TCPAbortOnTimeout',
  'TCPAbortOnLinger',
  'TCPAbortFailed',
  'TCPDeferAcceptDrop',
  'TCPTimeWaitOverflow',
  'TCPReqQFullDoCookies',
  'TCPReqQFullDrop',
  'TCPChallengeACK',
  'TCPSYNChallenge',
  'TCPSynRetrans',
  'TCPACKSkippedSynRecv',
  'TCPACKSkippedPAWS',
  'TCPACKSkippedSeq',
  'TCPACKSkippedFinWait2',
  'TCPACKSkippedTimeWait',
  'TCPACKSkippedChallenge',
  'TCPKeepAlive',
  'TCPMigrateReqSuccess',
  'TCPMigrateReqFailure',
] as const

/** How a kernel's book-keeping departs from that of 6.18. */
interface Bookkeeping {
  /** It has no such counter yet, or no more. */
  readonly lacks: readonly string[]
}

const since614 = ['BeyondWindow', 'TSEcrRejected', 'PAWSOldAck', 'PAWSTimewait']
const since40 = ['TCPACKSkippedSynRecv', 'TCPACKSkippedPAWS', 'TCPACKSkippedSeq', 'TCPACKSkippedChallenge']
const to411 = ['PAWSPassive']

const linux618: Bookkeeping = { lacks: to411 }
const linux61: Bookkeeping = { lacks: [...to411, ...since614] }
const linux49: Bookkeeping = { lacks: since614 }
const linux310: Bookkeeping = { lacks: [...since614, ...since40, 'TCPSynRetrans'] } // TCPSynRetrans: 3.15

export const bookkeeping: Readonly<Record<ProfileName, Bookkeeping>> = {
  rfc9293: linux618,
  'linux-3.10': linux310,
  'linux-4.4': linux49,
  'linux-4.9': linux49,
  'linux-5.10': linux61,
  'linux-6.1': linux61,
  'linux-6.18': linux618,
  'freebsd-14': linux618,
}

/** Which file a counter stands in. */
export const fileOf = (counter: Counter): '/proc/net/snmp, Tcp' | '/proc/net/netstat, TcpExt' =>
  (tcp as readonly string[]).includes(counter) ? '/proc/net/snmp, Tcp' : '/proc/net/netstat, TcpExt'

/** A run: what was observable in each of its steps (`Step.effects`), and the world that it came to. */
export interface Run {
  readonly effects: readonly (readonly string[])[]
  readonly world: World
  readonly setting: Setting
}

/** The four lines: names and values of Tcp and of TcpExt. Of TcpExt a kernel prints more: those of which the model knows nothing. */
export const counterLines = (run: Run, host: Host, kernel: ProfileName = 'linux-6.18'): string[] => {
  const effects = run.effects.flat()
  const risen = countersIn(effects, host)
  const { lacks } = bookkeeping[kernel]
  const names = tcpExt.filter((name) => name in counters && !lacks.includes(name))
  const { dialect } = profiles[kernel]
  const established = linesOf(run.world, run.setting, host).filter(({ state }) => isEstablished(state, dialect)).length
  const inTcp = { ...constants, ...risen, ...segments(effects, host, risen), CurrEstab: established }
  const number = (values: Readonly<Record<string, number | undefined>>) => (name: string) => values[name] ?? 0
  return [
    `Tcp: ${tcp.join(' ')}`,
    `Tcp: ${tcp.map(number(inTcp)).join(' ')}`,
    `TcpExt: ${names.join(' ')}`,
    `TcpExt: ${names.map(number(risen)).join(' ')}`,
  ]
}

/** Milliseconds; RtoAlgorithm 1 is “other” (RFC 4022), MaxConn −1 no limit. */
const constants = { RtoAlgorithm: 1, RtoMin: 200, RtoMax: 120_000, MaxConn: -1, InCsumErrors: 0 }

/** OutSegs leaves out what is repeated, but for the SYN+ACKs of requests. linux: __tcp_transmit_skb, tcp_rtx_synack */
const segments = (effects: readonly string[], host: Host, risen: Partial<Record<Counter, number>>) => {
  const repeated = (risen.RetransSegs ?? 0) - (host === 'server' ? (risen.TCPSynRetrans ?? 0) : 0)
  return {
    InSegs: effects.filter((e) => receivedIn([e], host) !== undefined).length,
    OutSegs: sentIn(effects, host).length - repeated,
  }
}
