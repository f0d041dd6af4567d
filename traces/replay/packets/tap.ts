/** Where the capture was taken, judged by which end answers without delay. */
import { type Connection, fromClient, type Packet } from '../../capture.ts'
import { packetAt, packetCount } from '../../readers/connections.ts'
import { type Observation, observationsOf } from './observation.ts'

export type Tap = 'client' | 'server' | 'middle' | 'unknown'

/**
 * Round trips of the handshake, in seconds: from SYN to SYN+ACK to the server and back, from SYN+ACK to ACK to the client and
 * back. Of packets that are repeated the last copy counts.
 */
export const waysOf = (
  observations: readonly Observation[],
): { readonly toServer: number; readonly toClient: number } | undefined => {
  const isSynAck = (o: Observation): boolean => o.flags === 'S.' && o.from === 'server'
  const answer = observations.findIndex(isSynAck)
  const third = observations.findIndex((o, i) => o.flags === '.' && o.from === 'client' && i > answer)
  if (answer < 0 || third < 0) return undefined
  const syn = observations.slice(0, answer).findLast((o) => o.flags === 'S' && o.from === 'client')
  const last = observations.slice(0, third).findLast(isSynAck)
  const [ack, synAck] = [observations[third], observations[answer]]
  if (syn?.time === undefined || synAck?.time === undefined) return undefined
  if (last?.time === undefined || ack?.time === undefined) return undefined
  return { toServer: synAck.time - syn.time, toClient: ack.time - last.time }
}

export const tapOf = (observations: readonly Observation[]): Tap => {
  const ways = waysOf(observations)
  if (ways === undefined) return 'unknown'
  const { toServer, toClient } = ways
  if (toServer > 10 * toClient) return 'client'
  if (toClient > 10 * toServer) return 'server'
  return 'middle'
}

/** Where all of them were taken: many short round trips together decide what one leaves open. */
export const tapOfAll = (connections: readonly Connection[]): Tap => {
  const openings = connections.map(openingOf)
  const told = openings.map(tapOf).filter((tap) => tap !== 'unknown')
  const count = (tap: Tap): number => told.filter((t) => t === tap).length
  const most = told.reduce<Tap>((best, tap) => (count(tap) > count(best) ? tap : best), 'unknown')
  if (most !== 'middle') return most
  const ratios = openings.flatMap((o) => waysOf(o) ?? []).map(({ toServer, toClient }) => toServer / toClient)
  const middle = ratios.sort((a, b) => a - b)[ratios.length >> 1]
  if (middle === undefined || ratios.length < MANY) return most
  return middle > CLEAR ? 'client' : middle < 1 / CLEAR ? 'server' : most
}

/** The packets until the handshake is over; all, where it is not seen. */
export const openingOf = (c: Connection): Observation[] => {
  const isSynAck = ({ flags }: Packet): boolean => /S.*\./.test(flags) && !/[FR]/.test(flags)
  const isAck = ({ flags }: Packet): boolean => flags.includes('.') && !/[SFR]/.test(flags)
  const packets: Packet[] = []
  let isAnswered = false
  let isOver = false
  for (let i = 0; i < packetCount(c) && !isOver; i++) {
    const p = packetAt(c, i)!
    isOver = isAnswered && isAck(p) && fromClient(c, p)
    isAnswered ||= isSynAck(p) && !fromClient(c, p)
    packets.push(p)
  }
  return observationsOf({ ...headOf(c), packets })
}

const headOf = ({ id, client, server, clientKnownBy, numbering }: Connection) => ({
  id,
  client,
  server,
  clientKnownBy,
  numbering,
})

/** How many handshakes decide together, and by which ratio of their round trips. */
const MANY = 3
const CLEAR = 3
