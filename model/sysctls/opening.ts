/** The sysctls of everything that happens before accept() returns. */
import { type SysctlRule, UNLIMITED } from './rule.ts'

export const openingSysctls = {
  somaxconn: {
    min: 0,
    max: 65_535,
    unit: 'connections',
    means: 'upper limit of the backlog given to listen(), applied when listen() is called',
    touches: ['LISTEN'],
    source: 'linux: __sys_listen_socket',
  },
  tcp_max_syn_backlog: {
    min: 0,
    max: UNLIMITED,
    unit: 'requests',
    means: 'with syncookies off, three quarters of it bound the requests of peers without a known RTT',
    touches: ['LISTEN', 'SYN_RECV'],
    source: 'linux: tcp_conn_request; to 4.3 also reqsk_queue_alloc, which makes the SYN table no larger than it',
  },
  tcp_syncookies: {
    min: 0,
    max: 2,
    unit: 'mode',
    means: '0: a SYN that meets a full SYN queue is dropped; 1: it is answered with a cookie; 2: every SYN is',
    touches: ['LISTEN'],
    source: 'linux: tcp_syn_flood_action; 2 is known since 3.12',
  },
  tcp_abort_on_overflow: {
    min: 0,
    max: 1,
    unit: 'switch',
    means:
      '1: a third ACK that meets a full accept queue is answered with RST and the request deleted; 0: it is dropped',
    touches: ['SYN_RECV'],
    source: 'linux: tcp_check_req',
  },
  tcp_syn_retries: {
    min: 1,
    max: 127,
    unit: 'retransmissions',
    means:
      'retransmissions of a SYN before connect() fails with ETIMEDOUT; the kernel refuses 0 with EINVAL (scenarios have it to bound their worlds)',
    touches: ['SYN_SENT', 'SYN_RECV'],
    source: 'linux: tcp_write_timeout; tcp_syn_retries_min',
  },
  tcp_syn_linear_timeouts: {
    min: 0,
    max: 127,
    unit: 'retransmissions',
    means: 'so many more retransmissions of a SYN, as far apart as the first, before the timeout starts to double',
    touches: ['SYN_SENT'],
    source: 'linux: tcp_retransmit_timer',
    since: '6.5',
  },
  tcp_synack_retries: {
    min: 0,
    max: 255,
    unit: 'retransmissions',
    means: 'retransmissions of a SYN+ACK before the request is dropped in silence',
    touches: ['SYN_RECV'],
    source: 'linux: reqsk_timer_handler',
  },
  tcp_timestamps: {
    min: 0,
    max: 2,
    unit: 'mode',
    means:
      '1: SYNs offer timestamps, and what is older than the last one seen is dropped (PAWS); cookies keep the other options only with them; 2: without a random offset',
    touches: ['LISTEN', 'SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'TIME_WAIT'],
    source: 'linux: tcp_syn_options, tcp_parse_options, tcp_paws_check · RFC 7323',
  },
  tcp_window_scaling: {
    min: 0,
    max: 1,
    unit: 'switch',
    means: '1: SYNs offer window scaling; without it, on either side, a window ends at 65535 bytes',
    touches: ['SYN_SENT', 'LISTEN'],
    source: 'linux: tcp_syn_options, tcp_parse_options · RFC 7323 §2',
  },
  tcp_sack: {
    min: 0,
    max: 1,
    unit: 'switch',
    means: '1: SYNs offer selective acknowledgment; without it, on either side, there is no tail-loss probe',
    touches: ['SYN_SENT', 'LISTEN', 'ESTABLISHED'],
    source: 'linux: tcp_syn_options, tcp_parse_options, tcp_schedule_loss_probe · RFC 2018',
  },
  tcp_challenge_ack_limit: {
    min: 0,
    max: UNLIMITED,
    unit: 'segments per second',
    means: 'so many challenge ACKs of the whole host in a second; a segment beyond them is not answered',
    touches: ['SYN_RECV', 'ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'CLOSE_WAIT', 'CLOSING', 'LAST_ACK'],
    source: 'linux: tcp_send_challenge_ack; requests challenge since 2026 only · RFC 5961 §7',
  },
  tcp_tw_recycle: {
    min: 0,
    max: 1,
    unit: 'switch',
    means:
      '1: TIME_WAIT ends after 3.5 timeouts, and for 60 s a SYN from that address with an older timestamp is dropped: of all hosts behind one NAT only the one with the latest clock gets in',
    touches: ['LISTEN', 'TIME_WAIT'],
    source: 'linux: tcp_conn_request, tcp_peer_is_proven, tcp_time_wait',
    until: '4.12',
  },
} as const satisfies Record<string, SysctlRule>
