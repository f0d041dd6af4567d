/**
 * Kernel profiles: where one stack departs from another, as data. A rule asks the profile; it never asks for a version.
 * Version boundaries are those of mainline releases; stable kernels took some of the changes earlier.
 */
import type { Sysctls } from './sysctl.ts'
import { UNLIMITED } from './sysctls/rule.ts'

export interface Dialect {
  /** Has a SYN queue and an accept queue of limited size. RFC 9293 knows no queues. */
  readonly queues: boolean
  /** When a full accept queue also drops SYNs. linux: tcp_conn_request; `young>1` until 4.9, `always` since 4.10 (5ea8ea2cb7f1). */
  readonly synOnFullAcceptQueue: 'drop' | 'drop if young > 1' | 'admit'
  /** The SYN queue is full when … B requests are there (4.4 – 6.12), or more than B (6.13), or 2^k of a table (to 4.3). */
  readonly synQueueFull: 'q >= B' | 'q > B' | 'table' | 'never'
  /** Whether CPUs that promote at once see the same room in the accept queue: since 4.4, when the listener's lock went. linux: tcp_v4_syn_recv_sock */
  readonly promotion: 'lockless' | 'one at a time'
  /** When requests are given up early: when so many are there, measured by B (since 4.4) or by the table (to 4.3). */
  readonly pruning: '2q > max(8, B)' | 'q >= half the table' | 'never'
  /** tcp_syncookies 2, a cookie for every SYN, is known (since 3.12); before that it does what 1 does. */
  readonly cookieForEverySyn: 'with tcp_syncookies 2' | 'never'
  /** For how many seconds after its last cookie a listener takes cookies: two periods of 60 s, or 3 s (3.10). linux: tcp_synq_no_recent_overflow */
  readonly cookieSeconds: 120 | 3
  /** An ACK of no cookie counts SyncookiesFailed: only while cookies are out, or always where cookies are on (3.10). */
  readonly cookiesFailed: 'counted while cookies are out' | 'counted always'
  /**
   * The ACK of a cookie whose client has a request by now (its SYN came again, and there was room): since 5.11 the child finds its place
   * taken and goes. Before, it stood beside the request, for which the model has no room: there the ACK is a wrong one. linux: inet_ehash_insert
   */
  readonly cookieBesideRequest: 'swallowed' | 'not honoured'
  /** Which ACKs tcp_invalid_ratelimit limits: to 4.4 not those of a request to what is out of window, in 3.10 none. linux: __tcp_oow_rate_limited */
  readonly ackRatelimit: 'all' | 'all but out of window of a request' | 'none'
  /** Which ICMP errors end a request. linux: tcp_req_err (inet_csk_reqsk_queue_drop in tcp_v4_err to 4.3) */
  readonly icmpToRequest: 'unreachable host' | 'any error'
  /** tcp_tw_recycle's look at the clock of a SYN: absent since 4.12, and to 3.16 only at one with a timestamp. linux: tcp_peer_is_proven */
  readonly recycledSyn: 'judged' | 'judged by its timestamp' | 'not judged'
  /** What close() of a listener does to its requests: they stay until a segment or their timer (since 4.4), or go at once. */
  readonly requestsAtClose: 'stay' | 'go'
  /** A SYN+ACK for a listener: a RST (RFC 9293 §3.10.7.2 second), or silence. linux: tcp_rcv_state_process · freebsd: tcp_input, syncache_chkrst */
  readonly synAckAtListener: 'reset' | 'drop'
  /** A SYN with FIN for a listener: dropped (all of Linux), or taken for a SYN. linux: tcp_rcv_state_process · freebsd: net.inet.tcp.drop_synfin 0 */
  readonly synFinAtListener: 'drop' | 'as a SYN'
  /** The same in SYN_SENT, where it crosses: answered with a SYN+ACK, or dropped. linux: tcp_rcv_synsent_state_process · freebsd: tcp_do_segment */
  readonly synFinInSynSent: 'answer' | 'drop'
  /** Text on a SYN+ACK: left to be sent again (all of Linux), or taken. RFC 9293 §3.10.7.3 fourth */
  readonly textOnSynAck: 'ignore' | 'take'
  /** The same on a SYN that crosses ours. RFC 9293 §3.10.7.3: processed once the connection is established */
  readonly textOnCrossedSyn: 'ignore' | 'take'
  /** The error of connect() when a RST comes after SYNs have crossed. linux: tcp_reset · RFC 9293 §3.10.7.4: connection refused */
  readonly resetOfCrossed: 'ECONNRESET' | 'ECONNREFUSED'
  /** The error that a RST in CLOSE_WAIT leaves for the process. linux: tcp_reset · freebsd: tcp_drop */
  readonly resetInCloseWait: 'EPIPE' | 'ECONNRESET'
  /** The peer's FIN in FIN_WAIT1: acknowledged, or acknowledged by our FIN, which is sent again. linux: tcp_fin · freebsd: tcp_do_segment (TF_ACKNOW, tcp_output) */
  readonly finInFinWait1: 'acknowledge' | 'FIN again'
  /** A FIN without ACK in TIME_WAIT: acknowledged (all of Linux), or dropped. linux: tcp_timewait_state_process · RFC 9293 §3.10.7.4 fifth */
  readonly finWithoutAckInTimeWait: 'acknowledge' | 'drop'
  /** A newer SYN in TIME_WAIT: a new connection (RFC 1122 §4.2.2.13), or a challenge ACK. linux: tcp_timewait_state_process · freebsd: tcp_twcheck */
  readonly synInTimeWait: 'opens anew' | 'acknowledge'
  /** An ACK in SYN_SENT that is not of our SYN: besides the RST, the SYN goes out again at once (since about 5.6). */
  readonly wrongSynAck: 'SYN again at once' | 'wait'
  /** An ACK of our SYN that echoes no timestamp of it, in SYN_SENT: reset, in all of Linux. linux: tcp_rcv_synsent_state_process */
  readonly strangeEcho: 'reset' | 'not judged'
  /** tcp_challenge_ack_limit 0: no limit, since 6.2 draws from a range that then has no end; before, no challenge at all. linux: tcp_send_challenge_ack */
  readonly challengeLimit0: 'no limit' | 'no challenge'
  /** What a request looks at first: the number that is acknowledged (all of Linux), or the sequence number. linux: tcp_check_req · RFC 9293 §3.10.7.4 first */
  readonly requestJudges: 'ACK first' | 'sequence number first'
  /** The SYN of a request again: answered as before (all of Linux), or like anything out of window. linux: tcp_check_req · RFC 9293 §3.10.7.4 first */
  readonly synAgain: 'SYN+ACK' | 'acknowledge'
  /** Another SYN in the window of a request ends it: with a RST (all of Linux), or in silence. linux: tcp_check_req · RFC 9293 §3.10.7.4 fourth */
  readonly synInRequest: 'reset' | 'return to LISTEN'
  /** Text that begins before the peer's FIN and goes on behind it: a RST (all of Linux), or nothing. linux: tcp_rcv_state_process · RFC 9293 §3.10.7.4 seventh */
  readonly textOverFin: 'reset' | 'ignore'
  /** Which RST kills a request. linux: tcp_check_req; only the exact one since 2026 (RFC 5961 §3). */
  readonly resetOfRequest: 'exact' | 'in window'
  /** Which edges of the window a segment may touch. Linux takes both in (tcp_sequence), RFC 9293 §3.4 table 6 neither. */
  readonly windowEdges: 'included' | 'as written'
  /** Whether what lies beyond the window of a full socket is counted: since 6.17. linux: tcp_validate_incoming */
  readonly beyondWindow: 'counted' | 'not counted'
  /** Which RST kills a synchronized socket. RFC 5961 §3. Linux also takes RCV.NXT−1 after a FIN. */
  readonly resetAfterFin: 'exact' | 'exact or one below'
  /** A SYN without ACK in a synchronized state: challenged (RFC 5961 §4), or dropped (3.10, 3.13). */
  readonly bareSyn: 'challenge' | 'drop'
  /** A SYN whose timestamp is old, in a synchronized state: challenged like any SYN (since about 6.12), or only acknowledged. */
  readonly synFromThePast: 'challenge' | 'acknowledge'
  /** An ACK that is old by number and by timestamp: dropped (since about 6.14), before that acknowledged. */
  readonly ackFromThePast: 'drop' | 'acknowledge'
  /** An ACK for what was never sent, in ESTABLISHED. RFC 9293 §3.10.7.4; Linux was silent until 2026. */
  readonly ackOfUnsent: 'challenge' | 'drop'
  /** The same in the other synchronized states: challenged since 4.9, before that ignored and the text taken. */
  readonly ackOfUnsentWhileClosing: 'challenge and drop' | 'process text'
  /** How old an ACK may be before it is challenged (RFC 5961 §5): a window, or, since 6.7, not older than what has been acknowledged. */
  readonly oldestAck: 'of what was acknowledged' | 'a window old'
  /** An old ACK while closing: 4.9 – 6.8 challenged it and dropped the whole segment. linux: tcp_rcv_state_process. */
  readonly oldAckWhileClosing: 'process text' | 'challenge and drop'
  /** A crossed SYN+ACK in SYN_RECV: taken since 6.11, before that challenged. */
  readonly crossedSynAck: 'accept' | 'challenge'
  /** shutdown(SHUT_WR) in a crossed SYN_RECV: the FIN waits for the end of the handshake (since 6.9), or goes at once. */
  readonly shutdownInSynRecv: 'waits' | 'sends FIN'
  /** A FIN behind unacknowledged data after a timeout: held back by the window of one segment (since about 5.19). */
  readonly finAfterTimeout: 'held back' | 'sent'
  /** close() with unread data: RST (RFC 2525 §2.17, all of Linux) or FIN. */
  readonly closeWithUnread: 'reset' | 'fin'
  /** The RST of an abort: with an ACK (all of Linux), or also without one, as RFC 9293 §3.10.5 writes it. linux: tcp_send_active_reset */
  readonly abortReset: 'with ACK' | 'with or without ACK'
  /** Data for a socket that its process has closed: RST (RFC 1122 §4.2.2.13) or taken (RFC 793). */
  readonly dataAfterClose: 'reset' | 'accept'
  /** FIN_WAIT2 without a process ends after tcp_fin_timeout. RFC 9293 knows no limit. */
  readonly orphanFinWait2: 'times out' | 'stays'
  /** TIME_WAIT and a zero-length segment in sequence: restart without an answer (Linux) or answered (RFC 9293 §3.10.7.4). */
  readonly timeWaitBareAck: 'silent' | 'acknowledge'
  /** Which RST ends TIME_WAIT: Linux takes the exact one, the RFC any acceptable one, FreeBSD none (RFC 1337). */
  readonly timeWaitReset: 'exact' | 'acceptable' | 'none'
  /** Which counter an old timestamp moves in TIME_WAIT; one of its own since about 6.14. */
  readonly pawsInTimeWait: 'PAWSTimewait' | 'PAWSEstab'
  /** From when tcp_tw_reuse_delay counts: the begin of TIME_WAIT since 6.14, before that its last timestamp. linux: tcp_twsk_unique */
  readonly reuseAge: 'since its begin' | 'since its last timestamp'
  /** What the gauge CurrEstab counts: CLOSE_WAIT, too, since 6.10 (RFC 4022). linux: tcp_set_state */
  readonly currEstab: 'ESTABLISHED and CLOSE_WAIT' | 'ESTABLISHED'
  /** A RST that tcp_rfc1337 keeps from ending TIME_WAIT: restarted it until 4.14. */
  readonly rfc1337: 'ignores RST' | 'restarts TIME_WAIT'
}

export interface KernelProfile {
  readonly name: string
  readonly means: string
  readonly dialect: Dialect
  readonly sysctls: Sysctls
}

const linux618: Dialect = {
  queues: true,
  synOnFullAcceptQueue: 'drop',
  synQueueFull: 'q > B',
  promotion: 'lockless',
  pruning: '2q > max(8, B)',
  cookieForEverySyn: 'with tcp_syncookies 2',
  cookieSeconds: 120,
  cookiesFailed: 'counted while cookies are out',
  cookieBesideRequest: 'swallowed',
  ackRatelimit: 'all',
  icmpToRequest: 'unreachable host',
  recycledSyn: 'not judged',
  requestsAtClose: 'stay',
  synAckAtListener: 'reset',
  synFinAtListener: 'drop',
  synFinInSynSent: 'answer',
  textOnSynAck: 'ignore',
  textOnCrossedSyn: 'ignore',
  resetOfCrossed: 'ECONNRESET',
  resetInCloseWait: 'EPIPE',
  finInFinWait1: 'acknowledge',
  finWithoutAckInTimeWait: 'acknowledge',
  synInTimeWait: 'opens anew',
  wrongSynAck: 'SYN again at once',
  strangeEcho: 'reset',
  challengeLimit0: 'no limit',
  requestJudges: 'ACK first',
  synAgain: 'SYN+ACK',
  synInRequest: 'reset',
  textOverFin: 'reset',
  resetOfRequest: 'exact',
  windowEdges: 'included',
  beyondWindow: 'counted',
  resetAfterFin: 'exact or one below',
  bareSyn: 'challenge',
  synFromThePast: 'challenge',
  ackFromThePast: 'drop',
  ackOfUnsent: 'challenge',
  oldestAck: 'of what was acknowledged',
  ackOfUnsentWhileClosing: 'challenge and drop',
  oldAckWhileClosing: 'process text',
  crossedSynAck: 'accept',
  shutdownInSynRecv: 'waits',
  finAfterTimeout: 'held back',
  closeWithUnread: 'reset',
  abortReset: 'with ACK',
  dataAfterClose: 'reset',
  orphanFinWait2: 'times out',
  timeWaitBareAck: 'silent',
  timeWaitReset: 'exact',
  pawsInTimeWait: 'PAWSTimewait',
  reuseAge: 'since its begin',
  currEstab: 'ESTABLISHED and CLOSE_WAIT',
  rfc1337: 'ignores RST',
}
const linux61: Dialect = {
  ...linux618,
  synQueueFull: 'q >= B',
  challengeLimit0: 'no challenge',
  beyondWindow: 'not counted',
  resetOfRequest: 'in window',
  synFromThePast: 'acknowledge',
  ackFromThePast: 'acknowledge',
  ackOfUnsent: 'drop',
  oldestAck: 'a window old',
  oldAckWhileClosing: 'challenge and drop',
  crossedSynAck: 'challenge',
  pawsInTimeWait: 'PAWSEstab',
  reuseAge: 'since its last timestamp',
  currEstab: 'ESTABLISHED',
  shutdownInSynRecv: 'sends FIN',
}
const linux510: Dialect = { ...linux61, finAfterTimeout: 'sent', cookieBesideRequest: 'not honoured' }
const linux49: Dialect = {
  ...linux510,
  synOnFullAcceptQueue: 'drop if young > 1',
  recycledSyn: 'judged',
  wrongSynAck: 'wait',
  resetAfterFin: 'exact',
  rfc1337: 'restarts TIME_WAIT',
}
const linux44: Dialect = {
  ...linux49,
  ackRatelimit: 'all but out of window of a request',
  ackOfUnsentWhileClosing: 'process text',
  oldAckWhileClosing: 'process text',
}
const linux310: Dialect = {
  ...linux44,
  synQueueFull: 'table',
  promotion: 'one at a time',
  pruning: 'q >= half the table',
  cookieForEverySyn: 'never',
  cookieSeconds: 3,
  cookiesFailed: 'counted always',
  ackRatelimit: 'none',
  icmpToRequest: 'any error',
  recycledSyn: 'judged by its timestamp',
  requestsAtClose: 'go',
  bareSyn: 'drop',
}
/** Where FreeBSD 14 answers otherwise than Linux 6.18: twelve differences that its own test scripts show. The rest is not measured. */
const freebsd14: Dialect = {
  ...linux618,
  synAckAtListener: 'drop',
  synFinAtListener: 'as a SYN',
  synFinInSynSent: 'drop',
  textOnSynAck: 'take',
  textOnCrossedSyn: 'take',
  resetOfCrossed: 'ECONNREFUSED',
  resetInCloseWait: 'ECONNRESET',
  finInFinWait1: 'FIN again',
  resetAfterFin: 'exact',
  timeWaitReset: 'none',
  finWithoutAckInTimeWait: 'drop',
  synInTimeWait: 'acknowledge',
}
const rfc9293: Dialect = {
  queues: false,
  synOnFullAcceptQueue: 'admit',
  synQueueFull: 'never',
  promotion: 'one at a time',
  pruning: 'never',
  cookieForEverySyn: 'never',
  cookieSeconds: 120,
  cookiesFailed: 'counted while cookies are out',
  cookieBesideRequest: 'not honoured',
  ackRatelimit: 'all',
  icmpToRequest: 'unreachable host',
  recycledSyn: 'not judged',
  requestsAtClose: 'go',
  synAckAtListener: 'reset',
  synFinAtListener: 'as a SYN',
  synFinInSynSent: 'answer',
  textOnSynAck: 'take',
  textOnCrossedSyn: 'take',
  resetOfCrossed: 'ECONNREFUSED',
  resetInCloseWait: 'ECONNRESET',
  finInFinWait1: 'acknowledge',
  finWithoutAckInTimeWait: 'drop',
  synInTimeWait: 'opens anew',
  wrongSynAck: 'wait',
  strangeEcho: 'not judged',
  challengeLimit0: 'no challenge',
  beyondWindow: 'not counted',
  requestJudges: 'sequence number first',
  synAgain: 'acknowledge',
  synInRequest: 'return to LISTEN',
  textOverFin: 'ignore',
  resetOfRequest: 'exact',
  windowEdges: 'as written',
  resetAfterFin: 'exact',
  bareSyn: 'challenge',
  synFromThePast: 'acknowledge',
  ackFromThePast: 'acknowledge',
  ackOfUnsent: 'challenge',
  oldestAck: 'a window old',
  ackOfUnsentWhileClosing: 'challenge and drop',
  oldAckWhileClosing: 'process text',
  crossedSynAck: 'accept',
  shutdownInSynRecv: 'waits',
  finAfterTimeout: 'sent',
  closeWithUnread: 'fin',
  abortReset: 'with or without ACK',
  dataAfterClose: 'reset',
  orphanFinWait2: 'stays',
  timeWaitBareAck: 'acknowledge',
  timeWaitReset: 'acceptable',
  pawsInTimeWait: 'PAWSEstab',
  reuseAge: 'since its last timestamp',
  currEstab: 'ESTABLISHED and CLOSE_WAIT',
  rfc1337: 'ignores RST',
}

const defaults: Sysctls = {
  somaxconn: 4096,
  tcp_max_syn_backlog: 2048,
  tcp_syncookies: 1,
  tcp_abort_on_overflow: 0,
  tcp_syn_retries: 6,
  tcp_syn_linear_timeouts: 4,
  tcp_synack_retries: 5,
  tcp_timestamps: 1,
  tcp_window_scaling: 1,
  tcp_sack: 1,
  tcp_challenge_ack_limit: UNLIMITED,
  tcp_tw_recycle: 0,
  tcp_retries2: 15,
  tcp_orphan_retries: 0,
  tcp_tw_reuse: 2,
  tcp_rfc1337: 0,
}
const before65: Sysctls = { ...defaults, tcp_syn_linear_timeouts: 0 }
const before60: Sysctls = { ...before65, tcp_challenge_ack_limit: 1000 }
const before54: Sysctls = { ...before60, somaxconn: 128, tcp_tw_reuse: 0 }
const before44: Sysctls = { ...before54, tcp_challenge_ack_limit: 100 }

export const profiles = {
  'linux-6.18': {
    name: 'linux-6.18',
    means: 'Linux 6.18 with the fixes of 2026',
    dialect: linux618,
    sysctls: defaults,
  },
  'linux-6.1': { name: 'linux-6.1', means: 'Linux 6.1', dialect: linux61, sysctls: before65 },
  'linux-5.10': { name: 'linux-5.10', means: 'Linux 5.10', dialect: linux510, sysctls: before60 },
  'linux-4.9': {
    name: 'linux-4.9',
    means: 'Linux 4.9: a full accept queue still admits SYNs',
    dialect: linux49,
    sysctls: before54,
  },
  'linux-4.4': {
    name: 'linux-4.4',
    means: 'Linux 4.4: the first with a lockless listener',
    dialect: linux44,
    sysctls: before54,
  },
  'linux-3.10': {
    name: 'linux-3.10',
    means: 'Linux 3.10: SYN table, bare SYNs dropped',
    dialect: linux310,
    sysctls: before44,
  },
  'freebsd-14': {
    name: 'freebsd-14',
    means:
      'Linux 6.18 but for the twelve rules in which FreeBSD 14 answers otherwise; what else is different there is not modelled',
    dialect: freebsd14,
    sysctls: defaults,
  },
  rfc9293: { name: 'rfc9293', means: 'RFC 9293 with RFC 5961, no queues', dialect: rfc9293, sysctls: before65 },
} as const satisfies Record<string, KernelProfile>

export type ProfileName = keyof typeof profiles
export const profileNames = Object.keys(profiles) as ProfileName[]
/** The profiles that a host of a capture may have: of FreeBSD too little is modelled to tell its hosts from others. */
export const hostProfiles: readonly ProfileName[] = profileNames.filter((name) => name !== 'freebsd-14')
/** The profiles of Linux, the newest first. */
export const linuxProfiles: readonly ProfileName[] = profileNames.filter((name) => name.startsWith('linux-'))
