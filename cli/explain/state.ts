/** The states of a connection, as `ss`, captures and reports name them. */
import type { Explanation } from './explanation.ts'

interface State {
  readonly name: string
  /** As RFC 9293 writes it, where Linux writes it otherwise. */
  readonly rfc?: string
  readonly means: string
  readonly leaves: string
}

export const states: readonly State[] = [
  { name: 'LISTEN', means: 'a socket that takes connections', leaves: 'close(), shutdown()' },
  {
    name: 'SYN_SENT',
    rfc: 'SYN-SENT',
    means: 'connect() has sent a SYN, which nothing has answered',
    leaves: 'a SYN+ACK, a RST, or tcp_syn_retries retransmissions without an answer',
  },
  {
    name: 'SYN_RECV',
    rfc: 'SYN-RECEIVED',
    means:
      'a SYN was answered with a SYN+ACK, and the third ACK has not come or was dropped; in Linux a request in the SYN queue and not yet a socket',
    leaves: 'the third ACK where the accept queue has room, a RST, or tcp_synack_retries retransmissions',
  },
  {
    name: 'ESTABLISHED',
    means: 'both SYNs are acknowledged; of a server it says that the connection is in the accept queue or accepted',
    leaves: 'close(), a FIN, a RST, or tcp_retries2 retransmissions without an answer',
  },
  {
    name: 'FIN_WAIT1',
    rfc: 'FIN-WAIT-1',
    means: 'this end has closed first, and its FIN is not acknowledged',
    leaves: 'the ACK of the FIN, a FIN of the other end, a RST, or retransmissions without an answer',
  },
  {
    name: 'FIN_WAIT2',
    rfc: 'FIN-WAIT-2',
    means: 'this end has closed, its FIN is acknowledged, and the other end has not closed',
    leaves: 'the FIN of the other end; after tcp_fin_timeout where no process holds the socket',
  },
  {
    name: 'CLOSE_WAIT',
    rfc: 'CLOSE-WAIT',
    means: 'the other end has closed, and the process of this end has not: no timer ends that',
    leaves: 'close() by the process, or a RST',
  },
  {
    name: 'CLOSING',
    means: 'both ends have closed at once, and the own FIN is not acknowledged',
    leaves: 'the ACK of the own FIN',
  },
  {
    name: 'LAST_ACK',
    rfc: 'LAST-ACK',
    means: 'the other end has closed first, this one after it, and the own FIN is not acknowledged',
    leaves: 'the ACK of the own FIN, a RST, or retransmissions without an answer',
  },
  {
    name: 'TIME_WAIT',
    rfc: 'TIME-WAIT',
    means:
      'both FINs are acknowledged; the end that closed first keeps the ports so that no old segment meets a new connection',
    leaves: '2 MSL (60 s in Linux), a new SYN with a later number or timestamp',
  },
  { name: 'CLOSED', means: 'there is no socket, or it has ended', leaves: 'connect() or listen()' },
]

export const ofState = ({ name, rfc, means, leaves }: State): Explanation => ({
  id: name,
  is: 'state',
  ...(rfc !== undefined && { 'in RFC 9293': rfc }),
  means,
  leaves,
  source: 'RFC 9293 §3.3.2',
})
