/** Every finding of `halfopen host` by its name. */
import type { FindingId } from './finding.ts'

export const findingMeanings = {
  'accept-queue-full': {
    means: 'backlog + 1 connections wait for accept(): SYNs and third ACKs are dropped',
    source: 'linux: sk_acceptq_is_full',
  },
  'accept-queue-waits': {
    means: 'the same connections wait for accept() at both readings',
    source: 'linux: inet_csk_accept',
  },
  'SYN-queue-full': {
    means: 'SYNs are dropped: the SYN queue is full and syncookies are off',
    source: 'linux: tcp_syn_flood_action',
  },
  'requests-wait': { means: 'requests repeat their SYN+ACK: no third ACK comes', source: 'linux: reqsk_timer_handler' },
  'CLOSE_WAIT-stays': { means: 'the peer has closed, the own application does not', source: 'RFC 9293 §3.6' },
  'FIN_WAIT2-waits': {
    means: 'closed here, and the peer does not close',
    source: 'RFC 9293 §3.6 · linux: tcp_fin_timeout',
  },
  orphans: { means: 'sockets without a process repeat their last text or FIN', source: 'linux: tcp_orphan_retries' },
  'TIME_WAIT-many': {
    means: 'TIME_WAIT uses up ports or buckets',
    source: 'linux: __inet_hash_connect, inet_twsk_alloc',
  },
  retransmitting: { means: 'text is repeated without an acknowledgment', source: 'RFC 9293 §3.8.1' },
  'connect-unanswered': { means: 'connect() repeats its SYN', source: 'RFC 6298 §2.1' },
  'PAWS-rejects': {
    means: 'tcp_tw_recycle drops SYNs for their timestamps',
    source: 'linux: tcp_conn_request (up to 4.11)',
  },
  'cookies-sent': { means: 'a SYN queue is full, and SYNs are answered with cookies', source: 'RFC 4987 §3.6' },
} as const satisfies Record<FindingId, { readonly means: string; readonly source: string }>
