/** From a captured frame to a packet. */
import type { Endpoint, Packet } from '../capture.ts'
import { readIp, type Skipped } from './ip.ts'
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
}

/** Addresses and ports repeat in a capture, so one object each is enough. */
export type Intern = (address: string, port: number) => Endpoint

export const intern = (): Intern => {
  const known = new Map<string, Map<number, Endpoint>>()
  return (address, port) => {
    const ports = known.get(address) ?? new Map<number, Endpoint>()
    known.set(address, ports)
    const endpoint = ports.get(port) ?? { address, port }
    ports.set(port, endpoint)
    return endpoint
  }
}

/** Decodes a frame, or says why it holds no usable TCP segment. Checksums are not looked at: offloading leaves them wrong. */
export const readFrame = (data: DataView, frame: Frame, endpoint: Intern): Packet | Skipped => {
  const { start, end } = frame
  const ip = linkLayer(frame.linkType)?.(data, start, end) ?? 'not IP'
  if (typeof ip === 'string') return ip
  const payload = readIp(data, ip, end, start + Math.max(frame.originalLength, end - start))
  if (typeof payload === 'string') return payload
  const tcp = readTcp(data, payload.start, Math.min(end, payload.end))
  if (tcp === 'malformed') return tcp
  if (tcp === 'cut') return payload.end - payload.start < 20 ? 'malformed' : 'cut before its TCP header ends'
  const length = payload.end - payload.start - tcp.headerLength
  if (length < 0) return 'malformed'
  const { sourcePort, destinationPort, headerLength: _, truncated, ...fields } = tcp
  return {
    number: frame.number,
    ...(frame.time === undefined ? {} : { time: frame.time }),
    source: endpoint(payload.source, sourcePort),
    destination: endpoint(payload.destination, destinationPort),
    ...fields,
    length,
    ...(truncated ? { truncated } : {}),
  }
}
