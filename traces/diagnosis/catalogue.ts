/** Every diagnosis by its name: what it means, and the rule of TCP behind it. */
import type { DiagnosisId } from './diagnosis.ts'

export interface DiagnosisMeaning {
  readonly means: string
  readonly source: string
}

export const diagnosisMeanings = {
  'ghost-connection': {
    means:
      'the client is ESTABLISHED and sends, while the server keeps the request in SYN_RECV, drops what comes and repeats its SYN+ACK: its accept queue is full',
    source: 'linux: tcp_check_req, sk_acceptq_is_full',
  },
  'ghost-exhausted': {
    means: 'a ghost whose request the server has given up (tcp_synack_retries): the client’s next segment is reset',
    source: 'linux: reqsk_timer_handler, tcp_v4_send_reset',
  },
  'third-ack-lost': {
    means: 'the ACK that completes the handshake is lost: the SYN+ACK is repeated until it comes',
    source: 'RFC 9293 §3.8.1 · linux: reqsk_timer_handler',
  },
  'deferred-accept': {
    means: 'TCP_DEFER_ACCEPT of the listener: a bare ACK is kept waiting until text comes',
    source: 'linux: tcp_check_req (rskq_defer_accept), syn_ack_recalc',
  },
  'SYN-ACK-unanswered': {
    means: 'the SYN+ACK is repeated, and nothing comes from the client any more: the handshake stays half-open',
    source: 'RFC 4987 §2 · linux: reqsk_timer_handler',
  },
  'SYN-ACK-too-late': {
    means: 'SYN+ACKs are unanswered, and the last one meets a closed socket of the client, which resets it',
    source: 'RFC 9293 §3.10.7.1 · linux: tcp_v4_send_reset',
  },
  'SYN-ACK-refused': {
    means:
      'the first SYN+ACK meets no socket of the client: a scanner, a socket closed meanwhile, or an address translated one way only',
    source: 'RFC 9293 §3.10.7.1 · linux: tcp_v4_send_reset',
  },
  'untranslated-answer': {
    means:
      'the SYN is re-addressed on the way (NAT), and the SYN+ACK comes back from an address that the client did not call',
    source: 'RFC 3022 §4.1 · linux: nf_conntrack_tcp_packet',
  },
  'abort-on-overflow': {
    means: 'a third ACK that met a full accept queue is answered by RST: tcp_abort_on_overflow is 1',
    source: 'linux: tcp_check_req',
  },
  'listener-gone': {
    means: 'the listener was closed between the SYN+ACK and the third ACK',
    source: 'linux: inet_csk_listen_stop',
  },
  'queued-child-gone': {
    means: 'a connection in the accept queue is reset with its listener, or by an application that says nothing on it',
    source: 'linux: inet_csk_listen_stop',
  },
  'SYN-unanswered': {
    means: 'SYNs and no answer: the accept queue or the SYN queue is full, or they are lost on the way',
    source: 'linux: tcp_conn_request',
  },
  'SYN-repeated': {
    means: 'a SYN that is answered only when it is repeated',
    source: 'RFC 6298 §2.1 · linux: tcp_retransmit_timer',
  },
  'tw-recycle-drop': {
    means: 'tcp_tw_recycle drops SYNs whose timestamps go back, as those of several hosts behind one NAT do',
    source: 'linux: tcp_conn_request (up to 4.11)',
  },
  'forged-RST': {
    means: 'a RST that the end did not send: it answers the same SYN with a SYN+ACK afterwards',
    source: 'RFC 9293 §3.10.7',
  },
  'earlier-connection': {
    means:
      'a SYN meets a connection of the same ports that the server still has: a challenge ACK, a RST, and the SYN again',
    source: 'RFC 9293 §3.5.1, RFC 5961 §4',
  },
  refused: {
    means: 'the SYN is answered by RST: no socket listens, or something rejects it',
    source: 'RFC 9293 §3.10.7.1',
  },
  'cookie-handshake': {
    means: 'the SYN+ACK is a syncookie: it leaves out what one has no room for, or the server keeps no request',
    source: 'linux: cookie_v4_init_sequence, cookie_v4_check',
  },
  'simultaneous-open': { means: 'two SYNs cross', source: 'RFC 9293 §3.5, figure 8' },
  'split-handshake': { means: 'the SYN+ACK is sent in two segments', source: 'RFC 9293 §3.5' },
  'simultaneous-close': { means: 'two FINs cross', source: 'RFC 9293 §3.6, figure 13' },
  'half-open': {
    means: 'one end has no such connection any more, and the other does not know: its segment is answered by RST',
    source: 'RFC 9293 §3.5.1',
  },
  'flow-forgotten': {
    means: 'after a long silence text is answered by RST: a NAT, firewall or load balancer has forgotten the flow',
    source: 'RFC 5382 §5, RFC 9293 §3.8.4',
  },
  'middlebox-RST': {
    means: 'a RST in a form that the end’s sockets do not send: something between sent it, or the end is no Linux',
    source: 'RFC 7323 §3.2 · linux: tcp_send_active_reset',
  },
  'port-reuse-refused': {
    means:
      'a SYN meets a connection of the same ports that the server still has, again and again: challenge ACKs, and no SYN+ACK',
    source: 'RFC 9293 §3.10.7.4, RFC 5961 §4, RFC 6191',
  },
  'SYN-ACK-without-window': {
    means: 'a SYN+ACK that offers no window: a SYN proxy answers for the server',
    source: 'RFC 4987 §3.6 · linux: synproxy_send_client_synack',
  },
  'timestamps-omitted': {
    means: 'both SYNs agree on timestamps, and later segments of an end carry none',
    source: 'RFC 7323 §3.2',
  },
  'CLOSE_WAIT-hangs': {
    means: 'an end has got a FIN and does not close: its application does not read, or leaks the socket',
    source: 'RFC 9293 §3.6 · linux: tcp_fin',
  },
  'FIN_WAIT1-hangs': {
    means: 'an end has closed, and its FIN is not acknowledged: the other window is shut, or one of the two is lost',
    source: 'RFC 9293 §3.6 · linux: tcp_send_fin, tcp_orphan_retries',
  },
  'LAST_ACK-hangs': {
    means: 'both ends have closed, and the last FIN is not acknowledged',
    source: 'RFC 9293 §3.6 · linux: tcp_retransmit_timer, tcp_orphan_retries',
  },
  'FIN_WAIT2-hangs': {
    means: 'one end has closed, and the other stays in CLOSE_WAIT: its application does not close',
    source: 'RFC 9293 §3.6 · linux: tcp_fin',
  },
  'orphan-give-up': {
    means: 'a socket without a process repeats its FIN in vain and is dropped',
    source: 'linux: tcp_orphan_retries',
  },
  'FIN_WAIT2-timeout': {
    means: 'an orphan in FIN_WAIT2 is ended by tcp_fin_timeout before the FIN of the other end comes',
    source: 'linux: tcp_fin_timeout',
  },
  'data-after-close': {
    means: 'text comes after close(): it is answered by RST',
    source: 'RFC 9293 §3.6.1 · linux: tcp_rcv_state_process',
  },
  'unread-data': {
    means: 'close() with unread text, or SO_LINGER 0: a RST in place of the FIN',
    source: 'RFC 2525 §2.17 · linux: __tcp_close',
  },
  'TIME_WAIT-assassination': { means: 'an old segment ends TIME_WAIT early', source: 'RFC 1337' },
  'PAWS-drop': { means: 'text with an old timestamp is not taken', source: 'RFC 7323 §5.3' },
  'keepalive-death': { means: 'keepalive probes without an answer end the connection', source: 'RFC 9293 §3.8.4' },
  'user-timeout': {
    means: 'TCP_USER_TIMEOUT ends the connection before the next retransmission is due',
    source: 'RFC 5482',
  },
  'retransmission-give-up': { means: 'tcp_retries2 is used up', source: 'RFC 9293 §3.8.3' },
  'zero-window': { means: 'a window is shut and probed: the application does not read', source: 'RFC 9293 §3.8.6.1' },
  'peer-vanished': { means: 'text is repeated, and nothing comes back, not even a RST', source: 'RFC 9293 §3.8.3' },
  'SYN-flood': { means: 'many SYNs that no client completes or repeats', source: 'RFC 4987 §2' },
  'port-scan': { means: 'one client tries many ports and uses none', source: 'RFC 9293 §3.10.7.1' },
} as const satisfies Record<DiagnosisId, DiagnosisMeaning>
