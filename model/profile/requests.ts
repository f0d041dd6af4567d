/** What a request (SYN_RECV of a listener) does with the segments and errors that meet it. */
import { field } from './field.ts'

export const requests = {
  ackRatelimit: field({
    decides: 'Which ACKs tcp_invalid_ratelimit limits.',
    source: 'linux: tcp_oow_rate_limited, tcp_check_req · RFC 5961 §7',
    values: {
      all: 'Answers to what cannot be used are limited, one in tcp_invalid_ratelimit for each request and socket.',
      'all but out of window of a request':
        'Answers to what cannot be used are limited, but a request acknowledges every segment out of its window.',
      none: 'Nothing limits the answers to segments that cannot be used.',
    },
    linux: { always: 'none', 'by 4.4': 'all but out of window of a request', 'by 4.9': 'all' },
    rfc9293: 'all',
  }),
  icmpToRequest: field({
    decides: 'Which ICMP errors end a request.',
    source: 'linux: tcp_req_err, tcp_v4_err before 4.4',
    values: {
      'unreachable host': 'An ICMP error ends a request if it says that host or network cannot be reached.',
      'any error': 'Any ICMP error that quotes the SYN+ACK ends a request.',
    },
    linux: { always: 'any error', '4.4': 'unreachable host' },
    rfc9293: 'unreachable host',
  }),
  requestJudges: field({
    decides: 'What a request looks at first: the number that is acknowledged, or the sequence number.',
    source: 'linux: tcp_check_req · RFC 9293 §3.10.7.4',
    values: {
      'ACK first':
        'A request judges the acknowledged number first: a wrong one is answered with RST, whatever its sequence number.',
      'sequence number first':
        'A request judges the sequence number first: what is out of window is only acknowledged.',
    },
    linux: { always: 'ACK first' },
    rfc9293: 'sequence number first',
  }),
  synAgain: field({
    decides: 'The SYN of a request, again.',
    source: 'linux: tcp_check_req · RFC 9293 §3.10.7.4',
    values: {
      'SYN+ACK': 'The SYN of a request that comes again is answered with the SYN+ACK again.',
      acknowledge: 'The SYN of a request that comes again is out of window, and acknowledged.',
    },
    linux: { always: 'SYN+ACK' },
    rfc9293: 'acknowledge',
  }),
  synInRequest: field({
    decides: 'Another SYN in the window of a request.',
    source: 'linux: tcp_check_req · RFC 9293 §3.10.7.4',
    values: {
      reset: 'Another SYN in the window of a request ends it, and is answered with RST.',
      'return to LISTEN': 'Another SYN in the window of a request ends it in silence.',
    },
    linux: { always: 'reset' },
    rfc9293: 'return to LISTEN',
  }),
  resetOfRequest: field({
    decides: 'Which RST ends a request.',
    source: 'linux: tcp_check_req · RFC 5961 §3',
    values: {
      exact: 'Only a RST with exactly the expected number ends a request; others in the window are challenged.',
      'in window': 'Any RST in the window ends a request.',
    },
    linux: { always: 'in window', '6.18 of 2026': 'exact' },
    rfc9293: 'exact',
  }),
}
