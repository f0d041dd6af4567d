import { describe, expect, it } from 'vitest'
import { endpointText } from '../capture.ts'
import { readPcap } from './pcap.ts'
import { ACK, bytes, ethernet, ipv4, ipv6, pcap, tcp, u16, u32 } from './testing/bytes.ts'

const read = (linkType: number, data: Uint8Array) => readPcap(pcap([{ data }], { linkType }))
const ip = ipv4(tcp({ payload: 3 }))

describe('link layers lead to the same segment', () => {
  it.each<[string, number, Uint8Array]>([
    ['Ethernet', 1, ethernet(ip)],
    ['VLAN', 1, ethernet(bytes(u16(42), u16(0x0800), ip), 0x8100)],
    ['QinQ', 1, ethernet(bytes(u16(1), u16(0x8100), u16(42), u16(0x0800), ip), 0x88a8)],
    ['raw', 101, ip],
    ['raw (12)', 12, ip],
    ['IPV4', 228, ip],
    ['NULL, little-endian host', 0, bytes(u32(2, true), ip)],
    ['NULL, big-endian host', 0, bytes(u32(2), ip)],
    ['LOOP', 108, bytes(u32(2), ip)],
    ['SLL', 113, bytes(new Uint8Array(14), u16(0x0800), ip)],
    ['SLL with VLAN', 113, bytes(new Uint8Array(14), u16(0x8100), u16(42), u16(0x0800), ip)],
    ['SLL2', 276, bytes(u16(0x0800), new Uint8Array(18), ip)],
    ['SLL2 with VLAN', 276, bytes(u16(0x8100), new Uint8Array(18), u16(42), u16(0x0800), ip)],
  ])('%s', (_name, linkType, data) => {
    expect(read(linkType, data).packets[0]).toMatchObject({ sequence: 1000, length: 3, flags: 'S' })
  })
})

describe('IPv4', () => {
  it('options before the segment', () => {
    expect(read(101, ipv4(tcp(), { options: [1, 1, 1, 0] })).packets).toHaveLength(1)
  })
  it.each([0x2000, 0x0001])('fragment field %i, and no other piece: counted', (fragment) => {
    expect(read(101, ipv4(tcp(), { fragment })).notes).toContain('pieces of 1 fragmented datagram are missing')
  })
  it('Don’t Fragment is no fragment', () => {
    expect(read(101, ipv4(tcp(), { fragment: 0x4000 })).packets).toHaveLength(1)
  })
  it('a total length shorter than the headers: malformed', () => {
    expect(read(101, ipv4(tcp(), { total: 30 })).notes).toContain('1 frame skipped: malformed')
    expect(read(101, ipv4(tcp(), { total: 10 })).notes).toContain('1 frame skipped: malformed')
  })
})

describe('IPv6', () => {
  it('addresses as RFC 5952 writes them', () => {
    const { source, destination } = read(229, ipv6(tcp())).packets[0]!
    expect([source, destination].map(endpointText)).toEqual(['[2001:db8::1]:40000', '[2001:db8::2]:502'])
  })
  it('extension headers are passed over', () => {
    const chain = bytes([43, 0, 0, 0, 0, 0, 0, 0], [6, 1], new Uint8Array(14), tcp())
    expect(read(101, ipv6(chain, 0)).packets[0]).toMatchObject({ length: 0, sequence: 1000 })
  })
  it('a whole packet in one fragment is read, a part is not', () => {
    expect(read(101, ipv6(bytes([6, 0, 0, 0, 0, 0, 0, 1], tcp()), 44)).packets).toHaveLength(1)
    expect(read(101, ipv6(bytes([6, 0, 0, 1, 0, 0, 0, 1], tcp()), 44)).notes).toContain(
      'pieces of 1 fragmented datagram are missing',
    )
  })
})

describe('TCP options', () => {
  const options = (list: number[]) => read(101, ipv4(tcp({ flags: ACK, options: list }))).packets[0]?.options

  it('the ones that matter, and unknown ones passed over', () => {
    const [mss, sackPermitted, timestamp, windowScale] = [
      [2, 4, 5, 0xb4],
      [4, 2],
      [8, 10, 0, 0, 0, 1, 0, 0, 0, 2],
      [3, 3, 7],
    ]
    expect(options([...mss!, ...sackPermitted!, ...timestamp!, 1, ...windowScale!, 254, 6, 1, 2, 3, 4, 0, 0])).toEqual({
      mss: 1460,
      sackPermitted: true,
      timestamp: { value: 1, echo: 2 },
      windowScale: 7,
    })
  })
  it('SACK blocks', () => {
    expect(options([1, 1, 5, 18, ...u32(1), ...u32(2), ...u32(5), ...u32(9)])).toEqual({
      sack: [
        [1, 2],
        [5, 9],
      ],
    })
  })
  it.each([[[2, 0, 0, 0]], [[2, 1, 0, 0]], [[2, 40, 0, 0]], [[1, 1, 1, 2]], [[0, 2, 4, 5]]])(
    'an impossible length ends them: %j',
    (list) => {
      expect(options(list)).toEqual({})
    },
  )
  it('a data offset below 20 bytes: malformed', () => {
    const segment = tcp()
    segment[12] = 0x40
    expect(read(101, ipv4(segment)).notes).toContain('1 frame skipped: malformed')
  })
})
