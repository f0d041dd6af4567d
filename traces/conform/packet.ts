/** Packets of IPv4 as the suite reads them: what a segment says, and whether its checksum is right. */
import type { Flags, Segment, Seq } from '../../model/index.ts'
import { readIp } from '../readers/ip.ts'
import { modelled } from '../readers/modelled.ts'
import { readTcp } from '../readers/tcp.ts'

export interface Heard {
  readonly source: string
  readonly destination: string
  readonly sourcePort: number
  readonly destinationPort: number
  readonly segment: Segment
  /** The field as it was sent, not scaled. */
  readonly window: number
  readonly checksum: 'right' | 'wrong'
}

/** Undefined for what is no TCP over IPv4. */
export const heardIn = (packet: Uint8Array): Heard | undefined => {
  const data = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  const ip = readIp(data, 0, packet.length, packet.length)
  if (typeof ip === 'string' || ip.fragment !== undefined || packet[0]! >> 4 !== 4) return undefined
  const end = Math.min(ip.end, packet.length)
  const tcp = readTcp(data, ip.start, end)
  if (typeof tcp === 'string') return undefined
  const flags = tcp.flags.replace(/[PUEW]/g, '') as Flags
  const segment: Segment = {
    flags,
    seq: tcp.sequence,
    ...(tcp.acknowledgment === undefined ? {} : { ack: tcp.acknowledgment }),
    len: end - ip.start - tcp.headerLength,
    options: modelled(tcp.options),
  }
  const { source, destination } = ip
  const { sourcePort, destinationPort, window } = tcp
  const checksum = sumOf(packet, ip.start, end) === 0xffff ? 'right' : 'wrong'
  return { source, destination, sourcePort, destinationPort, segment, window, checksum }
}

/** The one's complement sum over pseudo-header and segment: all ones where the checksum is right. RFC 9293 §3.1, RFC 1071 */
const sumOf = (packet: Uint8Array, start: number, end: number): number => {
  let sum = 6 + end - start
  for (let i = 12; i < 20; i += 2) sum += packet[i]! * 256 + packet[i + 1]!
  for (let i = start; i < end; i += 2) sum += packet[i]! * 256 + (i + 1 < end ? packet[i + 1]! : 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return sum
}

/** How far a number is from its base, or the number itself where that is far: other ends count from elsewhere. */
const from = (base: Seq | undefined, n: number): string => {
  if (base === undefined) return `${n}`
  const by = ((n - base + 2 ** 31) >>> 0) - 2 ** 31
  return Math.abs(by) < 2 ** 22 ? `${by}` : n === 0 ? '0 (absolute)' : 'elsewhere'
}

/** tcpdump's notation, each number relative to the first of its own direction. */
export const shown = (s: Segment, own: Seq | undefined, other: Seq | undefined): string => {
  const at = from(own, s.seq)
  const ack = s.ack === undefined ? '' : ` ack ${from(other, s.ack)}`
  return `[${s.flags}] seq ${at}${ack}${s.len > 0 ? ` length ${s.len}` : ''}`
}
