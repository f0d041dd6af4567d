/** An answer that comes back without being translated: the client has no such socket. RFC 3022 §4.1 */
import { endpointText } from '../capture.ts'
import type { LegPair } from '../legs/legs.ts'
import { type Diagnosis, judged } from './diagnosis.ts'
import type { Talk } from './talk.ts'

/** Of both legs the same is told: the SYN of the near one is unanswered, the SYN+ACK of the far one is reset. */
export const untranslatedAnswer = ({ around, connection }: Talk): Diagnosis[] => {
  const pair = around.legs?.of(connection.id)
  if (pair === undefined) return []
  const { near, far } = pair
  if (near.answer !== undefined || far.answer === undefined || !far.answer.flags.includes('S')) return []
  return [untranslated(pair, far.answer.number)]
}

const untranslated = ({ near, far }: LegPair, answer: number): Diagnosis => ({
  id: 'untranslated-answer',
  words:
    (near.syn.number === far.syn.number
      ? `the SYN to ${endpointText(near.server)} (packet ${near.syn.number}) is answered from ${endpointText(far.server)} (packet ${answer}), an address that the client did not call`
      : `the SYN to ${endpointText(near.server)} (packet ${near.syn.number}) is passed on to ${endpointText(far.server)} (packet ${far.syn.number}), ` +
        `but the SYN+ACK (packet ${answer}) comes back as it is, from an address that the client did not call`) +
    `${far.reset ? `: the client has no such socket and resets it (packet ${far.reset.number})` : ''}`,
  ...judged([
    {
      words:
        'the answer bypasses the translation: the server reaches the client by another way than through the host that translates (same subnet, no SNAT or masquerade)',
      cost: 1,
    },
    {
      words:
        'the host that translates takes the answer for INVALID and passes it on untranslated (conntrack: nf_conntrack_tcp_be_liberal, a lost or full table)',
      cost: 1,
    },
    // The SYN on its way from one address to the other shows that it was translated; without it, none may have been.
    ...(near.syn.number === far.syn.number
      ? [{ words: 'the server has both addresses, and answers from the wrong one', cost: 1 }]
      : []),
  ]),
  packets: [...new Set([near.syn.number, far.syn.number]), answer, ...(far.reset ? [far.reset.number] : [])],
  decides:
    '`conntrack -L` and `conntrack -S` (invalid, insert_failed) on the host that translates; the route from the server back to the client',
  clause: 'RFC 3022 §4.1, RFC 9293 §3.10.7.1 · linux: nf_conntrack_tcp_packet, tcp_v4_send_reset',
})
