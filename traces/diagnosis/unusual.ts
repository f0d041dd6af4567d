/** Handshakes and closings in which both ends act at once. */
import { sameEndpoint } from '../capture.ts'
import { type Diagnosis, judged } from './diagnosis.ts'
import { covers, has, numbers, type Talk } from './talk.ts'

/** Both ends send a SYN, neither having got the other's; or one end splits its SYN+ACK in two. RFC 9293 §3.5, figure 8. */
export const bothOpen = ({ said, marked, connection }: Talk): Diagnosis[] => {
  const isOne = sameEndpoint(connection.client, connection.server)
  const mine = marked.find((s) => s.from === 'client' && s.flags === 'S')
  const theirs = marked.find((s) => s.from === 'server' && s.flags === 'S')
  if (mine === undefined || theirs === undefined || theirs.at < mine.at) return []
  const ack = said.find((s) => s.at < theirs.at && s.from === 'server' && s.flags === '.' && covers(s, mine.end))
  const answers = said.filter((s) => s.flags === 'S.')
  if (answers.length === 0) return []
  const split = ack !== undefined && !isOne
  return [
    {
      id: split ? 'split-handshake' : 'simultaneous-open',
      words: split
        ? `the server acknowledges the SYN with packet ${ack.packet} and sends its own SYN apart from it, in packet ${theirs.packet}`
        : isOne
          ? `the socket is connected to itself: its SYN, packet ${mine.packet}, comes to the port that it was sent from`
          : `both ends open at the same time: their SYNs, packets ${mine.packet} and ${theirs.packet}, cross`,
      ...judged([
        split
          ? {
              words: 'the server splits its SYN+ACK: no usual stack does, middleboxes may take it for the client',
              cost: 1,
            }
          : isOne
            ? {
                words:
                  'connect() to a port of the own host at which nothing listens: the system has chosen that very port for the source (ip_local_port_range)',
                cost: 1,
              }
            : { words: 'both applications call connect() with the port of the other one', cost: 1 },
      ]),
      packets: numbers(mine, ack, theirs, ...answers),
      clause: 'RFC 9293 §3.5, figure 8 · linux: tcp_rcv_synsent_state_process',
    },
  ]
}

/** Two FINs that cross: both ends pass through CLOSING. RFC 9293 §3.6, figure 13. */
export const bothClose = ({ marked }: Talk): Diagnosis[] => {
  const mine = marked.find((s) => s.from === 'client' && has(s, 'F'))
  const theirs = marked.find((s) => s.from === 'server' && has(s, 'F'))
  if (!mine || !theirs || mine.ack === undefined || theirs.ack === undefined) return []
  if (covers(mine, theirs.end) || covers(theirs, mine.end)) return []
  return [
    {
      id: 'simultaneous-close',
      words: `both ends close at the same time: packets ${mine.packet} and ${theirs.packet} cross`,
      ...judged([{ words: 'neither FIN acknowledges the other', cost: 1 }]),
      packets: numbers(mine, theirs),
      clause: 'RFC 9293 §3.6, figure 13 · linux: tcp_fin',
    },
  ]
}
