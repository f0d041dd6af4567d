/**
 * A socket that is connected to itself: connect() to its own address and port, as happens on loopback where the system chooses the
 * port. Its SYN meets itself (RFC 9293 §3.5, figure 8), and one socket is both ends: what it sends comes to it.
 */
import { sameEndpoint } from '../../capture.ts'
import type { Observation } from '../packets/observation.ts'
import { assuming, type Captured, type Reading } from './reading.ts'

/** Every packet is sent by the socket, and comes to it afterwards. */
export const selfConnected = (r: Reading, { connection }: Captured): Reading => {
  if (!sameEndpoint(connection.client, connection.server)) return r
  const packets = r.packets.flatMap((o): Observation[] => {
    const sent: Observation = { ...o, from: 'client' }
    return [sent, { ...sent, from: 'server', inferred: true }]
  })
  const words =
    'the socket is connected to itself: its SYN meets itself (simultaneous open, RFC 9293 §3.5), and one socket is both ends'
  return assuming(r, { packets }, { id: 'self-connect', packets: [], ceiling: 'conforms', words })
}
