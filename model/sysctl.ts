/** The sysctls that the model obeys, with the range the kernel accepts and what they do. Values in ticks or counts as noted. */
export interface SysctlRule {
  readonly min: number
  readonly max: number
  readonly means: string
  readonly source: string
}

export const sysctls = {
  somaxconn: {
    min: 0,
    max: 65_535,
    means: 'upper limit of the backlog given to listen(), applied when listen() is called',
    source: 'linux: __sys_listen_socket',
  },
  tcp_max_syn_backlog: {
    min: 0,
    max: 2_147_483_647,
    means: 'with syncookies off, three quarters of it bound the requests of peers without a known RTT',
    source: 'linux: tcp_conn_request',
  },
  tcp_syncookies: {
    min: 0,
    max: 2,
    means: '0: a SYN that meets a full SYN queue is dropped; 1: it is answered with a cookie; 2: every SYN is',
    source: 'linux: tcp_syn_flood_action',
  },
  tcp_abort_on_overflow: {
    min: 0,
    max: 1,
    means:
      '1: a third ACK that meets a full accept queue is answered with RST and the request deleted; 0: it is dropped',
    source: 'linux: tcp_check_req',
  },
  tcp_syn_retries: {
    min: 0,
    max: 127,
    means: 'retransmissions of a SYN before connect() fails with ETIMEDOUT',
    source: 'linux: tcp_write_timeout',
  },
  tcp_syn_linear_timeouts: {
    min: 0,
    max: 127,
    means: 'so many more retransmissions of a SYN, as far apart as the first, before the timeout starts to double',
    source: 'linux: tcp_retransmit_timer (since 6.5)',
  },
  tcp_synack_retries: {
    min: 0,
    max: 255,
    means: 'retransmissions of a SYN+ACK before the request is dropped in silence',
    source: 'linux: reqsk_timer_handler',
  },
  tcp_retries2: {
    min: 0,
    max: 255,
    means: 'bounds the retransmissions of data; here a count, in the kernel the time that many would take',
    source: 'linux: tcp_write_timeout',
  },
  tcp_orphan_retries: {
    min: 0,
    max: 255,
    means: 'the same for a socket that its process has closed; 0 means 8 while the peer is alive',
    source: 'linux: tcp_orphan_retries',
  },
  tcp_rfc1337: {
    min: 0,
    max: 1,
    means: '1: a RST does not end TIME_WAIT',
    source: 'linux: tcp_timewait_state_process · RFC 1337',
  },
} as const satisfies Record<string, SysctlRule>

export type Sysctl = keyof typeof sysctls
export type Sysctls = Readonly<Record<Sysctl, number>>
