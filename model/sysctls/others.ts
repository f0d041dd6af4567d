/** Settings that are no plain number of a stack: lengths of time, socket options, and the argument of listen(). */
import type { ProfileName } from '../profile.ts'
import type { Knob } from './knobs.ts'

interface DurationKnob extends Omit<Knob, 'is' | 'defaults'> {
  readonly since?: string
  readonly value: (profile: ProfileName) => string
}

export const durationKnobs: readonly DurationKnob[] = [
  {
    name: 'tcp_invalid_ratelimit',
    means: 'the least time between two ACKs with which one request or socket answers what it cannot use',
    source: 'linux: __tcp_oow_rate_limited · RFC 5961 §7',
    range: '0 to 2147483647 (milliseconds)',
    touches: ['SYN_RECV', 'ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'CLOSE_WAIT', 'CLOSING', 'LAST_ACK', 'TIME_WAIT'],
    since: '4.0',
    setBy: 'durations.invalidRatelimit',
    value: () => '500',
  },
  {
    name: 'tcp_fin_timeout',
    means:
      'how long FIN_WAIT2 lasts once its process has called close(), but no less than 3.5 retransmission timeouts, and of T > 60 only 2 · (T − 60); it says nothing about TIME_WAIT',
    source: 'linux: tcp_fin_time, tcp_keepalive_timer',
    range: 'any int (seconds); TCP_LINGER2, which takes its place, 120 at most',
    touches: ['FIN_WAIT2'],
    setBy: 'durations.finTimeout',
    value: () => '60',
  },
]

/** No setting, but something that can be done to an opening connection. */
export const messageKnobs: readonly Knob[] = [
  {
    name: 'ICMP',
    is: 'message',
    means:
      'an ICMP error that quotes the SYN ends connect() at once; one that quotes the SYN+ACK deletes the request, unless it only says that a port or protocol is unreachable; a connection that is established outlives both',
    source: 'linux: tcp_v4_err, tcp_req_err; in 3.10 any error deletes a request · RFC 1122 §4.2.3.9, RFC 5927',
    range: 'destination unreachable, time exceeded, parameter problem',
    touches: ['SYN_SENT', 'SYN_RECV'],
    setBy: 'wire.icmp',
  },
]

export const optionKnobs: readonly Knob[] = [
  {
    name: 'backlog',
    is: 'argument',
    means:
      'the second argument of listen(): B = min(backlog, somaxconn), a negative one is huge and so becomes somaxconn; the accept queue takes B + 1, and listen() once more on the same socket changes B at once and evicts no connection',
    source: 'linux: __sys_listen_socket, __inet_listen_sk, sk_acceptq_is_full',
    range: 'any int (connections)',
    touches: ['LISTEN', 'SYN_RECV'],
    setBy: 'listen(), relisten()',
  },
  {
    name: 'TCP_SYNCNT',
    is: 'socket option',
    means: 'on a client takes the place of tcp_syn_retries, on a listener that of tcp_synack_retries',
    source: 'linux: do_tcp_setsockopt, reqsk_timer_handler',
    range: '1 to 127 (retransmissions)',
    touches: ['SYN_SENT', 'SYN_RECV'],
    setBy: 'synCount, listener.synCount',
  },
  {
    name: 'TCP_DEFER_ACCEPT',
    is: 'socket option',
    means:
      'a bare third ACK is dropped and the client kept in SYN_RECV until it sends something, or until so many timeouts of the SYN+ACK have passed as make up the seconds given',
    source: 'linux: tcp_check_req, syn_ack_recalc, secs_to_retrans',
    range: '0 to 2147483647 (seconds, rounded up to 1, 3, 7, 15 …)',
    touches: ['SYN_RECV'],
    setBy: 'listener.deferAccept, by deferredRetries()',
  },
]
