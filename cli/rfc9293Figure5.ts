/**
 * The state diagram of RFC 9293 §3.3.2, figure 5, as data; state names as Linux spells them. What the figure leaves out for
 * legibility (its note 3: a RST from any state) is not here.
 */
export interface FigureEdge {
  readonly from: string
  readonly to: string
  /** Event over action, as the figure has it. */
  readonly label: string
}

export const figure5: readonly FigureEdge[] = [
  { from: 'CLOSED', to: 'LISTEN', label: 'passive OPEN / create TCB' },
  { from: 'CLOSED', to: 'SYN_SENT', label: 'active OPEN / create TCB, snd SYN' },
  { from: 'LISTEN', to: 'CLOSED', label: 'CLOSE / delete TCB' },
  { from: 'LISTEN', to: 'SYN_RECV', label: 'rcv SYN / snd SYN,ACK' },
  { from: 'LISTEN', to: 'SYN_SENT', label: 'SEND / snd SYN' },
  { from: 'SYN_SENT', to: 'CLOSED', label: 'CLOSE / delete TCB' },
  { from: 'SYN_SENT', to: 'SYN_RECV', label: 'rcv SYN / snd SYN,ACK' },
  { from: 'SYN_SENT', to: 'ESTABLISHED', label: 'rcv SYN,ACK / snd ACK' },
  { from: 'SYN_RECV', to: 'LISTEN', label: 'rcv RST (note 1: after a passive OPEN)' },
  { from: 'SYN_RECV', to: 'ESTABLISHED', label: 'rcv ACK of SYN / x' },
  { from: 'SYN_RECV', to: 'FIN_WAIT1', label: 'CLOSE / snd FIN' },
  { from: 'ESTABLISHED', to: 'FIN_WAIT1', label: 'CLOSE / snd FIN' },
  { from: 'ESTABLISHED', to: 'CLOSE_WAIT', label: 'rcv FIN / snd ACK' },
  { from: 'FIN_WAIT1', to: 'FIN_WAIT2', label: 'rcv ACK of FIN / x' },
  { from: 'FIN_WAIT1', to: 'CLOSING', label: 'rcv FIN / snd ACK' },
  { from: 'FIN_WAIT1', to: 'TIME_WAIT', label: 'rcv FIN and ACK of FIN / snd ACK (note 2)' },
  { from: 'FIN_WAIT2', to: 'TIME_WAIT', label: 'rcv FIN / snd ACK' },
  { from: 'CLOSING', to: 'TIME_WAIT', label: 'rcv ACK of FIN / x' },
  { from: 'CLOSE_WAIT', to: 'LAST_ACK', label: 'CLOSE / snd FIN' },
  { from: 'LAST_ACK', to: 'CLOSED', label: 'rcv ACK of FIN / x' },
  { from: 'TIME_WAIT', to: 'CLOSED', label: 'Timeout=2MSL / delete TCB' },
]
