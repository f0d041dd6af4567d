/** A SYN that is answered only when it is repeated: the first one, or its answer, was lost or dropped. */
import { type Diagnosis, judged } from './diagnosis.ts'
import { fullOf } from './openingFacts.ts'
import { numbers, type Talk, times } from './talk.ts'

export const synRepeated = (talk: Talk): Diagnosis[] => {
  const { said } = talk
  const syns = said.filter((s) => s.from === 'client' && s.flags === 'S')
  const [first] = syns
  const answer = said.find((s) => s.from === 'server')
  if (first === undefined || answer?.flags !== 'S.' || answer.ack !== first.end) return []
  const before = syns.filter((s) => s.at < answer.at && s.seq === first.seq)
  if (before.length < 2 || before.length !== said.filter((s) => s.at < answer.at).length) return []
  const waited = first.time === undefined || answer.time === undefined ? undefined : answer.time - first.time
  const unanswered = before.slice(0, -1)
  const { acceptQueue, path } = fullOf({ ...talk, said: unanswered })
  return [
    {
      id: 'SYN-repeated',
      words: `the SYN is repeated ${times(before.length - 1)} before it is answered${waited === undefined ? '' : `, ${waited.toFixed(1)} s after the first`}`,
      ...judged([
        'ruledOut' in path
          ? path
          : {
              words: 'the SYN, or the answer to it, was lost or dropped on the way',
              cost: 1,
              loses: numbers(...unanswered),
            },
        {
          ...acceptQueue,
          words: 'the accept queue of the server was full',
          ...(acceptQueue.cost !== undefined && { cost: 2 }),
        },
      ]),
      packets: numbers(...before, answer),
      decides: 'ListenOverflows on the server: it grows with each SYN that a full accept queue drops; a capture there',
      clause: 'RFC 6298 §2.1 · linux: tcp_retransmit_timer, tcp_conn_request',
    },
  ]
}
