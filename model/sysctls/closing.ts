/** The sysctls of what happens after accept() has returned. */
import type { SysctlRule } from './rule.ts'

export const closingSysctls = {
  tcp_retries2: {
    min: 0,
    max: 255,
    unit: 'retransmissions',
    means: 'bounds the retransmissions of data; here a count, in the kernel the time that many would take',
    touches: ['ESTABLISHED', 'FIN_WAIT1', 'CLOSE_WAIT', 'CLOSING', 'LAST_ACK'],
    source: 'linux: tcp_write_timeout',
  },
  tcp_orphan_retries: {
    min: 0,
    max: 255,
    unit: 'retransmissions',
    means: 'the same for a socket that its process has closed; 0 means 8 while the peer is alive',
    touches: ['FIN_WAIT1', 'CLOSING', 'LAST_ACK'],
    source: 'linux: tcp_orphan_retries',
  },
  tcp_tw_reuse: {
    min: 0,
    max: 2,
    unit: 'mode',
    means:
      '1: connect() with a port that the kernel chooses may take over a TIME_WAIT that knows a timestamp and is older than tcp_tw_reuse_delay (1 s); 2: on loopback only',
    touches: ['TIME_WAIT'],
    source: 'linux: tcp_twsk_unique',
  },
  tcp_rfc1337: {
    min: 0,
    max: 1,
    unit: 'switch',
    means: '1: a RST does not end TIME_WAIT',
    touches: ['TIME_WAIT'],
    source: 'linux: tcp_timewait_state_process · RFC 1337',
  },
} as const satisfies Record<string, SysctlRule>
