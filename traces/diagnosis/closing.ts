/** A connection of which one end has closed and the other does not. RFC 9293 §3.6, case 1 */

import { peerOf } from '../replay/packets/observation.ts'
import type { KnownByRow } from '../replay/state-evidence.ts'
import { type Diagnosis, judged } from './diagnosis.ts'
import { covers, has, numbers, rowOf, type Said, seenIn, type Talk } from './talk.ts'

/** Seconds: an application that reads its end of file closes sooner. */
const SOON = 1

export const oneEndCloses = (talk: Talk): Diagnosis[] => {
  const { said, marked, replayed, around } = talk
  const fins = marked.filter((s) => has(s, 'F'))
  const fin = fins[0]
  const last = fin && replayed.lastBelief()
  if (last === undefined || fin === undefined || fins.some((s) => s.from !== fin.from)) return []
  const [side, peer] = [fin.from, peerOf(fin.from)]
  const acked = said.find((s) => s.from === peer && s.at > fin.at && covers(s, fin.end))
  if (acked === undefined || marked.some((s) => has(s, 'R'))) return []
  const row = rowOf(talk, peer, 'CLOSE_WAIT')
  const shown = row?.words
  if (row !== undefined && seenIn(talk, side, 'FIN_WAIT2') === undefined) return [closeWaitHangs(fin, acked, peer, row)]
  if (last[side].join() !== 'FIN_WAIT2') return []
  const quiet = around.until === undefined || acked.time === undefined ? undefined : around.until - acked.time
  const seen = seenIn(talk, side, 'FIN_WAIT2') ?? seenIn(talk, peer, 'CLOSE_WAIT')
  if (seen === undefined && (quiet === undefined || quiet < SOON)) return []
  const since = quiet === undefined || quiet < SOON ? '' : `, for ${quiet.toFixed(1)} s at least`
  const later = said.filter((s) => s.from === peer && s.at > acked.at && s.len > 0)
  return [
    {
      id: 'FIN_WAIT2-hangs',
      words: `the ${side} has closed (packet ${fin.packet}) and waits in FIN_WAIT2 for the FIN of the ${peer}${since}: the ${peer} stays in CLOSE_WAIT`,
      ...judged([
        later.length > 0
          ? {
              words: `the application of the ${peer} still has something to send: the ${side} may have closed half`,
              cost: 1,
            }
          : { words: `the application of the ${peer} does not close its socket`, cost: 1 },
        shown === undefined
          ? { words: `the FIN of the ${peer} is lost on the way to the tap`, cost: 2 }
          : { words: `the FIN of the ${peer} is lost on the way to the tap`, ruledOut: shown },
      ]),
      packets: numbers(fin, acked),
      ...(seen && { proof: seen }),
      decides: `\`ss -tanp\` on the ${peer}: its CLOSE_WAIT socket, whether Recv-Q is more than 1 (the application does not read), and the process; tcp_fin_timeout of the ${side} ends FIN_WAIT2 only where its application has closed the whole socket`,
      clause: 'RFC 9293 §3.6 · linux: tcp_fin, tcp_rcv_state_process, tcp_fin_timeout',
    },
  ]
}

/** Seen at the end that does not close: Recv-Q tells what its application has read. linux: tcp_fin, tcp_get_info */
const closeWaitHangs = (fin: Said, acked: Said, peer: string, { words, unread }: KnownByRow): Diagnosis => {
  const isRead = unread <= 1
  const [reads, blocked] = [
    `the application of the ${peer} has read all text${unread === 0 ? ' and the end of it' : ''}, and does not close its socket (a leak)`,
    `the application of the ${peer} does not read (it is blocked, or has no thread left for it), so it does not see the end`,
  ]
  const queued = `Recv-Q is ${unread} there: ${unread === 0 ? 'nothing is unread' : unread === 1 ? 'only the FIN is unread' : `${unread - 1} bytes and the FIN are unread`}`
  return {
    id: 'CLOSE_WAIT-hangs',
    words: `the ${peer} has got the FIN of the ${fin.from} (packet ${fin.packet}), acknowledges it (packet ${acked.packet}) and stays in CLOSE_WAIT: it sends none of its own`,
    ...judged([
      isRead ? { words: reads, cost: 1, atMost: 'likely' } : { words: blocked, cost: 1, atMost: 'likely' },
      { words: isRead ? blocked : reads, ruledOut: queued },
    ]),
    packets: numbers(fin, acked),
    proof: `${words}; ${queued}`,
    decides: `a second listing, some seconds later: the same row, with the same Recv-Q, and it hangs; the process (\`ss -tanp\` as root) and where it waits. No timeout of TCP ends CLOSE_WAIT`,
    clause: 'RFC 9293 §3.6, §3.10.7.4 · linux: tcp_fin, tcp_close_state',
  }
}
