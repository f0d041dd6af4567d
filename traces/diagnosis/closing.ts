/** A connection of which one end has closed and the other does not. RFC 9293 §3.6, case 1 */
import { peerOf, type Side } from '../replay/packets/observation.ts'
import { type Diagnosis, judged } from './diagnosis.ts'
import { covers, has, numbers, type Talk } from './talk.ts'

/** Seconds: an application that reads its end of file closes sooner. */
const SOON = 1

export const finWait2Hangs = (talk: Talk): Diagnosis[] => {
  const { said, replayed, around } = talk
  const last = replayed.beliefs().at(-1)
  const fins = said.filter((s) => has(s, 'F'))
  const fin = fins[0]
  if (last === undefined || fin === undefined || fins.some((s) => s.from !== fin.from)) return []
  const [side, peer] = [fin.from, peerOf(fin.from)]
  const acked = said.find((s) => s.from === peer && s.at > fin.at && covers(s, fin.end))
  if (acked === undefined || said.some((s) => has(s, 'R')) || last[side].join() !== 'FIN_WAIT2') return []
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
        { words: `the FIN of the ${peer} is lost on the way to the tap`, cost: 2 },
      ]),
      packets: numbers(fin, acked),
      ...(seen && { proof: seen }),
      decides: `\`ss -tanp\` on the ${peer}: its CLOSE_WAIT socket, whether Recv-Q is more than 1 (the application does not read), and the process; tcp_fin_timeout of the ${side} ends FIN_WAIT2 only where its application has closed the whole socket`,
      clause: 'RFC 9293 §3.6 · linux: tcp_fin, tcp_rcv_state_process, tcp_fin_timeout',
    },
  ]
}

/** The words of a listing that shows the end in that state. */
const seenIn = ({ around }: Talk, side: Side, state: string): string | undefined =>
  around.about?.[side]?.known?.find(({ states }) => states.join() === state)?.words
