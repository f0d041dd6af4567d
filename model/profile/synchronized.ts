/** What an arriving segment does to a synchronized connection. */
import { field } from './field.ts'

export const synchronized = {
  challengeLimit0: field({
    decides: 'What tcp_challenge_ack_limit 0 means. Since 6.2 the limit is drawn from a range, which then has no end.',
    source: 'linux: tcp_send_challenge_ack, get_random_u32_inclusive',
    values: {
      'no limit': 'tcp_challenge_ack_limit 0 limits nothing.',
      'no challenge': 'With tcp_challenge_ack_limit 0 there are no challenge ACKs.',
    },
    linux: { always: 'no challenge', '6.2': 'no limit' },
    rfc9293: 'no challenge',
  }),
  windowEdges: field({
    decides: 'Which edges of the window a segment may touch.',
    source: 'linux: tcp_sequence · RFC 9293 §3.4 table 6',
    values: {
      included: 'A segment may touch either edge of the window.',
      'as written': 'A segment must lie inside the window.',
    },
    linux: { always: 'included' },
    rfc9293: 'as written',
  }),
  beyondWindow: field({
    decides: 'Whether what lies beyond the window of a full socket has a counter of its own.',
    source: 'linux: tcp_validate_incoming',
    values: {
      counted: 'What lies beyond the window of a connection counts BeyondWindow.',
      'not counted': 'What lies beyond the window of a connection is counted like all that is out of it.',
    },
    linux: { always: 'not counted', '6.17': 'counted' },
    rfc9293: 'not counted',
  }),
  resetAfterFin: field({
    decides: 'Which RST ends a synchronized connection after a FIN: RCV.NXT alone, or RCV.NXT − 1, too.',
    source: 'linux: tcp_reset_check · RFC 5961 §3',
    values: {
      exact: 'Only a RST with exactly the expected number ends a connection.',
      'exact or one below': 'After a FIN a RST one number below the expected one ends a connection, too.',
    },
    linux: { always: 'exact', 'by 5.10': 'exact or one below' },
    rfc9293: 'exact',
    freebsd: 'exact',
  }),
  bareSyn: field({
    decides: 'A SYN without ACK in a synchronized state.',
    source: 'linux: tcp_validate_incoming · RFC 5961 §4',
    values: {
      challenge: 'A SYN without ACK that meets a connection is challenged.',
      drop: 'A SYN without ACK that meets a connection is dropped.',
    },
    linux: { always: 'drop', 'by 4.4': 'challenge' },
    rfc9293: 'challenge',
  }),
  synFromThePast: field({
    decides: 'A SYN whose timestamp is old (PAWS), in a synchronized state.',
    source: 'linux: tcp_validate_incoming · RFC 7323 §5.3',
    values: {
      challenge: 'A SYN with an old timestamp that meets a connection is challenged like any other.',
      acknowledge:
        'A SYN with an old timestamp that meets a connection is acknowledged, and is no challenge in the counters.',
    },
    linux: { always: 'acknowledge', 'about 6.12': 'challenge' },
    rfc9293: 'acknowledge',
  }),
  ackFromThePast: field({
    decides: 'An ACK that is old by number and by timestamp.',
    source: 'linux: tcp_validate_incoming · RFC 7323 §5.3',
    values: {
      drop: 'An ACK that is old by its number and its timestamp is dropped in silence.',
      acknowledge: 'An ACK that is old by its number and its timestamp is acknowledged.',
    },
    linux: { always: 'acknowledge', 'about 6.14': 'drop' },
    rfc9293: 'acknowledge',
  }),
  ackOfUnsent: field({
    decides: 'An ACK for what was never sent, in ESTABLISHED.',
    source: 'linux: tcp_ack · RFC 9293 §3.10.7.4',
    values: {
      challenge: 'In ESTABLISHED an ACK of what was never sent is challenged.',
      drop: 'In ESTABLISHED an ACK of what was never sent is dropped in silence.',
    },
    linux: { always: 'drop', '6.18 of 2026': 'challenge' },
    rfc9293: 'challenge',
  }),
  oldestAck: field({
    decides: 'How old an ACK may be before it is challenged.',
    source: 'linux: tcp_ack (bytes_acked) · RFC 5961 §5',
    values: {
      'of what was acknowledged': 'An ACK older than anything that was ever acknowledged is challenged.',
      'a window old': 'An ACK is challenged if it is older than the largest window.',
    },
    linux: { always: 'a window old', '6.7': 'of what was acknowledged' },
    rfc9293: 'a window old',
  }),
  ackOfUnsentWhileClosing: field({
    decides: 'An ACK for what was never sent, in the synchronized states beside ESTABLISHED.',
    source: 'linux: tcp_rcv_state_process',
    values: {
      'challenge and drop': 'While closing, an ACK of what was never sent is challenged and its segment dropped.',
      'process text': 'While closing, an ACK of what was never sent is ignored and the text with it taken.',
    },
    linux: { always: 'process text', '4.9': 'challenge and drop' },
    rfc9293: 'challenge and drop',
  }),
  oldAckWhileClosing: field({
    decides: 'An old ACK, in the synchronized states beside ESTABLISHED.',
    source: 'linux: tcp_rcv_state_process, mended in 6.9',
    values: {
      'process text': 'While closing, text that comes with an old ACK is taken.',
      'challenge and drop': 'While closing, a segment with an old ACK is challenged and dropped: its FIN is lost.',
    },
    linux: { always: 'process text', '4.9': 'challenge and drop', '6.9': 'process text' },
    rfc9293: 'process text',
  }),
  textOverFin: field({
    decides: 'Text that begins before the peer’s FIN and goes on behind it.',
    source: 'linux: tcp_rcv_state_process · RFC 9293 §3.10.7.4',
    values: {
      reset: 'Text that reaches over the FIN of its sender is answered with RST.',
      ignore: 'Text that reaches over the FIN of its sender is ignored.',
    },
    linux: { always: 'reset' },
    rfc9293: 'ignore',
  }),
  currEstab: field({
    decides: 'What the gauge CurrEstab counts.',
    source: 'linux: tcp_set_state, since 6.10 · RFC 4022 tcpCurrEstab',
    values: {
      'ESTABLISHED and CLOSE_WAIT': 'CurrEstab counts connections in ESTABLISHED and in CLOSE_WAIT.',
      ESTABLISHED: 'CurrEstab leaves out connections in CLOSE_WAIT.',
    },
    linux: { always: 'ESTABLISHED', '6.10': 'ESTABLISHED and CLOSE_WAIT' },
    rfc9293: 'ESTABLISHED and CLOSE_WAIT',
  }),
}
