/** Settings that are no plain number of a stack: lengths of time, socket options, and the argument of listen(). */
import type { ProfileName } from '../profile/index.ts'
import type { Knob } from './knob.ts'

interface DurationKnob extends Omit<Knob, 'is' | 'defaults'> {
  readonly since?: string
  readonly value: (profile: ProfileName) => string
}

const KEPT_ALIVE = ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'CLOSE_WAIT', 'CLOSING', 'LAST_ACK'] as const

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
  {
    name: 'tcp_tw_reuse_delay',
    means: 'how old a TIME_WAIT must be before connect() takes it over by tcp_tw_reuse; before 6.14 always 1 s',
    source: 'linux: tcp_twsk_unique',
    range: '1 to 60000 (milliseconds)',
    touches: ['TIME_WAIT'],
    since: '6.14',
    setBy: 'durations.reuseDelay',
    value: () => '1000',
  },
  {
    name: 'tcp_max_tw_buckets',
    means:
      'so many TIME_WAITs at most, mini-sockets of FIN_WAIT2 included; one more is not made, and those that are there stay',
    source: 'linux: inet_twsk_alloc, tcp_time_wait',
    range: '0 to 2147483647 (sockets)',
    touches: ['FIN_WAIT1', 'FIN_WAIT2', 'CLOSING', 'TIME_WAIT'],
    setBy: 'timeWaitFull',
    value: () => 'by memory',
  },
  {
    name: 'tcp_max_orphans',
    means: 'so many sockets without a process at most: close() of one more sends its FIN and a RST after it',
    source: 'linux: tcp_check_oom, tcp_out_of_resources',
    range: '0 to 2147483647 (sockets)',
    touches: ['FIN_WAIT1', 'CLOSING', 'LAST_ACK'],
    setBy: 'orphansFull',
    value: () => 'by memory',
  },
  {
    name: 'tcp_keepalive_time',
    means:
      'how long a connection with SO_KEEPALIVE is idle before it is probed, and after each probe that is answered; TCP_KEEPIDLE takes its place',
    source: 'linux: tcp_keepalive_timer',
    range: '1 to 32767 (seconds)',
    touches: KEPT_ALIVE,
    setBy: 'keepalive.idle',
    value: () => '7200',
  },
  {
    name: 'tcp_keepalive_intvl',
    means: 'the time between two keepalive probes that are not answered; TCP_KEEPINTVL takes its place',
    source: 'linux: tcp_keepalive_timer',
    range: '1 to 32767 (seconds)',
    touches: KEPT_ALIVE,
    setBy: 'keepalive.interval',
    value: () => '75',
  },
  {
    name: 'tcp_keepalive_probes',
    means: 'after so many keepalive probes without an answer the connection is reset; TCP_KEEPCNT takes its place',
    source: 'linux: tcp_keepalive_timer',
    range: '1 to 127 (probes)',
    touches: KEPT_ALIVE,
    setBy: 'keepalive.probes',
    value: () => '9',
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
  {
    name: 'SO_KEEPALIVE',
    is: 'socket option',
    means:
      'an idle connection is probed, and reset when the peer does not answer; while text is unacknowledged retransmission watches the peer instead',
    source: 'linux: tcp_set_keepalive, tcp_keepalive_timer · RFC 1122 §4.2.3.6',
    range: '0 to 1 (switch)',
    touches: KEPT_ALIVE,
    setBy: 'keepalive',
  },
  {
    name: 'TCP_USER_TIMEOUT',
    is: 'socket option',
    means:
      'how long text, a SYN or keepalive probes may stay unacknowledged before the connection is given up, in place of the number of retries',
    source: 'linux: retransmits_timed_out, tcp_clamp_rto_to_user_timeout, tcp_keepalive_timer · RFC 5482',
    range: '0 (as the sysctls say) to 2147483647 (milliseconds)',
    touches: ['SYN_SENT', ...KEPT_ALIVE],
    setBy: 'userTimeout',
  },
  {
    name: 'TCP_LINGER2',
    is: 'socket option',
    means:
      'takes the place of tcp_fin_timeout; negative: no FIN_WAIT2 without a process, the connection is reset instead',
    source: 'linux: tcp_fin_time, tcp_rcv_state_process, __tcp_close',
    range: 'any int (seconds), 120 at most',
    touches: ['FIN_WAIT1', 'FIN_WAIT2'],
    setBy: 'linger2',
  },
  {
    name: 'SO_LINGER',
    is: 'socket option',
    means:
      'with time 0 close() sends RST instead of FIN; with a time close() waits so long for the FIN to be acknowledged',
    source: 'linux: __tcp_close, tcp_disconnect',
    range: '0 to 65535 (seconds)',
    touches: KEPT_ALIVE,
    setBy: 'abort()',
  },
]
