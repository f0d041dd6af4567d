/** Keepalive: an idle connection is probed, and reset when the peer does not answer. RFC 1122 §4.2.3.6 · linux: tcp_keepalive_timer */
import type { Keepalive, Stack } from '../config.ts'
import { stamped } from '../options.ts'
import { type Reaction, react } from '../reaction.ts'
import { pureAck, type Segment } from '../segment.ts'
import { add, before } from '../sequence.ts'
import { abortWithReset } from './reset.ts'
import type { KeepaliveTimer, Socket, Tcb } from './socket.ts'

/** A connection as it begins to be watched. linux: tcp_finish_connect, tcp_create_openreq_child */
export const watched = (t: Tcb, { keepalive }: Stack): Tcb =>
  keepalive === undefined ? t : { ...t, keepalive: { left: keepalive.idle, probes: 0 } }

/**
 * The peer was heard. The kernel lets its timer run, and puts it off when it fires by what is left of the idle time: the next
 * probe comes at the later of the two. linux: keepalive_time_elapsed; tcp_ack forgets the probes that were not answered
 */
export const heard = (t: Tcb, { keepalive }: Stack): Tcb =>
  t.keepalive === undefined || keepalive === undefined
    ? t
    : { ...t, keepalive: { left: Math.max(t.keepalive.left, keepalive.idle), probes: 0 } }

/** So it was where text came in sequence, whatever its ACK; only an ACK forgets the probes. linux: tcp_event_data_recv (lrcvtime) */
export const heardText = (t: Tcb, { keepalive }: Stack): Tcb =>
  t.keepalive === undefined || keepalive === undefined
    ? t
    : { ...t, keepalive: { ...t.keepalive, left: Math.max(t.keepalive.left, keepalive.idle) } }

/** The number before the first that is not acknowledged: out of window, so that it is answered. linux: tcp_xmit_probe_skb */
export const keepaliveProbe = (t: Tcb, octets: 0 | 1 = 0): Segment => ({
  ...pureAck(add(t.snd.una, -1), t.rcv.nxt),
  len: octets,
})

/** Something is unacknowledged or unsent: the retransmission timer watches the peer. linux: packets_out, tcp_write_queue_empty */
const isBusy = ({ snd }: Tcb): boolean => snd.una !== snd.nxt || before(snd.nxt, snd.end)

/** So many probes without an answer, or TCP_USER_TIMEOUT since the peer was heard and one probe at least. */
const isEnough = ({ probes }: KeepaliveTimer, { idle, interval, ...k }: Keepalive, userTimeout?: number): boolean =>
  userTimeout === undefined ? probes >= k.probes : probes > 0 && idle + probes * interval >= userTimeout

/** The timer fires: it waits on, probes, or gives up with a RST and ETIMEDOUT. */
export const fireKeepalive = (t: Tcb, timer: KeepaliveTimer, stack: Stack): Reaction<Socket> => {
  const { keepalive, userTimeout } = stack
  if (keepalive === undefined) return react(t)
  if (isBusy(t)) return react({ ...t, keepalive: { ...timer, left: keepalive.idle } })
  if (isEnough(timer, keepalive, userTimeout)) return abortWithReset(t, 'timed out', 'TCPAbortOnTimeout')
  const to: Tcb = { ...t, keepalive: { left: keepalive.interval, probes: timer.probes + 1 } }
  return stamped<Socket>(react(to, [keepaliveProbe(t)], ['TCPKeepAlive']), t.options, stack)
}
