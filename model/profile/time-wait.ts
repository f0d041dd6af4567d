/** TIME_WAIT: what arrives there, and what ends it. */
import { field } from './field.ts'

export const timeWait = {
  timeWaitBareAck: field({
    decides: 'A zero-length segment in sequence, in TIME_WAIT.',
    source: 'linux: tcp_timewait_state_process · RFC 9293 §3.10.7.4',
    values: {
      silent: 'A bare ACK in sequence starts TIME_WAIT over, and is not answered.',
      acknowledge: 'A bare ACK in sequence starts TIME_WAIT over, and is acknowledged.',
    },
    linux: { always: 'silent' },
    rfc9293: 'acknowledge',
  }),
  timeWaitReset: field({
    decides: 'Which RST ends TIME_WAIT.',
    source: 'linux: tcp_timewait_state_process · RFC 9293 §3.10.7.4',
    values: {
      exact: 'Only a RST with exactly the expected number ends TIME_WAIT.',
      acceptable: 'Any RST in the window ends TIME_WAIT.',
      none: 'No RST ends TIME_WAIT.',
    },
    linux: { always: 'exact' },
    rfc9293: 'acceptable',
    freebsd: 'none',
  }),
  finWithoutAckInTimeWait: field({
    decides: 'A FIN without ACK in TIME_WAIT.',
    source: 'linux: tcp_timewait_state_process · RFC 9293 §3.10.7.4',
    values: {
      acknowledge: 'A FIN without ACK in TIME_WAIT is acknowledged.',
      drop: 'A FIN without ACK in TIME_WAIT is dropped.',
    },
    linux: { always: 'acknowledge' },
    rfc9293: 'drop',
    freebsd: 'drop',
  }),
  synInTimeWait: field({
    decides: 'A newer SYN in TIME_WAIT.',
    source: 'linux: tcp_timewait_state_process · freebsd: tcp_twcheck · RFC 1122 §4.2.2.13',
    values: {
      'opens anew': 'A newer SYN in TIME_WAIT opens a new connection.',
      acknowledge: 'A newer SYN in TIME_WAIT is answered with an ACK.',
    },
    linux: { always: 'opens anew' },
    rfc9293: 'opens anew',
    freebsd: 'acknowledge',
  }),
  pawsInTimeWait: field({
    decides: 'Which counter an old timestamp moves in TIME_WAIT.',
    source: 'linux: tcp_timewait_state_process',
    values: {
      PAWSTimewait: 'An old timestamp in TIME_WAIT counts PAWSTimewait.',
      PAWSEstab: 'An old timestamp in TIME_WAIT counts PAWSEstab.',
    },
    linux: { always: 'PAWSEstab', 'about 6.14': 'PAWSTimewait' },
    rfc9293: 'PAWSEstab',
  }),
  reuseAge: field({
    decides: 'From when tcp_tw_reuse_delay counts.',
    source: 'linux: tcp_twsk_unique',
    values: {
      'since its begin': 'tcp_tw_reuse_delay counts from the begin of TIME_WAIT, whatever arrives later.',
      'since its last timestamp':
        'How old a TIME_WAIT must be before connect() may have its ports counts from its last segment with a timestamp.',
    },
    linux: { always: 'since its last timestamp', '6.14': 'since its begin' },
    rfc9293: 'since its last timestamp',
  }),
  rfc1337: field({
    decides: 'What a RST does that tcp_rfc1337 keeps from ending TIME_WAIT.',
    source: 'linux: tcp_timewait_state_process · RFC 1337',
    values: {
      'ignores RST': 'With tcp_rfc1337 a RST leaves TIME_WAIT as it is.',
      'restarts TIME_WAIT': 'With tcp_rfc1337 a RST starts TIME_WAIT over.',
    },
    linux: { always: 'restarts TIME_WAIT', 'about 4.19': 'ignores RST' },
    rfc9293: 'ignores RST',
  }),
}
