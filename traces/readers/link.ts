/** Link layers: where the IP header starts. Numbers and layouts: https://www.tcpdump.org/linktypes.html */
import type { Frame } from './frame.ts'
import type { Skipped } from './ip.ts'

type FindIp = (data: DataView, start: number, end: number) => number | Skipped

const CUT: Skipped = 'cut before its TCP header ends'
const IPV4 = 0x0800
const IPV6 = 0x86dd
/** IEEE 802.1Q, 802.1ad (QinQ), and the value used before that. */
const VLAN = [0x8100, 0x88a8, 0x9100]

/** Passes over VLAN tags, however many; `at` is where the EtherType is and the payload follows it. */
const afterEtherType = (data: DataView, at: number, end: number): number | Skipped => {
  for (let type = at; type + 2 <= end; type += 4) {
    const value = data.getUint16(type)
    if (value === IPV4 || value === IPV6) return type + 2
    if (!VLAN.includes(value)) return 'not IP'
  }
  return CUT
}

const ethernet: FindIp = (data, start, end) => afterEtherType(data, start + 12, end)

const linuxCooked: FindIp = (data, start, end) => afterEtherType(data, start + 14, end)

/** SLL2 has its protocol first; tags, if any, follow the 20 bytes. */
const linuxCooked2: FindIp = (data, start, end) => {
  if (end - start < 20) return CUT
  const protocol = data.getUint16(start)
  if (protocol === IPV4 || protocol === IPV6) return start + 20
  if (!VLAN.includes(protocol)) return 'not IP'
  return afterEtherType(data, start + 22, end)
}

/** A protocol family in the byte order of the host that captured; AF_INET6 differs between systems. */
const FAMILIES = [2, 10, 24, 28, 30]
const loopback: FindIp = (data, start, end) => {
  if (end - start < 4) return CUT
  const known = FAMILIES.includes(data.getUint32(start)) || FAMILIES.includes(data.getUint32(start, true))
  return known ? start + 4 : 'not IP'
}

const raw: FindIp = (_data, start) => start

const LINKS: ReadonlyMap<number, FindIp> = new Map([
  [0, loopback], // NULL
  [1, ethernet],
  [12, raw], // DLT_RAW where the number was not translated
  [14, raw], // the same, on OpenBSD
  [101, raw],
  [108, loopback], // LOOP
  [113, linuxCooked],
  [228, raw], // IPV4
  [229, raw], // IPV6
  [276, linuxCooked2],
])

export const linkTypes = 'Ethernet, raw IP, Linux cooked (v1, v2), NULL/LOOP'

/** The way to IP for a LINKTYPE_ number, if it is known here. */
export const linkLayer = (type: number): FindIp | undefined => LINKS.get(type)

const SLL = 113
const SLL2 = 276

/**
 * Where the frame was seen, if the capture may show one packet at several places: the interface, and whether it came or
 * went. Undefined where there is but one.
 */
export const placeOf = (data: DataView, { linkType, start, end, interfaceId }: Frame): string | undefined => {
  if (linkType === SLL2 && end - start >= 20) return `${data.getUint32(start + 4)} ${data.getUint8(start + 10)}`
  if (linkType === SLL && end - start >= 16) return `${interfaceId ?? 0} ${data.getUint16(start)}`
  return interfaceId === undefined ? undefined : `${interfaceId}`
}
