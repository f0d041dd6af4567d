/** Where the capture was taken, judged by which end answers at once. */
import type { Observation } from './observation.ts'

export type Tap = 'client' | 'server' | 'middle' | 'unknown'

/** The handshake tells: SYN to SYN+ACK is the way to the server and back, SYN+ACK to ACK the way to the client and back. */
export const tapOf = (observations: readonly Observation[]): Tap => {
  const syn = observations.find((o) => o.flags === 'S' && o.from === 'client')
  const synAck = observations.find((o) => o.flags === 'S.' && o.from === 'server')
  const ack = observations.find((o, i) => o.flags === '.' && o.from === 'client' && i > observations.indexOf(synAck!))
  if (syn?.time === undefined || synAck?.time === undefined || ack?.time === undefined) return 'unknown'
  const [toServer, toClient] = [synAck.time - syn.time, ack.time - synAck.time]
  if (toServer > 10 * toClient) return 'client'
  if (toClient > 10 * toServer) return 'server'
  return 'middle'
}
