/**
 * An earlier connection of the same ports that the server still has (the client was rebooted, or a NAT gave the port to another
 * host): it answers the first SYN with a challenge ACK of its own numbers, the client resets that, and a SYN repeated later
 * opens anew. RFC 9293 §3.5.1, §3.10.7.4, RFC 5961 §4 · linux: tcp_validate_incoming, tcp_timewait_state_process
 */
import { add, type Seq } from '../../../model/index.ts'
import type { Observation } from '../packets/observation.ts'
import { assuming, type Reading } from './reading.ts'

export function* earlierConnection(plain: Reading): Generator<Reading> {
  const challenges = challengesIn(plain.packets)
  if (challenges.length === 0) return
  const numbers = challenges.map(({ packet }) => packet)
  yield assuming(
    plain,
    { packets: plain.packets.map((o) => (numbers.includes(o.packet) ? { ...o, forged: true as const } : o)) },
    {
      id: 'earlier-connection',
      packets: numbers,
      ceiling: 'conforms',
      words: `the server still has an earlier connection of the same ports (ESTABLISHED, FIN_WAIT2 or TIME_WAIT): packet ${numbers.join(', ')} is its challenge ACK to the SYN`,
    },
  )
}

/** Bare ACKs of the server to a SYN, before it has answered that with its own: of other numbers than those of the SYN. */
const challengesIn = (packets: readonly Observation[]): Observation[] => {
  const found: Observation[] = []
  let wanted: Seq | undefined
  for (const o of packets) {
    if (o.from === 'client' && o.flags === 'S' && o.seq !== undefined) wanted = add(o.seq, 1)
    else if (o.from === 'server' && o.flags === '.' && o.len === 0 && wanted !== undefined && o.ack !== wanted)
      found.push(o)
    else if (o.from === 'server' || o.flags !== 'R') break
  }
  return found
}
