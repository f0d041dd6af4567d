/** A SYN that meets an earlier connection of the same ports at the server. RFC 9293 §3.5.1, figure 10; RFC 5961 §4 */
import { type Diagnosis, judged } from './diagnosis.ts'
import { silenceBefore } from './reset-form.ts'
import { covers, has, numbers, type Said, type Talk } from './talk.ts'

export const earlierConnection = (talk: Talk): Diagnosis[] => {
  const { said } = talk
  const challenge = said.find((s) => isChallenge(talk, s))
  const syn = challenge && synBefore(talk, challenge)
  if (challenge === undefined || syn === undefined) return []
  const reset = said.find((s) => s.at > challenge.at && s.from === 'client' && has(s, 'R') && s.seq === challenge.ack)
  const opened = said.find((s) => s.at > challenge.at && s.from === 'server' && s.flags === 'S.' && covers(s, syn.end))
  const shown = said.some((s) => s.at < syn.at)
  const silence = shown ? silenceBefore(talk, syn) : undefined
  const after = silence === undefined ? '' : `, ${silence.toFixed(1)} s after its last packet`
  const challenges = said.filter((s) => isChallenge(talk, s))
  const refused = opened === undefined && challenges.length > 1
  return [
    {
      id: refused ? 'port-reuse-refused' : 'earlier-connection',
      words:
        `the SYN (packet ${syn.packet}) meets an earlier connection of the same ports, which the server still has${after}: packet ${challenge.packet} is a challenge ACK of that one` +
        `${reset ? `, which the client resets (packet ${reset.packet})` : ''}${opened ? `; the SYN that is repeated opens anew (packet ${opened.packet})` : ''}${refused ? `; so are ${challenges.length - 1} more (packets ${numbers(...challenges.slice(1)).join(', ')}), and no SYN opens anew: the RSTs of the client do not come to the server, or it sends none` : ''}`,
      ...judged([
        {
          words: 'the client was restarted, or used the port again, without having closed the earlier connection',
          cost: 1,
        },
        {
          words: 'a NAT has given the port to another connection before the server had ended the earlier one',
          cost: 1,
        },
      ]),
      packets: numbers(syn, challenge, reset, opened),
      decides: `\`ss -tan\` on the server before the SYN: the same ports in ESTABLISHED, FIN_WAIT2 or TIME_WAIT; keepalives there end such connections; TCPSYNChallenge and TCPChallengeACK grow with each`,
      clause: 'RFC 9293 §3.5.1, RFC 5961 §4.2 · linux: tcp_validate_incoming, tcp_send_challenge_ack',
    },
  ]
}

/** A bare ACK of the server, right after a SYN that it does not acknowledge. */
const isChallenge = (talk: Talk, s: Said): boolean => {
  if (s.from !== 'server' || s.flags !== '.' || s.len > 0 || s.ack === undefined) return false
  const syn = synBefore(talk, s)
  return syn !== undefined && s.ack !== syn.end
}

/** The client's SYN that nothing else has followed. */
const synBefore = ({ said }: Talk, s: Said): Said | undefined => {
  const last = said[s.at - 1]
  return last?.from === 'client' && last.flags === 'S' ? last : undefined
}
