/** IPv4 (RFC 791 §3.1) and IPv6 (RFC 8200 §3, §4) as far as the way to TCP. */
import { addressText4, addressText6 } from './address.ts'
import type { Fragment } from './fragments.ts'

/** Where the TCP segment lies. `end` is where it ends on the wire; the capture may end earlier. */
export interface IpPayload {
  readonly source: string
  readonly destination: string
  readonly hops: number
  readonly identification?: number
  readonly start: number
  readonly end: number
  /** It is a piece of a larger datagram. */
  readonly fragment?: Pick<Fragment, 'of' | 'offset' | 'more'>
}

/** Why a frame holds no segment that can be used; the sentence is for the notes of the capture. */
export type Skipped =
  | 'not IP'
  | 'not TCP'
  | 'a piece of a datagram'
  | 'captured twice'
  | 'cut before its TCP header ends'
  | 'malformed'

const TCP = 6
const MORE = 0x2000
const OFFSET = 0x1fff

/**
 * @param captured where the captured bytes end
 * @param onWire where the frame ended on the wire
 */
export const readIp = (data: DataView, start: number, captured: number, onWire: number): IpPayload | Skipped => {
  if (start >= captured) return 'cut before its TCP header ends'
  const version = data.getUint8(start) >> 4
  if (version === 4) return readIpv4(data, start, captured, onWire)
  if (version === 6) return readIpv6(data, start, captured, onWire)
  return 'not IP'
}

const readIpv4 = (data: DataView, start: number, captured: number, onWire: number): IpPayload | Skipped => {
  if (captured - start < 20) return 'cut before its TCP header ends'
  const headerLength = (data.getUint8(start) & 0xf) * 4
  const total = data.getUint16(start + 2)
  if (headerLength < 20 || (total !== 0 && total < headerLength)) return 'malformed'
  if (data.getUint8(start + 9) !== TCP) return 'not TCP'
  const source = addressText4(data, start + 12)
  const destination = addressText4(data, start + 16)
  const flags = data.getUint16(start + 6)
  const isPiece = (flags & (MORE | OFFSET)) !== 0
  const identification = data.getUint16(start + 4)
  const payload = {
    source,
    destination,
    hops: data.getUint8(start + 8),
    identification,
    start: start + headerLength,
    // Segmentation offload hands the tap packets whose total length is still 0.
    end: total === 0 ? onWire : start + total,
  }
  if (!isPiece) return payload
  const of = `${source} ${destination} ${identification}`
  return { ...payload, fragment: { of, offset: (flags & OFFSET) * 8, more: (flags & MORE) !== 0 } }
}

const HOP_BY_HOP = 0
const ROUTING = 43
const FRAGMENT = 44
const AUTHENTICATION = 51
const DESTINATION = 60

const readIpv6 = (data: DataView, start: number, captured: number, onWire: number): IpPayload | Skipped => {
  if (captured - start < 40) return 'cut before its TCP header ends'
  const payload = data.getUint16(start + 4)
  const end = payload === 0 ? onWire : start + 40 + payload
  let next = data.getUint8(start + 6)
  let at = start + 40
  const source = addressText6(data, start + 8)
  const destination = addressText6(data, start + 24)
  let fragment: IpPayload['fragment']
  while (next !== TCP) {
    const extension = [HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION].includes(next)
    if (!extension) return 'not TCP'
    if (captured - at < 8) return 'cut before its TCP header ends'
    if (next === FRAGMENT && data.getUint16(at + 2) & 0xfff9) {
      if (data.getUint8(at) !== TCP) return 'not TCP'
      const flags = data.getUint16(at + 2)
      const of = `${source} ${destination} ${data.getUint32(at + 4)}`
      fragment = { of, offset: flags & 0xfff8, more: (flags & 1) !== 0 }
    }
    const units = data.getUint8(at + 1)
    const length = next === FRAGMENT ? 8 : next === AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8
    next = data.getUint8(at)
    at += length
  }
  const hops = data.getUint8(start + 7)
  return { source, destination, hops, start: at, end, ...(fragment && { fragment }) }
}
