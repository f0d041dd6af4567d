/** Why a scenario's diagram differs from figure 5 of RFC 9293, edge by edge, as far as it is known. */
const reset = 'a RST comes or goes (figure 5, note 3), or it gives up: RFC 9293 §3.5.2, §3.10.5, §3.8.3'

export const whyLacking: Readonly<Record<string, string>> = {
  'CLOSED → LISTEN': 'the listener listens before the world begins',
  'LISTEN → CLOSED': 'the listener is never closed in this world',
  'LISTEN → SYN_SENT': 'the socket interface has no SEND on a listener (ENOTCONN)',
  'SYN_SENT → SYN_RECV': 'no simultaneous open in this world: the server never connects',
  'SYN_SENT → CLOSED': 'no end closes, and no connect() fails, in this world',
  'SYN_RECV → FIN_WAIT1':
    'a request has no process that could close it: accept() returns what was promoted (linux: inet_csk_accept)',
  'SYN_RECV → LISTEN': 'no request is reset and none expires in this world',
  'FIN_WAIT1 → CLOSING': 'the two ends never close at once in this world',
  'CLOSING → TIME_WAIT': 'the two ends never close at once in this world',
}

export const whyAdded: Readonly<Record<string, string>> = {
  'SYN_RECV → CLOSE_WAIT':
    'a FIN completes the handshake, and the child takes it at once: linux: tcp_v4_syn_recv_sock, tcp_child_process',
  'SYN_RECV → CLOSED': reset,
  'ESTABLISHED → CLOSED': reset,
  'FIN_WAIT1 → CLOSED': reset,
  'FIN_WAIT2 → CLOSED': `FIN_WAIT2 without a process ends after tcp_fin_timeout (linux: tcp_fin_time), or ${reset}`,
  'CLOSING → CLOSED': reset,
  'CLOSE_WAIT → CLOSED': reset,
  'TIME_WAIT → SYN_RECV':
    'a newer SYN opens the next connection: RFC 1122 §4.2.2.13 · linux: tcp_timewait_state_process',
}
