/** A FIN that is not acknowledged: its sender stays in FIN_WAIT1, or in LAST_ACK if the other end had closed before. RFC 9293 §3.6 */
import { peerOf } from '../replay/packets/observation.ts'
import { type Cause, type Diagnosis, judged } from './diagnosis.ts'
import { covers, has, numbers, repeatsOf, type Said, seenIn, type Talk, times } from './talk.ts'

/** Seconds in which a FIN is acknowledged, if it comes. */
const SOON = 1

export const finUnacknowledged = (talk: Talk): Diagnosis[] => {
  const { said, marked, around } = talk
  const fins = marked.filter((s) => has(s, 'F'))
  const fin = fins.find((s) => !fins.some((x) => x.at < s.at && x.from === s.from) && !said.some((x) => ends(x, s)))
  if (fin === undefined || marked.some((s) => has(s, 'R'))) return []
  const peer = peerOf(fin.from)
  const theirs = fins.find((s) => s.from === peer && s.at < fin.at)
  // Two FINs that cross are no LAST_ACK; and what its end said later without the FIN's number was not its last word.
  if ((theirs === undefined && fins.some((s) => s.from === peer)) || (theirs !== undefined && !covers(fin, theirs.end)))
    return []
  const again = repeatsOf(talk, fin)
  const state = theirs === undefined ? 'FIN_WAIT1' : 'LAST_ACK'
  const seen = seenIn(talk, fin.from, state)
  const quiet = around.until === undefined || fin.time === undefined ? 0 : around.until - fin.time
  if (again.length === 0 && seen === undefined && quiet < SOON) return []
  const repeated = again.length > 0 ? `, though it repeats it ${times(again.length)}` : ''
  const shut = said.findLast((s) => s.from === peer && !has(s, 'R'))?.window === 0
  return [
    {
      id: `${state}-hangs`,
      words:
        state === 'FIN_WAIT1'
          ? `the ${fin.from} has closed (packet ${fin.packet}) and stays in FIN_WAIT1: the ${peer} does not acknowledge its FIN${repeated}${shut ? `; the window of the ${peer} is shut` : ''}`
          : `both ends have closed (packets ${theirs!.packet}, ${fin.packet}), and the ${fin.from} stays in LAST_ACK: its FIN is not acknowledged${repeated}`,
      ...judged(state === 'FIN_WAIT1' ? ofFinWait1(peer, shut) : ofLastAck(peer)),
      packets: numbers(theirs, fin, ...again),
      ...(seen && { proof: seen }),
      decides:
        state === 'FIN_WAIT1'
          ? `\`ss -tan\` on the ${peer}: Recv-Q of its socket (text that its application does not read shuts the window); a capture there: whether the FIN arrives; without a process, FIN_WAIT1 lasts as long as tcp_orphan_retries`
          : `a capture at the ${peer}: whether packet ${fin.packet} arrives there and is answered; \`ss -tan\` there: TIME_WAIT, or no socket; LAST_ACK lasts as long as tcp_orphan_retries`,
      clause: 'RFC 9293 §3.6, §3.10.7.4 · linux: tcp_send_fin, tcp_retransmit_timer, tcp_orphan_retries',
    },
  ]
}

/** The other end acknowledges the FIN. */
const ends = (s: Said, fin: Said): boolean => s.from !== fin.from && s.at > fin.at && covers(s, fin.end)

const ofFinWait1 = (peer: string, shut: boolean): Cause[] => [
  ...(shut
    ? [{ words: `the application of the ${peer} does not read: its window is shut, and the FIN has to wait`, cost: 1 }]
    : []),
  { words: 'the FIN, or the ACK of it, is lost on the way', cost: shut ? 2 : 1 },
  { words: `the ${peer} is gone without a word (power, cable, address)`, cost: shut ? 3 : 1 },
]

const ofLastAck = (peer: string): Cause[] => [
  { words: 'the last FIN, or the ACK of it, is lost on the way', cost: 1 },
  { words: `the ${peer} has no such socket any more, and its RSTs are dropped on the way`, cost: 2 },
  { words: `the ${peer} is gone without a word (power, cable, address)`, cost: 2 },
]
