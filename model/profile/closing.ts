/** From close() to FIN_WAIT2 and CLOSE_WAIT. */
import { field } from './field.ts'

export const closing = {
  closeWithUnread: field({
    decides: 'close() while received data is unread.',
    source: 'linux: __tcp_close · RFC 2525 §2.17',
    values: {
      reset: 'close() with unread data sends RST.',
      fin: 'close() with unread data sends FIN.',
    },
    linux: { always: 'reset' },
    rfc9293: 'fin',
  }),
  abortReset: field({
    decides: 'The RST of an abort.',
    source: 'linux: tcp_send_active_reset · RFC 9293 §3.10.5, §3.1',
    values: {
      'with ACK': 'The RST of an abort carries an ACK.',
      'with or without ACK': 'The RST of an abort may carry an ACK or none.',
    },
    linux: { always: 'with ACK' },
    rfc9293: 'with or without ACK',
  }),
  dataAfterClose: field({
    decides: 'Data for a socket that its process has closed.',
    source: 'linux: tcp_rcv_state_process · RFC 1122 §4.2.2.13',
    values: {
      reset: 'Text for a socket that its process has closed is answered with RST.',
      accept: 'Text for a socket that its process has closed is taken and acknowledged.',
    },
    linux: { always: 'reset' },
    rfc9293: 'reset',
  }),
  finAfterTimeout: field({
    decides: 'A FIN behind unacknowledged data after a timeout, when the window is one segment.',
    source: 'linux: tcp_snd_test, tcp_write_xmit',
    values: {
      'held back': 'After a timeout a FIN waits until the text before it is acknowledged.',
      sent: 'After a timeout a FIN is sent whatever is unacknowledged.',
    },
    linux: { always: 'sent', 'about 5.19': 'held back' },
    rfc9293: 'sent',
  }),
  finInFinWait1: field({
    decides: 'The peer’s FIN in FIN_WAIT1.',
    source: 'linux: tcp_fin · freebsd: tcp_do_segment',
    values: {
      acknowledge: 'The peer’s FIN in FIN_WAIT1 is answered with a bare ACK.',
      'FIN again': 'The peer’s FIN in FIN_WAIT1 is answered with our FIN, sent again.',
    },
    linux: { always: 'acknowledge' },
    rfc9293: 'acknowledge',
    freebsd: 'FIN again',
  }),
  orphanFinWait2: field({
    decides: 'How long FIN_WAIT2 lasts without a process.',
    source: 'linux: tcp_fin_time · RFC 9293 §3.6',
    values: {
      'times out': 'FIN_WAIT2 without a process ends after tcp_fin_timeout.',
      stays: 'FIN_WAIT2 lasts until the peer’s FIN comes.',
    },
    linux: { always: 'times out' },
    rfc9293: 'stays',
  }),
  resetInCloseWait: field({
    decides: 'The error that a RST in CLOSE_WAIT leaves for the process.',
    source: 'linux: tcp_reset · freebsd: tcp_drop',
    values: {
      EPIPE: 'A RST in CLOSE_WAIT is told as EPIPE.',
      ECONNRESET: 'A RST in CLOSE_WAIT is told as ECONNRESET.',
    },
    linux: { always: 'EPIPE' },
    rfc9293: 'ECONNRESET',
    freebsd: 'ECONNRESET',
  }),
}
