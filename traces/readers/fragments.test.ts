import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { readPcap } from './pcap.ts'
import { readPcapng } from './pcapng.ts'
import {
  bytes,
  enhancedPacket,
  ethernet,
  interfaceBlock,
  ipv4,
  ipv6,
  pcap,
  section,
  tcp,
  u16,
  u32,
} from './testing/bytes.ts'

const RAW = 101
const MORE = 0x2000
const options = [2, 4, 5, 0xb4, 1, 3, 3, 7]
const segment = tcp({ seq: 7, options, payload: 100 })

interface Cut {
  readonly from: number
  readonly to: number
}

const piece4 = ({ from, to }: Cut, id = 9) =>
  ipv4(segment.subarray(from, to), { fragment: id * 65_536 + (to < segment.length ? MORE : 0) + from / 8 })

const piece6 = ({ from, to }: Cut) =>
  ipv6(bytes(6, 0, u16(from + (to < segment.length ? 1 : 0)), u32(9), segment.subarray(from, to)), 44)

const read = (...datagrams: Uint8Array[]) =>
  readPcap(
    pcap(
      datagrams.map((data) => ({ data })),
      { linkType: RAW },
    ),
  )

const [first, middle, last]: [Cut, Cut, Cut] = [
  { from: 0, to: 40 },
  { from: 40, to: 80 },
  { from: 80, to: segment.length },
]

describe('a segment in pieces', () => {
  it.each([
    ['in order', [first, middle, last]],
    ['the last first', [last, middle, first]],
    ['one of them twice', [first, middle, middle, last]],
    ['overlapping', [first, { from: 16, to: 80 }, last]],
    ['its header torn', [{ from: 0, to: 8 }, { from: 8, to: 80 }, last]],
  ])('%s: one packet, with the number of the frame that completed it', (_name, cuts) => {
    for (const piece of [(c: Cut) => piece4(c), piece6]) {
      const { packets, notes } = read(...cuts.map(piece))
      expect(packets).toMatchObject([{ number: cuts.length, flags: 'S', sequence: 7, length: 100 }])
      expect(packets[0]!.options).toEqual({ mss: 1460, windowScale: 7 })
      expect(notes).toEqual([])
    }
  })

  it('pieces of two datagrams do not mix', () => {
    const { packets, notes } = read(piece4(first, 1), piece4(middle, 2), piece4(last, 1))
    expect(packets).toEqual([])
    expect(notes).toContain('pieces of 2 fragmented datagrams are missing')
  })

  it('where pieces contradict each other the first is believed', () => {
    const forged = tcp({ seq: 666, options, payload: 100 }).subarray(0, 40)
    const { packets } = read(piece4(first), ipv4(forged, { fragment: 9 * 65_536 + MORE }), piece4(middle), piece4(last))
    expect(packets).toMatchObject([{ sequence: 7 }])
  })

  it('a flood of first pieces is not kept for ever', () => {
    const flood = Array.from({ length: 3000 }, (_, i) => piece4(first, i + 10))
    expect(read(piece4(first), ...flood, piece4(middle), piece4(last)).packets).toEqual([])
  })

  test.prop([fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 40 })])('any pieces at all', (pieces) => {
    const cuts = pieces.map(([a, b]) => ({ from: 8 * a, to: 8 * a + 8 * b + 8 }))
    const padded = cuts.map(({ from, to }) =>
      ipv4(new Uint8Array(to - from), { fragment: 9 * 65_536 + MORE + from / 8 }),
    )
    expect(read(...padded).packets).toEqual([])
  })
})

describe('one packet at two interfaces', () => {
  const frame = ethernet(ipv4(tcp({ seq: 7 }), { fragment: 0x1234_0000 }))
  const passedOn = Uint8Array.from(frame)
  passedOn[22] = 63 // time to live

  it('is one packet', () => {
    const interfaces = bytes(section(), interfaceBlock(), interfaceBlock())
    const two = (a: number, b: number) =>
      readPcapng(
        bytes(
          interfaces,
          enhancedPacket(frame, { interfaceId: a }),
          enhancedPacket(passedOn, { interfaceId: b, ticks: 20 }),
        ),
      )
    expect(two(0, 1).packets).toHaveLength(1)
    expect(two(0, 1).notes).toEqual(['1 frame skipped: captured twice'])
    expect(two(1, 1).packets).toHaveLength(2) // the wire made the copy, and both arrived
  })

  it('is two packets where seconds lie between', () => {
    const late = enhancedPacket(passedOn, { interfaceId: 1, ticks: 2_000_000 })
    const capture = readPcapng(bytes(section(), interfaceBlock(), interfaceBlock(), enhancedPacket(frame), late))
    expect(capture.packets).toHaveLength(2)
  })
})

it('a clock that goes back is told', () => {
  const data = ipv4(tcp())
  const times = [10, 11, 9, 12].map((s) => ({ data, time: [s, 0] as const }))
  expect(readPcap(pcap(times, { linkType: RAW })).notes).toEqual([
    'the clock goes back before 1 frame, most before packet 3: by 2.00 s',
  ])
})
