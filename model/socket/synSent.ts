/** SYN_SENT. RFC 9293 §3.10.7.3 · linux: tcp_rcv_synsent_state_process */
import { match } from 'ts-pattern'
import type { Stack } from '../config.ts'
import { type Agreed, agreed, grant, isStrangeEcho, offer, stamped, stampOf } from '../options.ts'
import { type Reaction, react } from '../reaction.ts'
import { hasFin, hasRst, hasSyn, type Segment, syn, synAck } from '../segment.ts'
import { add, type Seq } from '../sequence.ts'
import { watched } from './keepalive.ts'
import { acknowledge, startTimer } from './output.ts'
import { die, refuse } from './reset.ts'
import type { Socket, SynSent, Tcb } from './socket.ts'

/** connect(): the active OPEN. `over`: a TIME_WAIT whose ports it takes. RFC 9293 §3.10.1 · linux: tcp_connect, __inet_check_established */
export const connect = (iss: Seq, stack: Stack, over?: Socket): Reaction<Socket> => {
  const stamp = stampOf(stack)
  return react(
    {
      state: 'SYN_SENT',
      iss,
      rtx: startTimer(stack),
      ...(stamp === undefined ? {} : { stamp }),
      ...(over?.state === 'TIME_WAIT' && over.recent !== undefined && { inherited: over.recent }),
    },
    [{ ...syn(iss), ...offer(stack) }],
    over?.state === 'TIME_WAIT' ? ['TWRecycled', 'ActiveOpens'] : ['ActiveOpens'],
  )
}

/** A connection as it begins: nothing sent but the SYN, nothing received but the peer's. */
export const newTcb = (
  state: Tcb['state'],
  iss: Seq,
  irs: Seq,
  synAcked: boolean,
  options?: Agreed,
  first?: Seq,
): Tcb => ({
  state,
  snd: {
    una: synAcked ? add(iss, 1) : iss,
    nxt: add(iss, 1),
    end: add(iss, 1),
    fin: false,
    ...(first === undefined ? {} : { first }),
  },
  rcv: { nxt: add(irs, 1), unread: 0, held: [] },
  ...(options === undefined ? {} : { options }),
})

/** `acknowledged`: from which number on ACKs count, the own SYN's in a socket that has connected, the one after it in a child. */
export const firstOf = (acknowledged: Seq, { dialect }: Stack): Seq | undefined =>
  dialect.oldestAck === 'of what was acknowledged' ? acknowledged : undefined

/** With timestamps of its own it has no use for what it has inherited. linux: tcp_store_ts_recent */
const inheriting = (t: Tcb, { inherited }: SynSent): Tcb =>
  inherited === undefined || t.options?.recent !== undefined ? t : { ...t, inherited }

export const receiveInSynSent = (c: SynSent, s: Segment, stack: Stack): Reaction<Socket> => {
  const acceptable = s.ack === add(c.iss, 1)
  if (acceptable && stack.dialect.strangeEcho === 'reset' && isStrangeEcho(c.stamp, s, stack)) {
    const refused = refuse<Socket>(c, s)
    return { ...refused, count: ['PAWSActive', ...refused.count] }
  }
  return match({ ack: s.ack !== undefined, acceptable, rst: hasRst(s), syn: hasSyn(s) })
    .with({ ack: true, acceptable: false }, () => refuse<Socket>(synAgain(c, stack), s)) // first: check the ACK
    .with({ ack: true, rst: true }, () => die(c, 'refused')) // second: Linux does not look at its number
    .with({ rst: true }, () => react<Socket>(c))
    .with({ ack: true, syn: true }, () => {
      const { options } = agreed(s, stack)
      const opened = newTcb('ESTABLISHED', c.iss, s.seq, true, options, firstOf(c.iss, stack))
      const t = watched(inheriting(opened, c), stack)
      const taken = stack.dialect.textOnSynAck === 'take' ? withText(t, s) : t
      return stamped(acknowledge(react(taken), 'now', stack), options, stack)
    })
    .with({ ack: false, syn: true }, () =>
      hasFin(s) && stack.dialect.synFinInSynSent === 'drop' ? react<Socket>(c) : crossed(c, s, stack),
    ) // simultaneous open, RFC 9293 §3.5 figure 8
    .otherwise(() => react<Socket>(c))
}

/** The SYN may have met an old connection, which our RST has ended: it need not wait. linux: tcp_rcv_synsent_state_process */
const synAgain = (c: SynSent, stack: Stack): SynSent =>
  stack.dialect.wrongSynAck === 'SYN again at once' && c.rtx.n === 0 ? { ...c, rtx: { ...c.rtx, left: 0 } } : c

/** The text that comes with a SYN is taken; a FIN behind it waits to be sent again. RFC 9293 §3.10.7.3 fourth */
const withText = (t: Tcb, { len }: Segment): Tcb => ({
  ...t,
  rcv: { ...t.rcv, nxt: add(t.rcv.nxt, len), unread: t.rcv.unread + len },
})

/** The running timer goes on: it now repeats the SYN+ACK. */
const crossed = (c: SynSent, s: Segment, stack: Stack): Reaction<Socket> => {
  const { options } = agreed(s, stack)
  const alike = Math.min(c.rtx.n, stack.sysctls.tcp_syn_linear_timeouts)
  const fresh: Tcb = {
    ...inheriting(newTcb('SYN_RECV', c.iss, s.seq, false, options, firstOf(c.iss, stack)), c),
    rtx: alike > 0 ? { ...c.rtx, alike } : c.rtx,
    ...(c.rtx.n > 0 && { afterTimeout: true as const }),
  }
  const t = stack.dialect.textOnCrossedSyn === 'take' ? withText(fresh, s) : fresh
  return react(t, [{ ...synAck(c.iss, t.rcv.nxt), ...grant(options, stack) }])
}

/** The SYN is sent again; after tcp_syn_retries times connect() ends with ETIMEDOUT. RFC 6298 §5.5 · linux: tcp_retransmit_timer */
export const retransmitSyn = (c: SynSent, stack: Stack): Reaction<Socket> => {
  if (triedEnough(c.rtx.n, stack)) {
    const dead = die(c, 'timed out')
    return { ...dead, count: ['TCPTimeouts', 'TCPAbortOnTimeout', ...dead.count] }
  }
  const n = c.rtx.n + 1
  const rtx = { n, left: Math.min(synTimeout(n, stack), leftToUser(n, stack)) }
  return react({ ...c, rtx }, [{ ...syn(c.iss), ...offer(stack) }], ['TCPTimeouts', 'TCPSynRetrans', 'RetransSegs'])
}

/** How long the SYN waits after n retransmissions: the first 1 + linear times are alike, then they double. */
export const synTimeout = (n: number, { durations, sysctls }: Stack): number =>
  durations.initialRto * 2 ** Math.max(0, n - sysctls.tcp_syn_linear_timeouts)

/** Since connect(), when the SYN has been sent again for the n-th time. linux: tcp_connect, retrans_stamp */
const sinceConnect = (n: number, stack: Stack): number =>
  Array.from({ length: n }, (_, i) => synTimeout(i, stack)).reduce((sum, t) => sum + t, 0)

/** What TCP_USER_TIMEOUT leaves for the next attempt. linux: tcp_clamp_rto_to_user_timeout */
const leftToUser = (n: number, stack: Stack): number =>
  stack.userTimeout === undefined ? Number.POSITIVE_INFINITY : Math.max(1, stack.userTimeout - sinceConnect(n, stack))

/**
 * After as many retransmissions as both sysctls allow, or once as much time has passed as tcp_syn_retries of them would
 * take if they doubled from the first: with few retries that comes first. linux: tcp_write_timeout, retransmits_timed_out
 */
const triedEnough = (n: number, stack: Stack): boolean => {
  const { tcp_syn_linear_timeouts: linear } = stack.sysctls
  const retries = synRetries(stack)
  const alike = Math.min(n, linear)
  const elapsed = alike + 2 ** (n - alike + 1) - 1
  if (n >= retries + linear) return true
  // TCP_USER_TIMEOUT stands in for the time, not for the number; the first SYN is always repeated. linux: retransmits_timed_out
  return stack.userTimeout === undefined
    ? elapsed >= 2 ** (retries + 1) - 1
    : n > 0 && sinceConnect(n + 1, stack) >= stack.userTimeout
}

/** TCP_SYNCNT or tcp_syn_retries. linux: tcp_write_timeout */
export const synRetries = (stack: Stack): number => stack.synCount ?? stack.sysctls.tcp_syn_retries
