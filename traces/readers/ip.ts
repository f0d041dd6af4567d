/** IPv4 (RFC 791 §3.1) and IPv6 (RFC 8200 §3, §4) as far as the way to TCP. */
import { addressText4, addressText6 } from './address.ts'

/** Where the TCP segment lies. `end` is where it ends on the wire; the capture may end earlier. */
export interface IpPayload {
  readonly source: string
  readonly destination: string
  readonly start: number
  readonly end: number
}

/** Why a frame holds no segment that can be used; the sentence is for the notes of the capture. */
export type Skipped = 'not IP' | 'not TCP' | 'an IP fragment' | 'cut before its TCP header ends' | 'malformed'

const TCP = 6

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
  // More Fragments, or an offset.
  if (data.getUint16(start + 6) & 0x3fff) return 'an IP fragment'
  return {
    source: addressText4(data, start + 12),
    destination: addressText4(data, start + 16),
    start: start + headerLength,
    // Segmentation offload hands the tap packets whose total length is still 0.
    end: total === 0 ? onWire : start + total,
  }
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
  while (next !== TCP) {
    const extension = [HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION].includes(next)
    if (!extension) return 'not TCP'
    if (captured - at < 8) return 'cut before its TCP header ends'
    if (next === FRAGMENT && data.getUint16(at + 2) & 0xfff9) return 'an IP fragment'
    const units = data.getUint8(at + 1)
    const length = next === FRAGMENT ? 8 : next === AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8
    next = data.getUint8(at)
    at += length
  }
  return { source: addressText6(data, start + 8), destination: addressText6(data, start + 24), start: at, end }
}
