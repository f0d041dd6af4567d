/** Builders for captures, byte by byte. Everything is big-endian unless it says otherwise. */

export const bytes = (...parts: readonly (number | readonly number[] | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])))

export const u16 = (value: number, little = false): number[] => order([value >>> 8, value], little)
export const u32 = (value: number, little = false): number[] =>
  order([value >>> 24, value >>> 16, value >>> 8, value], little)

const order = (big: number[], little: boolean): number[] => {
  const masked = big.map((byte) => byte & 0xff)
  return little ? masked.reverse() : masked
}

interface Segment {
  readonly from?: number
  readonly to?: number
  readonly seq?: number
  readonly ack?: number
  readonly flags?: number
  readonly window?: number
  readonly options?: readonly number[]
  readonly payload?: number
}

export const SYN = 0x02
export const ACK = 0x10

export const tcp = ({
  from = 40_000,
  to = 502,
  seq = 1000,
  ack = 0,
  flags = SYN,
  window = 64_240,
  options = [],
  payload = 0,
}: Segment = {}): Uint8Array =>
  bytes(
    u16(from),
    u16(to),
    u32(seq),
    u32(ack),
    ((20 + options.length) / 4) << 4,
    flags,
    u16(window),
    u16(0),
    u16(0),
    options,
    new Uint8Array(payload),
  )

/** An IPv4 packet from 10.0.0.1 to 10.0.0.2. */
export const ipv4 = (
  payload: Uint8Array,
  { protocol = 6, fragment = 0, options = [] as readonly number[], total = -1 } = {},
): Uint8Array => {
  const headerLength = 20 + options.length
  const length = total >= 0 ? total : headerLength + payload.length
  return bytes(
    0x40 + headerLength / 4,
    0,
    u16(length),
    u32(fragment),
    64,
    protocol,
    u16(0),
    [10, 0, 0, 1],
    [10, 0, 0, 2],
    options,
    payload,
  )
}

/** An IPv6 packet from 2001:db8::1 to 2001:db8::2. */
export const ipv6 = (payload: Uint8Array, next = 6): Uint8Array =>
  bytes(u32(0x6000_0000), u16(payload.length), next, 64, host6(1), host6(2), payload)

const host6 = (last: number): number[] => [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last]

export const ethernet = (payload: Uint8Array, type = 0x0800): Uint8Array =>
  bytes(new Uint8Array(12), u16(type), payload)

interface PcapOptions {
  readonly little?: boolean
  readonly nanoseconds?: boolean
  readonly linkType?: number
  readonly version?: number
}

export interface PcapRecord {
  readonly data: Uint8Array
  /** Bytes on the wire, if the snaplen cut some. */
  readonly original?: number
  readonly time?: readonly [seconds: number, fraction: number]
}

export const pcap = (
  records: readonly PcapRecord[],
  { little = true, nanoseconds = false, linkType = 1, version = 2 }: PcapOptions = {},
): Uint8Array =>
  bytes(
    u32(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, little),
    u16(version, little),
    u16(4, little),
    u32(0),
    u32(0),
    u32(65_535, little),
    u32(linkType, little),
    ...records.map(({ data, original = data.length, time = [0, 0] }) =>
      bytes(u32(time[0], little), u32(time[1], little), u32(data.length, little), u32(original, little), data),
    ),
  )

/** A pcapng block: type, length, body padded to four bytes, length. */
export const block = (type: number, body: Uint8Array, little = true): Uint8Array => {
  const padding = (4 - (body.length % 4)) % 4
  const length = u32(12 + body.length + padding, little)
  return bytes(u32(type, little), length, body, new Uint8Array(padding), length)
}

export const section = (little = true): Uint8Array =>
  block(0x0a0d0d0a, bytes(u32(0x1a2b3c4d, little), u16(1, little), u16(0), u32(0xffffffff), u32(0xffffffff)), little)

export const interfaceBlock = (
  { linkType = 1, snaplen = 0, options = [] as readonly number[] } = {},
  little = true,
): Uint8Array => block(1, bytes(u16(linkType, little), u16(0), u32(snaplen, little), options), little)

export const enhancedPacket = (
  data: Uint8Array,
  { interfaceId = 0, ticks = 0, original = data.length } = {},
  little = true,
): Uint8Array =>
  block(
    6,
    bytes(
      u32(interfaceId, little),
      u32(Math.floor(ticks / 2 ** 32), little),
      u32(ticks % 2 ** 32, little),
      u32(data.length, little),
      u32(original, little),
      data,
    ),
    little,
  )
