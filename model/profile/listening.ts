/** What a listener does with SYNs, its two queues and cookies. */
import { field } from './field.ts'

export const listening = {
  queues: field({
    decides: 'Whether the SYN queue and the accept queue are limited.',
    source: 'linux: struct request_sock_queue · RFC 9293 §3.10.7.2 knows no limit',
    values: {
      true: 'A listener has a SYN queue and an accept queue, both of limited size.',
      false: 'A listener takes whatever comes: there are no queues to be full.',
    },
    linux: { always: true },
    rfc9293: false,
  }),
  synOnFullAcceptQueue: field({
    decides: 'When a full accept queue drops SYNs, too.',
    source: 'linux: tcp_conn_request, 5ea8ea2cb7f1 in 4.10',
    values: {
      drop: 'While the accept queue is full every SYN is dropped.',
      'drop if young > 1':
        'While the accept queue is full a SYN is dropped only if more than one request has not been repeated yet: ghosts come of it.',
      admit: 'A SYN is admitted whatever waits to be accepted.',
    },
    linux: { always: 'drop if young > 1', '4.10': 'drop' },
    rfc9293: 'admit',
  }),
  synQueueFull: field({
    decides: 'How many requests fill the SYN queue. B is the backlog; the table of old kernels has 2^k places.',
    source: 'linux: inet_csk_reqsk_queue_is_full, ef547f2ac16b in 4.4; reqsk_queue_alloc before',
    values: {
      'q > B': 'The SYN queue takes one request more than the backlog.',
      'q >= B': 'The SYN queue takes as many requests as the backlog: with backlog 0 and no cookies, no SYN gets in.',
      table:
        'The SYN queue is a table, sized at the first listen(): the smaller of backlog and tcp_max_syn_backlog, rounded up to a power of two, 16 at least.',
      never: 'There is no SYN queue to be full.',
    },
    linux: { always: 'table', '4.4': 'q >= B', '6.13': 'q > B' },
    rfc9293: 'never',
  }),
  promotion: field({
    decides: 'Whether CPUs that promote at once see the same room in the accept queue.',
    source: 'linux: tcp_v4_syn_recv_sock, inet_csk_reqsk_queue_add; lockless listeners in 4.4',
    values: {
      lockless: 'CPUs that promote at once may see the same place in the accept queue, and all take it.',
      'one at a time':
        'The listener is locked while a request is promoted: what was free stays free until it is taken.',
    },
    linux: { always: 'one at a time', '4.4': 'lockless' },
    rfc9293: 'one at a time',
  }),
  pruning: field({
    decides: 'When requests are given up early. q is how many there are, B the backlog.',
    source: 'linux: reqsk_timer_handler, reqsk_queue_prune before 4.4',
    values: {
      '2q > max(8, B)':
        'Old requests are given up early, after two retransmissions at least, once more than half of max(8, backlog) are there.',
      'q >= half the table': 'Old requests are given up early once the table is half full.',
      never: 'No request is given up before its retransmissions are used up.',
    },
    linux: { always: 'q >= half the table', '4.4': '2q > max(8, B)' },
    rfc9293: 'never',
  }),
  cookieForEverySyn: field({
    decides: 'Whether tcp_syncookies 2 is known.',
    source: 'linux: tcp_syn_flood_action, 5ad37d5deee1 in 3.12',
    values: {
      'with tcp_syncookies 2': 'tcp_syncookies 2 answers every SYN with a cookie.',
      never: 'tcp_syncookies 2 is the same as 1: only a SYN that meets a full SYN queue gets a cookie.',
    },
    linux: { always: 'never', '3.12': 'with tcp_syncookies 2' },
    rfc9293: 'never',
  }),
  cookieSeconds: field({
    decides: 'For how many seconds after its last cookie a listener takes cookies: two periods of 60 s, or 3 s.',
    source: 'linux: tcp_synq_no_recent_overflow',
    values: {
      3: 'A listener takes cookies for 3 s after it has sent its last one.',
      120: 'A listener takes cookies for 120 s after it has sent its last one.',
    },
    linux: { always: 3, 'by 4.4': 120 },
    rfc9293: 120,
  }),
  cookiesFailed: field({
    decides: 'When an ACK of no cookie counts SyncookiesFailed.',
    source: 'linux: cookie_v4_check',
    values: {
      'counted while cookies are out': 'An ACK of no cookie counts SyncookiesFailed only while cookies are out.',
      'counted always': 'An ACK of no cookie counts SyncookiesFailed wherever tcp_syncookies is on.',
    },
    linux: { always: 'counted always', 'by 4.4': 'counted while cookies are out' },
    rfc9293: 'counted while cookies are out',
  }),
  cookieBesideRequest: field({
    decides:
      'The ACK of a cookie whose client has a request by now (its SYN came again, and there was room). Where the child stands beside the request the model has no room for both, and takes the ACK for a wrong one.',
    source: 'linux: inet_ehash_insert, tcp_v4_syn_recv_sock',
    values: {
      swallowed:
        'The ACK of a cookie is swallowed where its client has a request by now: SyncookiesRecv and PassiveOpens count it, no connection comes of it.',
      'not honoured': 'The ACK of a cookie is a wrong one where its client has a request by now.',
    },
    linux: { always: 'not honoured', '5.11': 'swallowed' },
    rfc9293: 'not honoured',
  }),
  recycledSyn: field({
    decides: 'How tcp_tw_recycle looks at the clock of a SYN.',
    source: 'linux: tcp_peer_is_proven; removed in 4.12',
    values: {
      judged:
        'With tcp_tw_recycle a SYN is dropped if its host was heard within 60 s with a later timestamp, or with one at all.',
      'judged by its timestamp':
        'With tcp_tw_recycle a SYN with a timestamp is dropped if its host was heard within 60 s with a later one.',
      'not judged': 'No SYN is dropped for what its host said before: there is no tcp_tw_recycle.',
    },
    linux: { always: 'judged by its timestamp', '3.17': 'judged', '4.12': 'not judged' },
    rfc9293: 'not judged',
  }),
  requestsAtClose: field({
    decides: 'What close() of a listener does to its requests.',
    source: 'linux: inet_csk_listen_stop',
    values: {
      stay: 'close() of a listener leaves its requests, until a segment or their timer finds it gone.',
      go: 'close() of a listener deletes its requests at once.',
    },
    linux: { always: 'go', '4.4': 'stay' },
    rfc9293: 'go',
  }),
  synAckAtListener: field({
    decides: 'A SYN+ACK for a listener.',
    source: 'linux: tcp_rcv_state_process · freebsd: tcp_input · RFC 9293 §3.10.7.2',
    values: {
      reset: 'A SYN+ACK for a listener is answered with RST.',
      drop: 'A SYN+ACK for a listener is dropped in silence.',
    },
    linux: { always: 'reset' },
    rfc9293: 'reset',
    freebsd: 'drop',
  }),
  synFinAtListener: field({
    decides: 'A SYN with FIN for a listener.',
    source: 'linux: tcp_rcv_state_process · freebsd: net.inet.tcp.drop_synfin · RFC 9293 §3.10.7.2',
    values: {
      drop: 'A SYN with FIN for a listener is dropped.',
      'as a SYN': 'A SYN with FIN for a listener opens a connection like any SYN.',
    },
    linux: { always: 'drop' },
    rfc9293: 'as a SYN',
    freebsd: 'as a SYN',
  }),
}
