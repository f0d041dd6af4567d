/** A connection that one end has ended without the knowledge of the other. */
import type { Side } from '../replay/packets/observation.ts'
import { type Cause, type Diagnosis, judged } from './diagnosis.ts'
import type { Reset } from './reset.ts'
import { numbers, type Said, serverMoved, type Talk, thirdAck } from './talk.ts'

/** RFC 9293 §3.5.1: half-open connections. linux: tcp_v4_rcv finds no socket. */
export const halfOpen = (talk: Talk, { reset, answers, fin }: Reset): Diagnosis | undefined => {
  if (
    fin ||
    !answers ||
    (reset.from === 'server' && serverMoved(talk, reset.at) === undefined && !wasQuiet(talk, answers))
  )
    return undefined
  return {
    id: 'half-open',
    words: `packet ${answers.packet} finds no connection at the ${reset.from}, of which no FIN and no RST was seen before: packet ${reset.packet} resets it`,
    ...judged([
      {
        words: `the ${reset.from} has forgotten the connection: it was restarted, or its address moved to another host`,
        cost: 1,
      },
      endedUnseen(talk, reset.from),
      { words: 'somebody between the ends sent the RST', cost: 2 },
    ]),
    packets: numbers(answers, reset),
    decides: `\`ss -tan\` and uptime on the ${reset.from}; whether the TTL of packet ${reset.packet} is that of its other packets`,
    clause: 'RFC 9293 §3.5.1 · linux: tcp_v4_send_reset',
  }
}

/** What it sent last was lost before the tap: a tap at its own interface would have seen it. */
const endedUnseen = ({ tap }: Talk, side: Side): Cause => {
  const words = `the ${side} aborted it, or closed it and gave its FIN up (tcp_orphan_retries), and that was lost before the tap`
  return tap === side ? { words, ruledOut: `the capture was taken at the ${side}` } : { words, cost: 2 }
}

/** The third ACK was taken without a word: nothing was repeated before this packet came. */
const wasQuiet = (talk: Talk, answers: Said): boolean => {
  const third = thirdAck(talk)!
  return third.at < answers.at && third.ack === answers.ack && answers.len > 0
}
