/** From a captured frame to a packet. */
import type { Endpoint, Packet } from '../capture.ts'
import type { Fragments } from './fragments.ts'
import { type IpPayload, readIp, type Skipped } from './ip.ts'
import { linkLayer } from './link.ts'
import { readTcp } from './tcp.ts'

/** A frame as the file gives it. `start` and `end` bound its captured bytes, which may be fewer than were on the wire. */
export interface Frame {
  readonly number: number
  readonly time?: number
  readonly linkType: number
  readonly start: number
  readonly end: number
  /** Bytes on the wire. */
  readonly originalLength: number
  /** The number of the interface, where a capture may have several. */
  readonly interfaceId?: number
}

/** Addresses and ports repeat in a capture, so one object each is enough. */
export type Intern = (address: string, port: number) => Endpoint

export const intern = (): Intern => {
  const known = new Map<string, Map<number, Endpoint>>()
  return (address, port) => {
    let ports = known.get(address)
    if (ports === undefined) {
      ports = new Map()
      known.set(address, ports)
    }
    let endpoint = ports.get(port)
    if (endpoint === undefined) {
      endpoint = { address, port }
      ports.set(port, endpoint)
    }
    return endpoint
  }
}

/**
 * Decodes a frame, or says why it holds no usable TCP segment. Checksums are not looked at: offloading leaves them wrong.
 * The pieces of a datagram wait in `fragments` for the last of them.
 */
export const readFrame = (data: DataView, frame: Frame, endpoint: Intern, fragments: Fragments): Packet | Skipped => {
  const { start, end } = frame
  const at = linkLayer(frame.linkType)?.(data, start, end) ?? 'not IP'
  if (typeof at === 'string') return at
  const ip = readIp(data, at, end, start + Math.max(frame.originalLength, end - start))
  if (typeof ip === 'string') return ip
  if (ip.fragment === undefined) return readSegment(data, frame, ip, Math.min(end, ip.end), endpoint)
  const { start: from, end: to } = ip
  const piece = { ...ip.fragment, start: from, end: to, captured: Math.min(end, to) }
  const whole = fragments.add(data, piece)
  if (whole === undefined) return 'a piece of a datagram'
  const { head, length } = whole
  return readSegment(head, frame, { ...ip, start: 0, end: length }, head.byteLength, endpoint)
}

/** @param captured where the captured bytes of it end */
const readSegment = (
  data: DataView,
  frame: Frame,
  { source, destination, hops, identification, start, end }: IpPayload,
  captured: number,
  endpoint: Intern,
): Packet | Skipped => {
  const tcp = readTcp(data, start, captured)
  if (tcp === 'malformed') return tcp
  if (tcp === 'cut') return end - start < 20 ? 'malformed' : 'cut before its TCP header ends'
  const length = end - start - tcp.headerLength
  if (length < 0) return 'malformed'
  const { flags, window, options, acknowledgment } = tcp
  // Members one by one: captures have millions, and spreading them takes long.
  const packet: { -readonly [K in keyof Packet]: Packet[K] } = {
    number: frame.number,
    source: endpoint(source, tcp.sourcePort),
    destination: endpoint(destination, tcp.destinationPort),
    sequence: tcp.sequence,
    flags,
    window,
    options,
    length,
    hops,
  }
  if (frame.time !== undefined) packet.time = frame.time
  if (acknowledgment !== undefined) packet.acknowledgment = acknowledgment
  if (identification !== undefined) packet.identification = identification
  if (tcp.truncated) packet.truncated = true
  return packet
}
