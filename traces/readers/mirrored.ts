/**
 * A mirror port, or a bridge captured without its interfaces, shows nearly every packet twice at one place, the same IP
 * identification included; a retransmission takes a timer and another identification. Copies that the wire makes look the
 * same, but are few.
 */

/** Seconds between a packet and its copy, at most: nothing that is sent again is as fast. linux: TCP_RTO_MIN is 200 ms */
export const MIRROR_DELAY = 0.001

/** Of the packets of a conversation that were captured twice: fewer are duplicates that the wire made. */
const SHARE = 0.5

/** Whether so many copies of so many packets, the copies included, are those of a mirror port. */
export const areMirrored = (copies: number, packets: number): boolean =>
  copies >= 2 && copies >= (packets - copies) * SHARE

interface Header {
  readonly time: number
  readonly ports: number
  readonly acknowledgment: number
  readonly flagsAndWindow: number
  readonly total: number
}

/** Packets remembered: those of the last moment. */
const MOST = 64

/** Segments over IPv4 that were seen a moment ago, by identification and sequence number. */
export class LastSeen {
  readonly #seen = new Map<number, Header>()

  /** Whether the same segment was seen within the delay of a mirror. @param ip where its IPv4 header is */
  isCopy(data: DataView, ip: number, end: number, time: number): boolean {
    const tcp = ip + (data.getUint8(ip) & 15) * 4
    const identification = data.getUint16(ip + 4)
    // Without an identification, equal headers do not tell a copy from a second packet. RFC 6864 §4.1
    if (identification === 0 || data.getUint8(ip + 9) !== TCP || tcp + 16 > end) return false
    const key = identification * 2 ** 32 + data.getUint32(tcp + 4)
    const header: Header = {
      time,
      ports: data.getUint32(tcp),
      acknowledgment: data.getUint32(tcp + 8),
      flagsAndWindow: data.getUint32(tcp + 12),
      total: data.getUint16(ip + 2),
    }
    const seen = this.#seen.get(key)
    if (seen !== undefined && isSame(seen, header)) return true
    this.#seen.delete(key)
    this.#seen.set(key, header)
    if (this.#seen.size > MOST) this.#seen.delete(this.#seen.keys().next().value!)
    return false
  }
}

const TCP = 6

const isSame = (a: Header, b: Header): boolean =>
  Math.abs(a.time - b.time) <= MIRROR_DELAY &&
  a.ports === b.ports &&
  a.acknowledgment === b.acknowledgment &&
  a.flagsAndWindow === b.flagsAndWindow &&
  a.total === b.total
