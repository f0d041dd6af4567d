/** What each field of a kernel profile says, in a sentence for each of its values. */
import type { Dialect } from '../../model/index.ts'

interface Said<Value> {
  readonly source: string
  readonly says: Readonly<Record<Value extends string | number | boolean ? `${Value}` : never, string>>
}

/** A field without a sentence does not compile, nor does a value without one. */
export const dialectSays: { readonly [Field in keyof Dialect]: Said<Dialect[Field]> } = {
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
      'q >= B': 'The SYN queue takes as many requests as the backlog: with backlog 0 and no cookies, nobody gets in.',
      table:
        'The SYN queue is a table, sized at the first listen(): the smaller of backlog and tcp_max_syn_backlog, rounded up to a power of two, 16 at least.',
      never: 'There is no SYN queue to be full.',
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
  wrongSynAck: {
    source: 'linux: tcp_rcv_synsent_state_process',
    says: {
      'SYN again at once': 'An ACK that is not of our SYN is reset, and the SYN is sent again at once.',
      wait: 'An ACK that is not of our SYN is reset, and the SYN waits for its timer.',
    },
  },
  resetOfRequest: {
    source: 'linux: tcp_check_req · RFC 5961 §3',
    says: {
      exact: 'Only a RST with exactly the expected number ends a request; others in the window are challenged.',
      'in window': 'Any RST in the window ends a request.',
    },
  },
  windowEdges: {
    source: 'linux: tcp_sequence · RFC 9293 §3.4 table 6',
    says: {
      included: 'A segment may touch either edge of the window.',
      'as written': 'A segment must lie inside the window.',
    },
  },
  resetAfterFin: {
    source: 'linux: tcp_reset_check · RFC 5961 §3',
    says: {
      exact: 'Only a RST with exactly the expected number ends a connection.',
      'exact or one below': 'After a FIN a RST one number below the expected one ends a connection, too.',
    },
  },
  bareSyn: {
    source: 'linux: tcp_validate_incoming · RFC 5961 §4',
    says: {
      challenge: 'A SYN without ACK that meets a connection is challenged.',
      drop: 'A SYN without ACK that meets a connection is dropped.',
    },
  },
  synFromThePast: {
    source: 'linux: tcp_validate_incoming · RFC 7323 §5.3',
    says: {
      challenge: 'A SYN with an old timestamp that meets a connection is challenged like any other.',
      acknowledge:
        'A SYN with an old timestamp that meets a connection is acknowledged, and is no challenge in the counters.',
    },
  },
  ackOfUnsent: {
    source: 'linux: tcp_ack · RFC 9293 §3.10.7.4',
    says: {
      challenge: 'In ESTABLISHED an ACK of what was never sent is challenged.',
      drop: 'In ESTABLISHED an ACK of what was never sent is dropped in silence.',
    },
  },
  ackOfUnsentWhileClosing: {
    source: 'linux: tcp_rcv_state_process',
    says: {
      'challenge and drop': 'While closing, an ACK of what was never sent is challenged and its segment dropped.',
      'process text': 'While closing, an ACK of what was never sent is ignored and the text with it taken.',
    },
  },
  oldAckWhileClosing: {
    source: 'linux: tcp_rcv_state_process, mended in 6.9',
    says: {
      'process text': 'While closing, text that comes with an old ACK is taken.',
      'challenge and drop': 'While closing, a segment with an old ACK is challenged and dropped: its FIN is lost.',
    },
  },
  crossedSynAck: {
    source: 'linux: tcp_validate_incoming, 6.11 · RFC 9293 §3.5 figure 8',
    says: {
      accept: 'When SYNs have crossed, the SYN+ACK that follows is taken.',
      challenge: 'When SYNs have crossed, the SYN+ACK that follows is challenged, and the ACK of that opens.',
    },
  },
  shutdownInSynRecv: {
    source: 'linux: tcp_shutdown, 6.9',
    says: {
      waits: 'shutdown() while SYNs have crossed waits with the FIN for the end of the handshake.',
      'sends FIN': 'shutdown() while SYNs have crossed sends the FIN at once.',
    },
  },
  finAfterTimeout: {
    source: 'linux: tcp_snd_test, tcp_write_xmit',
    says: {
      'held back': 'After a timeout a FIN waits until the text before it is acknowledged.',
      sent: 'After a timeout a FIN is sent whatever is unacknowledged.',
    },
  },
  closeWithUnread: {
    source: 'linux: __tcp_close · RFC 2525 §2.17',
    says: {
      reset: 'close() with unread data sends RST.',
      fin: 'close() with unread data sends FIN.',
    },
  },
  dataAfterClose: {
    source: 'linux: tcp_rcv_state_process · RFC 1122 §4.2.2.13',
    says: {
      reset: 'Text for a socket that its process has closed is answered with RST.',
      accept: 'Text for a socket that its process has closed is taken and acknowledged.',
    },
  },
  orphanFinWait2: {
    source: 'linux: tcp_fin_time · RFC 9293 §3.6',
    says: {
      'times out': 'FIN_WAIT2 without a process ends after tcp_fin_timeout.',
      stays: 'FIN_WAIT2 lasts until the peer’s FIN comes.',
    },
  },
  timeWaitBareAck: {
    source: 'linux: tcp_timewait_state_process · RFC 9293 §3.10.7.4',
    says: {
      silent: 'A bare ACK in sequence starts TIME_WAIT over, and is not answered.',
      acknowledge: 'A bare ACK in sequence starts TIME_WAIT over, and is acknowledged.',
    },
  },
  timeWaitReset: {
    source: 'linux: tcp_timewait_state_process · RFC 9293 §3.10.7.4',
    says: {
      exact: 'Only a RST with exactly the expected number ends TIME_WAIT.',
      acceptable: 'Any RST in the window ends TIME_WAIT.',
    },
  },
  pawsInTimeWait: {
    source: 'linux: tcp_timewait_state_process',
    says: {
      PAWSTimewait: 'An old timestamp in TIME_WAIT counts PAWSTimewait.',
      PAWSEstab: 'An old timestamp in TIME_WAIT counts PAWSEstab.',
    },
  },
  rfc1337: {
    source: 'linux: tcp_timewait_state_process · RFC 1337',
    says: {
      'ignores RST': 'With tcp_rfc1337 a RST leaves TIME_WAIT as it is.',
      'restarts TIME_WAIT': 'With tcp_rfc1337 a RST starts TIME_WAIT over.',
    },
  },
}

export const dialectFields = Object.keys(dialectSays) as (keyof Dialect)[]

export interface FieldSaid {
  readonly field: keyof Dialect
  readonly value: Dialect[keyof Dialect]
  readonly says: string
  readonly source: string
}

export const sayField = (field: keyof Dialect, dialect: Dialect): FieldSaid => {
  const value = dialect[field]
  const { says, source } = dialectSays[field] as Said<string>
  return { field, value, says: says[`${value}`]!, source }
}
