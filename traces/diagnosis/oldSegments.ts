/** Segments of another time: what TIME_WAIT and PAWS make of them. */
import { before, type Seq } from '../../model/index.ts'
import { peerOf, type Side } from '../replay/packets/observation.ts'
import { type Diagnosis, judged } from './diagnosis.ts'
import { covers, has, numbers, type Said, type Talk } from './talk.ts'

/** RFC 1337: an old segment makes TIME_WAIT acknowledge, and the RST that answers this ends TIME_WAIT. */
export const assassination = (talk: Talk): Diagnosis[] => {
  const { said, marked } = talk
  const first = marked.find((s) => has(s, 'F'))
  const second = first && marked.find((s) => s.from !== first.from && has(s, 'F'))
  const last = second && said.find((s) => s.at > second.at && s.from === first.from && covers(s, second.end))
  if (!first || !last || !said.some((s) => s.from !== first.from && s.at < last.at && covers(s, first.end))) return []
  const old = said.find(
    (s) => s.at > last.at && s.from !== first.from && !/R|S\./.test(s.flags) && before(s.seq, last.ack!),
  )
  const ack = old && said.find((s) => s.at > old.at && s.from === first.from && s.flags === '.' && s.ack === last.ack)
  const reset = ack && said.find((s) => s.at > ack.at && s.from !== first.from && has(s, 'R') && s.seq === ack.ack)
  if (!old || !ack || !reset || (has(old, 'F') && old.end === second!.end)) return []
  return [
    {
      id: 'TIME_WAIT-assassination',
      words: `packet ${old.packet}, an old one, makes the ${first.from} acknowledge out of TIME_WAIT, and the RST of the ${peerOf(first.from)} that answers this ends its TIME_WAIT early`,
      ...judged([
        { words: `a duplicate of the connection came late, and tcp_rfc1337 of the ${first.from} is 0`, cost: 1 },
        { words: 'tcp_rfc1337 is 1: the RST was ignored', cost: 2 },
      ]),
      packets: numbers(old, ack, reset),
      decides: `\`ss -tan state time-wait\` on the ${first.from} after packet ${reset.packet}; \`sysctl net.ipv4.tcp_rfc1337\` there`,
      clause: 'RFC 1337 · linux: tcp_timewait_state_process',
    },
  ]
}

/** RFC 7323 §5.3: the next bytes in order, with a timestamp older than one seen before, are answered and not taken. */
export const pawsDrop = ({ said }: Talk): Diagnosis[] => {
  const recent: Partial<Record<Side, number>> = {}
  const acks: Partial<Record<Side, Seq>> = {}
  let answers: readonly (Said | undefined)[] | undefined
  for (const s of said) {
    const acknowledged = acks[peerOf(s.from)]
    if (s.ack !== undefined) acks[s.from] = s.ack
    const value = s.options?.timestamp?.value
    const newest = recent[s.from]
    if (value === undefined || value === newest || has(s, 'R')) continue
    const isOld = newest !== undefined && before(value as never, newest as never)
    if (!isOld) recent[s.from] = value
    if (!isOld || s.len === 0 || acknowledged !== s.seq) continue
    answers ??= nextAcks(said)
    const answer = answers[s.at]
    if (answer?.ack !== s.seq) continue
    return [
      {
        id: 'PAWS-drop',
        words: `packet ${s.packet} brings the next ${s.len} bytes with a timestamp older than one before it; packet ${answer.packet} does not take them`,
        ...judged([
          {
            words: `PAWS: the timestamps of the ${s.from} go backwards (two hosts behind one address, a clock that was set back, an old duplicate)`,
            cost: 1,
          },
          {
            words: `packet ${s.packet} is lost beyond the tap, and packet ${answer.packet} answers something else`,
            cost: 2,
          },
        ]),
        packets: numbers(s, answer),
        decides: `TcpExtPAWSEstab of \`nstat\` on the ${peerOf(s.from)}: it grows by one with this packet`,
        clause: 'RFC 7323 §5.3 · linux: tcp_paws_check, tcp_validate_incoming',
      },
    ]
  }
  return []
}

/** By place: the other end's next packet with an acknowledgment. */
const nextAcks = (said: readonly Said[]): (Said | undefined)[] => {
  const next: Partial<Record<Side, Said>> = {}
  const answers: (Said | undefined)[] = []
  for (let at = said.length - 1; at >= 0; at--) {
    const s = said[at]!
    answers[at] = next[peerOf(s.from)]
    if (s.ack !== undefined) next[s.from] = s
  }
  return answers
}
