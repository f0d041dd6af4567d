/** The states of a connection, by the names that Linux and RFC 9293 §3.3.2 give them. */

export type SynchronizedState =
  | 'SYN_RECV'
  | 'ESTABLISHED'
  | 'FIN_WAIT1'
  | 'FIN_WAIT2'
  | 'CLOSE_WAIT'
  | 'CLOSING'
  | 'LAST_ACK'

/** A state as `ss` names it; a mini-socket in its FIN_WAIT2 part shows as that. */
export type StateName = 'CLOSED' | 'SYN_SENT' | SynchronizedState | 'TIME_WAIT'
