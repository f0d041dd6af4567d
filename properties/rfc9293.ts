/**
 * Where Linux departs from RFC 9293 §3.10, D1 to D29: each with a world in which a search parts the two, or why no search can. The
 * numbers are those of our own reading of the RFC against the kernel.
 */
import type { Dialect, ProfileName } from '../model/index.ts'
import type { Scenario } from './scenario.ts'
import { rival } from './scenario.ts'
import { at, meets } from './scenarios/closing/worlds.ts'

/** Both answer otherwise to the same events. */
export interface Departure {
  readonly id: `D${number}`
  readonly says: string
  /** The name of a scenario, or a world that only this difference needs. */
  readonly world: string | Scenario
  /** The kernel that departs, if not 6.18. */
  readonly kernel?: ProfileName
  /** In this world other differences show sooner: the kernel has all rules of its own but this one. */
  readonly rule?: keyof Dialect
  /** What the last step of a shortest difference shows: on Linux, and by the RFC. */
  readonly linux: RegExp
  readonly rfc: RegExp
}

/** Listed as differences, but the profiles do alike: a search of this world finds none. */
export interface Agreement {
  readonly id: `D${number}`
  readonly says: string
  readonly world: string | Scenario
  readonly rule?: keyof Dialect
}

export interface OutOfReach {
  readonly id: `D${number}`
  readonly says: string
  readonly because: string
}

/** A world of its own, for one stranger's segment. */
const strange = (name: string, shows: string, ...segment: Parameters<typeof meets>): Scenario => ({
  name,
  shows,
  properties: [],
  world: meets(...segment),
})

const silent = /^(?!.*sent)/

export const departures: readonly Departure[] = [
  {
    id: 'D1',
    says: 'SYN+FIN to LISTEN: dropped, or taken for a SYN',
    world: 'strange-segments',
    linux: silent,
    rfc: /sent \[S\.\]/,
  },
  {
    id: 'D2',
    says: 'a full queue drops SYNs in silence; the RFC knows no queues',
    world: 'SYN-queue-limit',
    linux: /counted ListenDrops/,
    rfc: /sent \[S\.\]/,
  },
  {
    id: 'D3',
    says: 'SYN-RECEIVED judges the acknowledged number first, the RFC the sequence number',
    world: strange('wrong-by-both-numbers', 'an ACK of what was not sent, and out of window', at('.', 90, 0, 777)),
    linux: /sent \[R\] 777/,
    rfc: /sent \[\.\] 501\+0 ack 101/,
  },
  {
    id: 'D4',
    says: 'the SYN again in SYN-RECEIVED: SYN+ACK, or ACK',
    world: 'another-SYN',
    linux: /received \[S\] 100.*sent \[S\.\]/,
    rfc: /sent \[\.\] 501\+0 ack 101/,
  },
  {
    id: 'D5',
    says: 'another SYN in the window of SYN-RECEIVED: RST, or silence',
    world: 'another-SYN',
    rule: 'synInRequest',
    linux: /received \[S\] 104.*sent \[R\.\]/,
    rfc: silent,
  },
  {
    id: 'D6',
    says: 'before 2026 any RST in the window ends SYN-RECEIVED',
    world: 'inexact-reset',
    kernel: 'linux-6.1',
    linux: /counted EmbryonicRsts/,
    rfc: /sent \[\.\] 501\+0 ack 101/,
  },
  {
    id: 'D8',
    says: 'a bare ACK at the right edge of the window: in it, or beyond',
    world: strange('at-the-edge', 'a bare ACK at the right edge of the window', at('.', 109, 0, 501)),
    rule: 'windowEdges',
    linux: /^(?!.*sent \[\.\])/,
    rfc: /sent \[\.\] 501\+0 ack 101/,
  },
  {
    id: 'D9',
    says: 'an ACK of what was never sent, in ESTABLISHED: silence until 2026, by the RFC an ACK',
    world: 'bad-third-ACKs',
    kernel: 'linux-6.1',
    rule: 'ackOfUnsent',
    linux: silent,
    rfc: /sent \[\.\] 501\+0 ack 101/,
  },
  {
    id: 'D10',
    says: 'a RST one below RCV.NXT after a FIN: the end, or nothing',
    world: 'RST-below-a-FIN',
    linux: /counted EstabResets/,
    rfc: /server CLOSE_WAIT/,
  },
  {
    id: 'D11',
    says: 'a SYN in ESTABLISHED: challenged; 3.10 drops it without an ACK',
    world: 'SYN-in-the-window',
    kernel: 'linux-3.10',
    rule: 'bareSyn',
    linux: silent,
    rfc: /counted TCPSYNChallenge/,
  },
  {
    id: 'D13',
    says: 'close() with unread text: RST, or FIN',
    world: 'unread-at-close',
    rule: 'closeWithUnread',
    linux: /sent \[R\.\]/,
    rfc: /sent \[F\.\]/,
  },
  {
    id: 'D14',
    says: 'FIN-WAIT-1 while the FIN still waits to be sent',
    world: 'handshake',
    rule: 'finAfterTimeout',
    linux: /^(?!.*sent).*client FIN_WAIT1/,
    rfc: /sent \[F\.\]/,
  },
  {
    id: 'D15',
    says: 'FIN-WAIT-2 without a process is a mini-socket that times out',
    world: 'FIN_WAIT2-after-close',
    linux: /client TIME_WAIT/,
    rfc: /client FIN_WAIT2/,
  },
  {
    id: 'D17',
    says: 'a RST in the window of TIME-WAIT, but not exact: nothing, or the end',
    world: 'TIME_WAIT-meets-segments',
    rule: 'timeWaitReset',
    linux: /received \[R\] 104.*server TIME_WAIT/,
    rfc: /server none/,
  },
  {
    id: 'D18',
    says: 'a bare ACK in sequence in TIME-WAIT: silence, or an ACK',
    world: 'TIME_WAIT-meets-segments',
    rule: 'timeWaitBareAck',
    linux: silent,
    rfc: /sent \[\.\] 502\+0 ack 102/,
  },
  {
    id: 'D21',
    says: 'the SYN+ACK of a simultaneous open: taken, or by the letter of table 6 out of window',
    world: 'RST-after-crossing',
    linux: /client ESTABLISHED/,
    rfc: /client SYN_RECV/,
  },
  {
    id: 'D22',
    says: 'a RST after SYNs have crossed: ECONNRESET, or connection refused',
    world: 'RST-after-crossing',
    rule: 'resetOfCrossed',
    linux: /CLOSED reset/,
    rfc: /CLOSED ECONNREFUSED/,
  },
  {
    id: 'D23',
    says: 'text on a SYN+ACK: left, or taken',
    world: 'text-on-a-SYN-ACK',
    linux: /sent \[\.\] 501\+0 ack 101/,
    rfc: /sent \[\.\] 501\+0 ack 102/,
  },
  {
    id: 'D29',
    says: 'text that reaches over the FIN of its sender: RST, or ignored',
    world: strange('over-the-FIN', 'text that begins before the FIN and ends behind it', at('.', 100, 3, 501), {
      clients: [{ ...rival, calls: ['shutdown'] }],
    }),
    rule: 'textOverFin',
    linux: /counted TCPAbortOnData/,
    rfc: silent,
  },
]

export const agreements: readonly Agreement[] = [
  {
    id: 'D7',
    says: 'an ACK in SYN-RECEIVED of what was not sent: RST',
    world: strange('wrong-ACK', 'an ACK of what was not sent, in sequence', at('.', 101, 0, 777)),
  },
  {
    id: 'D12',
    says: 'text after close(): RST, as RFC 1122 §4.2.2.13 has it; only RFC 793 took it',
    world: 'data-after-close',
    rule: 'dataAfterClose',
  },
  {
    id: 'D19',
    says: 'a newer SYN in TIME-WAIT opens anew (RFC 1122, RFC 6191)',
    world: 'TIME_WAIT-meets-segments',
    rule: 'synInTimeWait',
  },
  { id: 'D27', says: 'keepalive is off by default, and both answer it', world: 'keepalive-answered' },
  {
    id: 'D28',
    says: 'after a RST in SYN-RECEIVED the listener listens on, and no process is told',
    world: strange('RST-to-a-request', 'an exact RST for a request', at('R', 101)),
  },
]

export const outOfReach: readonly OutOfReach[] = [
  {
    id: 'D16',
    says: 'TIME-WAIT lasts 60 s, not four minutes',
    because: 'how long things last belongs to a world, in ticks, not to a profile: TIME_WAIT is two MSL in both',
  },
  {
    id: 'D20',
    says: 'a RST with an acceptable ACK in SYN-SENT: RFC 5961 would have its number checked',
    because: 'there is no RCV.NXT in SYN-SENT that it could be checked against, and RFC 9293 leaves it open',
  },
  {
    id: 'D24',
    says: 'OPEN on a LISTEN socket makes it active; connect() fails with EISCONN',
    because: 'no process of the model calls connect() on a socket that listens',
  },
  {
    id: 'D25',
    says: 'the RST of an ABORT has no ACK; Linux sends one',
    because:
      'by §3.1 every segment of a connection has one, so that the RFC allows both: replay takes both, a search sends the first',
  },
  {
    id: 'D26',
    says: 'the user timeout is five minutes, and a SYN is repeated for three at least',
    because: 'retries are few in every world: how many there are is a sysctl, not a rule',
  },
]
