/** What a listener does with SYNs, cookies and requests. */
import type { DialectSays } from './said.ts'

export const listening = {
  queues: {
    source: 'linux: struct request_sock_queue · RFC 9293 §3.10.7.2 knows no limit',
    says: {
      true: 'A listener has a SYN queue and an accept queue, both of limited size.',
      false: 'A listener takes whatever comes: there are no queues to be full.',
    },
  },
  synOnFullAcceptQueue: {
    source: 'linux: tcp_conn_request, 5ea8ea2cb7f1 in 4.10',
    says: {
      drop: 'While the accept queue is full every SYN is dropped.',
      'drop if young > 1':
        'While the accept queue is full a SYN is dropped only if more than one request has not been repeated yet: ghosts come of it.',
      admit: 'A SYN is admitted whatever waits to be accepted.',
    },
  },
  synQueueFull: {
    source: 'linux: inet_csk_reqsk_queue_is_full, ef547f2ac16b in 4.4; reqsk_queue_alloc before',
    says: {
      'q > B': 'The SYN queue takes one request more than the backlog.',
      'q >= B': 'The SYN queue takes as many requests as the backlog: with backlog 0 and no cookies, no SYN gets in.',
      table:
        'The SYN queue is a table, sized at the first listen(): the smaller of backlog and tcp_max_syn_backlog, rounded up to a power of two, 16 at least.',
      never: 'There is no SYN queue to be full.',
    },
  },
  promotion: {
    source: 'linux: tcp_v4_syn_recv_sock, inet_csk_reqsk_queue_add; lockless listeners in 4.4',
    says: {
      lockless: 'CPUs that promote at once may see the same place in the accept queue, and all take it.',
      'one at a time':
        'The listener is locked while a request is promoted: what was free stays free until it is taken.',
    },
  },
  pruning: {
    source: 'linux: reqsk_timer_handler, reqsk_queue_prune before 4.4',
    says: {
      '2q > max(8, B)':
        'Old requests are given up early, after two retransmissions at least, once more than half of max(8, backlog) are there.',
      'q >= half the table': 'Old requests are given up early once the table is half full.',
      never: 'No request is given up before its retransmissions are used up.',
    },
  },
  cookieForEverySyn: {
    source: 'linux: tcp_syn_flood_action, 5ad37d5deee1 in 3.12',
    says: {
      'with tcp_syncookies 2': 'tcp_syncookies 2 answers every SYN with a cookie.',
      never: 'tcp_syncookies 2 is the same as 1: only a SYN that meets a full SYN queue gets a cookie.',
    },
  },
  cookieSeconds: {
    source: 'linux: tcp_synq_no_recent_overflow',
    says: {
      120: 'A listener takes cookies for 120 s after it has sent its last one.',
      3: 'A listener takes cookies for 3 s after it has sent its last one.',
    },
  },
  cookiesFailed: {
    source: 'linux: cookie_v4_check',
    says: {
      'counted while cookies are out': 'An ACK of no cookie counts SyncookiesFailed only while cookies are out.',
      'counted always': 'An ACK of no cookie counts SyncookiesFailed wherever tcp_syncookies is on.',
    },
  },
  cookieBesideRequest: {
    source: 'linux: inet_ehash_insert, tcp_v4_syn_recv_sock',
    says: {
      swallowed:
        'The ACK of a cookie is swallowed where its client has a request by now: SyncookiesRecv and PassiveOpens count it, no connection comes of it.',
      'not honoured': 'The ACK of a cookie is a wrong one where its client has a request by now.',
    },
  },
  ackRatelimit: {
    source: 'linux: tcp_oow_rate_limited, tcp_check_req · RFC 5961 §7',
    says: {
      all: 'Answers to what cannot be used are limited, one in tcp_invalid_ratelimit for each request and socket.',
      'all but out of window of a request':
        'Answers to what cannot be used are limited, but a request acknowledges every segment out of its window.',
      none: 'Nothing limits the answers to segments that cannot be used.',
    },
  },
  icmpToRequest: {
    source: 'linux: tcp_req_err, tcp_v4_err before 4.4',
    says: {
      'unreachable host': 'An ICMP error ends a request if it says that host or network cannot be reached.',
      'any error': 'Any ICMP error that quotes the SYN+ACK ends a request.',
    },
  },
  recycledSyn: {
    source: 'linux: tcp_peer_is_proven; removed in 4.12',
    says: {
      judged:
        'With tcp_tw_recycle a SYN is dropped if its host was heard within 60 s with a later timestamp, or with one at all.',
      'judged by its timestamp':
        'With tcp_tw_recycle a SYN with a timestamp is dropped if its host was heard within 60 s with a later one.',
      'not judged': 'No SYN is dropped for what its host said before: there is no tcp_tw_recycle.',
    },
  },
  requestsAtClose: {
    source: 'linux: inet_csk_listen_stop',
    says: {
      stay: 'close() of a listener leaves its requests, until a segment or their timer finds it gone.',
      go: 'close() of a listener deletes its requests at once.',
    },
  },
} as const satisfies Partial<DialectSays>
