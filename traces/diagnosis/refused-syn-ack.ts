/** A SYN+ACK that meets no socket of the client: RFC 9293 §3.10.7.1 has it reset. */
import { type Diagnosis, judged } from './diagnosis.ts'
import { has, numbers, type Said, type Talk, times } from './talk.ts'

/** The client's answers to the SYN+ACKs are RSTs, and nothing else came from it after its SYN. */
export const synAckRefused = (talk: Talk): Diagnosis[] => {
  const { said } = talk
  const answers = said.filter((s) => s.from === 'server' && s.flags === 'S.')
  const [first, ...again] = answers
  const reset = said.find((s) => s.from === 'client' && has(s, 'R'))
  if (first === undefined || reset === undefined || reset.at < first.at) return []
  const syn = said.find((s) => s.from === 'client' && s.flags === 'S')
  const between = said.filter((s) => s.from === 'client' && s.at > first.at && !has(s, 'R'))
  const repeats = between.filter((s) => s.flags === 'S' && s.seq === syn?.seq)
  if (between.length > repeats.length || said.some((s) => s.from === 'server' && s.flags !== 'S.')) return []
  if (reset.flags !== 'R' || !answers.some((s) => s.ack === reset.seq)) return []
  const repeat = repeats.find((s) => s.at > reset.at)
  if (repeat === undefined && repeats.length > 0) return []
  return again.length > 0 && repeat === undefined
    ? [tooLate(talk, { first, again, reset })]
    : refusedAtOnce(talk, { syn, first, reset, repeat })
}

interface TooLate {
  readonly first: Said
  readonly again: readonly Said[]
  readonly reset: Said
}

const tooLate = ({ tap }: Talk, { first, again, reset }: TooLate): Diagnosis => {
  const last = again.filter((s) => s.at < reset.at).at(-1) ?? first
  const before = again.length - (last === first ? 0 : 1)
  const seconds =
    first.time === undefined || reset.time === undefined
      ? ''
      : ` ${(reset.time - first.time).toFixed(1)} s after the first`
  const lost = `the SYN+ACKs before packet ${last.packet} were lost or dropped on the way, and the client gave up meanwhile`
  return {
    id: 'SYN-ACK-too-late',
    words: `the server repeats its SYN+ACK ${times(again.length)}; ${before > 0 ? `the first ${before + 1 > 1 ? 'ones are' : 'one is'} unanswered, and the last` : 'the last'}, packet ${last.packet}, meets a closed socket${seconds}: packet ${reset.packet} resets it`,
    ...judged([
      tap === 'client'
        ? { words: lost, ruledOut: 'the capture was taken at the client: they arrived there' }
        : { words: lost, cost: 1 },
      {
        words:
          'a firewall of the client drops SYN+ACKs of a connection that it does not know, until it lets one through',
        cost: 2,
      },
      { words: 'the client closed its socket before the first SYN+ACK came, and its RSTs to them are lost', cost: 2 },
    ]),
    packets: numbers(first, ...again, reset),
    decides: 'a capture at the client: whether the SYN+ACKs arrive there; `ss -tan state syn-sent` there meanwhile',
    clause: 'RFC 9293 §3.10.7.1 · linux: tcp_v4_send_reset, reqsk_timer_handler',
  }
}

interface Refused {
  readonly syn: Said | undefined
  readonly first: Said
  readonly reset: Said
  /** The SYN again, after the RST: its socket still waits, so that it has not sent the RST. */
  readonly repeat: Said | undefined
}

const ANOTHER_ADDRESS =
  'the SYN+ACK comes from another address than the client called: addresses are translated one way only (NAT)'

const refusedAtOnce = ({ around, connection }: Talk, { syn, first, reset, repeat }: Refused): Diagnosis[] => {
  const pair = around.legs?.of(connection.id)
  if (pair !== undefined && pair.near.answer === undefined) return [] // told of the pair: untranslatedAnswer
  if (syn === undefined) return []
  const refused = `the SYN+ACK, packet ${first.packet}, meets no socket of the client: packet ${reset.packet} resets it`
  const waits = `the socket still waits and repeats its SYN (packet ${repeat?.packet})`
  return [
    {
      id: 'SYN-ACK-refused',
      words: repeat === undefined ? refused : `${refused}, but ${waits}`,
      ...judged([
        {
          words: 'the SYN comes from a scanner or a health check that only wants to know whether the port is open',
          ...(repeat ? { ruledOut: waits } : { cost: 1 }),
        },
        {
          words: 'the client closed its socket (or its connect() was interrupted) before the SYN+ACK came',
          ...(repeat ? { ruledOut: waits } : { cost: 1 }),
        },
        { words: ANOTHER_ADDRESS, cost: repeat ? 1 : 2 },
        ...(repeat ? [{ words: 'something between client and server sends the RST', cost: 2 }] : []),
      ]),
      packets: numbers(syn, first, reset, ...(repeat ? [repeat] : [])),
      decides: 'what the client does with the port; the address that it called (`ss -tan state syn-sent` there)',
      clause: 'RFC 9293 §3.10.7.1 · linux: tcp_v4_send_reset',
    },
  ]
}
