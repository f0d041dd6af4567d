/** A RST in the handshake that its end did not send: it answers the same SYN with a SYN+ACK afterwards. RFC 9293 §3.10.7 */
import { type Diagnosis, judged } from './diagnosis.ts'
import { oddTraits } from './reset-form.ts'
import { has, numbers, type Talk } from './talk.ts'

export const forgedRst = (talk: Talk): Diagnosis[] => {
  const { said } = talk
  const syn = said.find((s) => s.from === 'client' && s.flags === 'S')
  const reset = syn && said.find((s) => s.at > syn.at && s.from === 'server')
  if (syn === undefined || reset === undefined || !has(reset, 'R')) return []
  const answer = said.find((s) => s.at > reset.at && s.from === 'server' && s.flags === 'S.' && s.ack === syn.end)
  // A SYN in between asks anew.
  if (answer === undefined || said.some((s) => s.at > reset.at && s.at < answer.at && s.flags === 'S')) return []
  const traits = [
    ...(reset.ack !== undefined && reset.ack !== syn.end
      ? ['its acknowledgment number is none of an answer to the SYN']
      : []),
    ...oddTraits(talk, reset),
  ]
  return [
    {
      id: 'forged-RST',
      words: `packet ${reset.packet}, a RST, was not sent by the server: the server answers the same SYN with a SYN+ACK (packet ${answer.packet})${traits.length > 0 ? `; ${traits.join(', ')}` : ''}`,
      ...judged([
        { words: 'something between the ends (a firewall, an intrusion prevention system) sent the RST', cost: 1 },
        { words: 'two hosts answer for the address of the server: one has no such port', cost: 2 },
      ]),
      packets: numbers(syn, reset, answer),
      decides: `a capture at the server: whether packet ${reset.packet} leaves it`,
      clause: 'RFC 9293 §3.10.7.1, §3.10.7.2 · linux: tcp_v4_send_reset, tcp_conn_request',
    },
  ]
}
