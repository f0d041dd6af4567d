/**
 * Connections written as lines: the sender (`>` the client), the flags, `seq:len`, and what else a packet tells. What a line
 * leaves out the packet does not tell.
 *
 * @example
 * observed('> S 99 @0', '< S. 499 ack=100 @0.1', '> . 100 ack=500 @0.2', '> P. 100:10 ack=500 ts=7')
 */
import { type Seq, seq } from '../../../model/index.ts'
import type { Connection, Packet, TcpOptions } from '../../capture.ts'
import { type Observation, observationsOf } from '../packets/observation.ts'

export const CLIENT = { address: '192.0.2.1', port: 40_000 }
export const SERVER = { address: '192.0.2.2', port: 502 }

export const connectionOf = (...lines: readonly string[]): Connection => ({
  id: 0,
  client: CLIENT,
  server: SERVER,
  clientKnownBy: 'SYN',
  numbering: { client: 'absolute', server: 'absolute' },
  packets: lines.map((line, i) => packetOf(line, i + 1)),
})

/** Numbered from 1. */
export const observed = (...lines: readonly string[]): Observation[] => observationsOf(connectionOf(...lines))

/** The handshake of the example above: the client's text begins at 100, the server's at 500. */
export const HANDSHAKE = ['> S 99', '< S. 499 ack=100', '> . 100 ack=500'] as const

const packetOf = (line: string, number: number): Packet => {
  const [from, flags, ...tokens] = line.split(' ')
  const place = tokens.find((t) => /^\d+(:\d+)?$/.test(t))
  const [first, length = '0'] = place?.split(':') ?? []
  const told = Object.fromEntries(tokens.filter((t) => t.includes('=')).map((t) => t.split('=') as [string, string]))
  const time = tokens.find((t) => t.startsWith('@'))?.slice(1)
  const options = optionsOf(told, tokens.includes('sackOK'))
  const [source, destination] = from === '>' ? [CLIENT, SERVER] : [SERVER, CLIENT]
  return {
    number,
    source,
    destination,
    flags: flags!,
    length: Number(length),
    ...(time !== undefined && { time: Number(time) }),
    ...(first !== undefined && { sequence: seq(Number(first)) }),
    ...(told.ack !== undefined && { acknowledgment: seq(Number(told.ack)) }),
    ...(told.win !== undefined && { window: Number(told.win) }),
    ...(told.ttl !== undefined && { hops: Number(told.ttl) }),
    ...(told.id !== undefined && { identification: Number(told.id) }),
    ...(Object.keys(options).length > 0 && { options }),
  }
}

const optionsOf = ({ ts, sack, mss, ws }: Readonly<Record<string, string>>, sackPermitted: boolean): TcpOptions => ({
  ...(ts !== undefined && { timestamp: { value: Number(ts), echo: 0 } }),
  ...(sack !== undefined && { sack: sack.split(',').map((block) => block.split('-').map(Number) as [Seq, Seq]) }),
  ...(mss !== undefined && { mss: Number(mss) }),
  ...(ws !== undefined && { windowScale: Number(ws) }),
  ...(sackPermitted && { sackPermitted: true as const }),
})
