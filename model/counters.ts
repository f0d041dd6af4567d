/** The kernel's counters as /proc/net/snmp (Tcp) and /proc/net/netstat (TcpExt) spell them: part of a step's output, never of the state. */
export const counters = {
  ActiveOpens: 'a SYN was built by connect() (linux: tcp_connect)',
  PassiveOpens: 'a child was created from a request (linux: tcp_create_openreq_child)',
  AttemptFails: 'a request was deleted by RST or SYN, or a socket left SYN_SENT/SYN_RECV for CLOSED (linux: tcp_done)',
  EstabResets: 'a socket went from ESTABLISHED or CLOSE_WAIT straight to CLOSED (linux: tcp_set_state)',
  OutRsts: 'a RST was sent (linux: tcp_v4_send_reset, tcp_send_active_reset)',
  RetransSegs: 'any retransmission (linux: __tcp_retransmit_skb, tcp_rtx_synack)',
  TCPSynRetrans: 'a SYN or SYN+ACK was retransmitted (linux: __tcp_retransmit_skb, tcp_rtx_synack)',
  TCPLossProbes: 'a tail-loss probe was sent (linux: tcp_send_loss_probe)',
  TCPTimeouts: 'a retransmission timer or a request timer fired (linux: tcp_retransmit_timer, tcp_syn_ack_timeout)',
  ListenOverflows: 'a SYN or a third ACK met a full accept queue (linux: tcp_conn_request, tcp_v4_syn_recv_sock)',
  ListenDrops: 'a SYN was dropped or a promotion failed (linux: tcp_listendrop)',
  TCPReqQFullDrop: 'a SYN met a full SYN queue with cookies off (linux: tcp_syn_flood_action)',
  EmbryonicRsts:
    'a request was deleted by RST, by a SYN in the window, or by tcp_abort_on_overflow (linux: tcp_check_req)',
  TCPChallengeACK: 'a challenge ACK was sent (linux: tcp_send_challenge_ack, RFC 5961)',
  TCPSYNChallenge: 'a SYN met a synchronized socket (linux: tcp_validate_incoming)',
  TCPACKSkippedSynRecv: 'a request owed an answer and had just given one (linux: tcp_oow_rate_limited)',
  TCPACKSkippedChallenge: 'a challenge ACK was due and one had just been sent (linux: tcp_send_challenge_ack)',
  TCPDeferAcceptDrop: 'a bare third ACK was dropped under TCP_DEFER_ACCEPT (linux: tcp_check_req)',
  TCPReqQFullDoCookies: 'a SYN was to be answered with a cookie (linux: tcp_syn_flood_action)',
  SyncookiesSent: 'a SYN was answered with a cookie (linux: cookie_init_sequence)',
  SyncookiesRecv: 'an ACK of a cookie was valid (linux: cookie_tcp_check)',
  SyncookiesFailed: 'an ACK came while cookies were out, and was of none (linux: cookie_tcp_check)',
  InErrs: 'a SYN met an established socket (linux: tcp_validate_incoming); bad checksums are not modelled',
  TCPAbortOnTimeout: 'a socket gave up retransmitting (linux: tcp_write_err)',
  TCPAbortOnClose: 'close() found unread data and sent RST (linux: __tcp_close)',
  TCPAbortOnData: 'data came after close(), or SO_LINGER 0 (linux: tcp_rcv_state_process, __tcp_close)',
  TW: 'a TIME_WAIT mini-socket was created (linux: tcp_time_wait)',
} as const

export type Counter = keyof typeof counters
