/** SYN_SENT, and SYNs that have crossed. */
import { field } from './field.ts'

export const opening = {
  wrongSynAck: field({
    decides: 'An ACK in SYN_SENT that is not of the SYN.',
    source: 'linux: tcp_rcv_synsent_state_process',
    values: {
      'SYN again at once': 'An ACK that is not of our SYN is reset, and the SYN is sent again at once.',
      wait: 'An ACK that is not of our SYN is reset, and the SYN waits for its timer.',
    },
    linux: { always: 'wait', 'about 5.6': 'SYN again at once' },
    rfc9293: 'wait',
  }),
  strangeEcho: field({
    decides: 'An ACK of the SYN, in SYN_SENT, that echoes no timestamp of it.',
    source: 'linux: tcp_rcv_synsent_state_process',
    values: {
      reset: 'In SYN_SENT an ACK of the SYN that echoes no timestamp of it is reset, and the SYN waits for its timer.',
      'not judged': 'In SYN_SENT the echo of a timestamp is not looked at.',
    },
    linux: { always: 'reset' },
    rfc9293: 'not judged',
  }),
  synFinInSynSent: field({
    decides: 'A SYN with FIN that crosses the SYN of a socket in SYN_SENT.',
    source: 'linux: tcp_rcv_synsent_state_process · freebsd: tcp_do_segment',
    values: {
      answer: 'A SYN with FIN that crosses our SYN is answered with a SYN+ACK.',
      drop: 'A SYN with FIN that crosses our SYN is dropped.',
    },
    linux: { always: 'answer' },
    rfc9293: 'answer',
    freebsd: 'drop',
  }),
  textOnSynAck: field({
    decides: 'Text on a SYN+ACK.',
    source: 'linux: tcp_rcv_synsent_state_process · RFC 9293 §3.10.7.3',
    values: {
      ignore: 'Text on a SYN+ACK is not taken: it has to be sent again.',
      take: 'Text on a SYN+ACK is taken and acknowledged.',
    },
    linux: { always: 'ignore' },
    rfc9293: 'take',
    freebsd: 'take',
  }),
  textOnCrossedSyn: field({
    decides: 'Text on a SYN that crosses the socket’s own.',
    source: 'linux: tcp_rcv_synsent_state_process · RFC 9293 §3.10.7.3',
    values: {
      ignore: 'Text on a SYN that crosses ours is not taken.',
      take: 'Text on a SYN that crosses ours is taken and acknowledged.',
    },
    linux: { always: 'ignore' },
    rfc9293: 'take',
    freebsd: 'take',
  }),
  resetOfCrossed: field({
    decides: 'The error of connect() when a RST comes after SYNs have crossed.',
    source: 'linux: tcp_reset · RFC 9293 §3.10.7.4',
    values: {
      ECONNRESET: 'A RST after SYNs have crossed is told as ECONNRESET.',
      ECONNREFUSED: 'A RST after SYNs have crossed is told as ECONNREFUSED.',
    },
    linux: { always: 'ECONNRESET' },
    rfc9293: 'ECONNREFUSED',
    freebsd: 'ECONNREFUSED',
  }),
  crossedSynAck: field({
    decides: 'A SYN+ACK in the SYN_RECV of crossed SYNs.',
    source: 'linux: tcp_validate_incoming, 6.11 · RFC 9293 §3.5 figure 8',
    values: {
      accept: 'When SYNs have crossed, the SYN+ACK that follows is taken.',
      challenge: 'When SYNs have crossed, the SYN+ACK that follows is challenged, and the ACK of that opens.',
    },
    linux: { always: 'challenge', '6.11': 'accept' },
    rfc9293: 'accept',
  }),
  shutdownInSynRecv: field({
    decides: 'shutdown(SHUT_WR) in the SYN_RECV of crossed SYNs.',
    source: 'linux: tcp_shutdown, 6.9',
    values: {
      waits: 'shutdown() while SYNs have crossed waits with the FIN for the end of the handshake.',
      'sends FIN': 'shutdown() while SYNs have crossed sends the FIN at once.',
    },
    linux: { always: 'sends FIN', '6.9': 'waits' },
    rfc9293: 'waits',
  }),
}
