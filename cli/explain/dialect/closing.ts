/** What happens from the first FIN to the end of TIME_WAIT. */
import type { DialectSays } from './said.ts'

export const closing = {
  resetInCloseWait: {
    source: 'linux: tcp_reset · freebsd: tcp_drop',
    says: {
      EPIPE: 'A RST in CLOSE_WAIT is told as EPIPE.',
      ECONNRESET: 'A RST in CLOSE_WAIT is told as ECONNRESET.',
    },
  },
  finInFinWait1: {
    source: 'linux: tcp_fin · freebsd: tcp_do_segment',
    says: {
      acknowledge: 'The peer’s FIN in FIN_WAIT1 is answered with a bare ACK.',
      'FIN again': 'The peer’s FIN in FIN_WAIT1 is answered with our FIN, sent again.',
    },
  },
  finWithoutAckInTimeWait: {
    source: 'linux: tcp_timewait_state_process · RFC 9293 §3.10.7.4',
    says: {
      acknowledge: 'A FIN without ACK in TIME_WAIT is acknowledged.',
      drop: 'A FIN without ACK in TIME_WAIT is dropped.',
    },
  },
  synInTimeWait: {
    source: 'linux: tcp_timewait_state_process · freebsd: tcp_twcheck · RFC 1122 §4.2.2.13',
    says: {
      'opens anew': 'A newer SYN in TIME_WAIT opens a new connection.',
      acknowledge: 'A newer SYN in TIME_WAIT is answered with an ACK.',
    },
  },
  oldestAck: {
    source: 'linux: tcp_ack (bytes_acked) · RFC 5961 §5',
    says: {
      'of what was acknowledged': 'An ACK older than anything that was ever acknowledged is challenged.',
      'a window old': 'An ACK is challenged if it is older than the largest window.',
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
  abortReset: {
    source: 'linux: tcp_send_active_reset · RFC 9293 §3.10.5, §3.1',
    says: {
      'with ACK': 'The RST of an abort carries an ACK.',
      'with or without ACK': 'The RST of an abort may carry an ACK or none.',
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
      none: 'No RST ends TIME_WAIT.',
    },
  },
  reuseAge: {
    source: 'linux: tcp_twsk_unique',
    says: {
      'since its begin': 'tcp_tw_reuse_delay counts from the begin of TIME_WAIT, whatever arrives later.',
      'since its last timestamp':
        'How old a TIME_WAIT must be before connect() may have its ports counts from its last segment with a timestamp.',
    },
  },
  pawsInTimeWait: {
    source: 'linux: tcp_timewait_state_process',
    says: {
      PAWSTimewait: 'An old timestamp in TIME_WAIT counts PAWSTimewait.',
      PAWSEstab: 'An old timestamp in TIME_WAIT counts PAWSEstab.',
    },
  },
  currEstab: {
    source: 'linux: tcp_set_state, since 6.10 · RFC 4022 tcpCurrEstab',
    says: {
      'ESTABLISHED and CLOSE_WAIT': 'CurrEstab counts connections in ESTABLISHED and in CLOSE_WAIT.',
      ESTABLISHED: 'CurrEstab leaves out connections in CLOSE_WAIT.',
    },
  },
  rfc1337: {
    source: 'linux: tcp_timewait_state_process · RFC 1337',
    says: {
      'ignores RST': 'With tcp_rfc1337 a RST leaves TIME_WAIT as it is.',
      'restarts TIME_WAIT': 'With tcp_rfc1337 a RST starts TIME_WAIT over.',
    },
  },
} as const satisfies Partial<DialectSays>
