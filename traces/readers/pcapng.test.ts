import { describe, expect, it } from 'vitest'
import { readPcapng } from './pcapng.ts'
import {
  block,
  bytes,
  enhancedPacket,
  ethernet,
  interfaceBlock,
  ipv4,
  section,
  tcp,
  u16,
  u32,
} from './testing/bytes.ts'
import { failure } from './testing/fails.ts'

const frame = ethernet(ipv4(tcp()))

describe('pcapng', () => {
  it.each([true, false])('little-endian %s: packets with times', (little) => {
    const packet = enhancedPacket(frame, { ticks: 1_795_226_300_250_000 }, little)
    const capture = readPcapng(bytes(section(little), interfaceBlock({}, little), packet))
    expect(capture.packets).toMatchObject([{ number: 1, time: 1_795_226_300.25, sequence: 1000 }])
  })

  it('resolution and offset of the interface', () => {
    const options = [
      ...u16(9, true),
      ...u16(1, true),
      9,
      0,
      0,
      0,
      ...u16(14, true),
      ...u16(8, true),
      5,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
    ]
    const powerOfTwo = [...u16(9, true), ...u16(1, true), 0x80 + 10, 0, 0, 0]
    const capture = readPcapng(
      bytes(
        section(),
        interfaceBlock({ options }),
        interfaceBlock({ options: powerOfTwo }),
        enhancedPacket(frame, { ticks: 1_500_000_000 }),
        enhancedPacket(frame, { ticks: 512, interfaceId: 1 }),
      ),
    )
    expect(capture.packets.map((packet) => packet.time)).toEqual([6.5, 0.5])
  })

  it('a new section forgets the interfaces and may change the byte order', () => {
    const one = bytes(section(), interfaceBlock(), enhancedPacket(frame))
    const raw = bytes(section(false), interfaceBlock({ linkType: 101 }, false), enhancedPacket(ipv4(tcp()), {}, false))
    expect(readPcapng(bytes(one, raw)).packets.map((packet) => packet.number)).toEqual([1, 2])
    const orphan = failure(() => readPcapng(bytes(one, section(), enhancedPacket(frame))))
    expect(orphan).toMatchObject({ code: 'E_PCAPNG_CORRUPT', cause: 'a packet of interface 0, which is not described' })
    expect(orphan.partial?.packets).toHaveLength(1)
  })

  it('simple and obsolete packet blocks; unknown blocks are passed over', () => {
    const simple = block(3, bytes(u32(frame.length, true), frame))
    const old = block(
      2,
      bytes(u16(0), u16(0), u32(0), u32(7, true), u32(frame.length, true), u32(frame.length, true), frame),
    )
    const capture = readPcapng(bytes(section(), interfaceBlock(), simple, block(0x99, frame), old))
    expect(capture.packets.map(({ number, time }) => [number, time])).toEqual([
      [1, undefined],
      [2, 0.000_007],
    ])
  })

  it('packets that the capture itself dropped are told', () => {
    const statistics = block(5, bytes(u32(0), u32(0), u32(0), u16(5, true), u16(8, true), [3, 0, 0, 0, 0, 0, 0, 0]))
    expect(readPcapng(bytes(section(), interfaceBlock(), enhancedPacket(frame), statistics)).notes).toEqual([
      'the capture itself dropped 3 packets: what is missing may have been sent',
    ])
  })

  it('link types that are not read: a note if others are, an error if none is', () => {
    const strange = interfaceBlock({ linkType: 105 })
    const capture = readPcapng(bytes(section(), interfaceBlock(), strange, enhancedPacket(frame, { interfaceId: 1 })))
    expect(capture.notes).toContain('packets of link type 105 were skipped: not read here')
    expect(failure(() => readPcapng(bytes(section(), strange)))).toMatchObject({ code: 'E_LINK_TYPE' })
  })
})

describe('bad pcapng', () => {
  const good = bytes(section(), interfaceBlock(), enhancedPacket(frame))
  const at = good.length

  it('not one', () => {
    expect(failure(() => readPcapng(frame)).code).toBe('E_NOT_A_CAPTURE')
  })
  it.each([3, 11, 40])('cut %i bytes into a block: what was before is kept', (n) => {
    const error = failure(() => readPcapng(bytes(good, enhancedPacket(frame).subarray(0, n)), 'x'))
    expect(error).toMatchObject({ code: 'E_PCAPNG_TRUNCATED', place: `x: packet 2, byte ${at}` })
    expect(error.partial?.packets).toHaveLength(1)
  })
  it.each([
    ['a block cannot have 8 bytes', bytes(u32(6, true), u32(8, true), u32(8, true))],
    ['the two lengths of a block differ', bytes(u32(6, true), u32(12, true), u32(16, true))],
    ['a section without byte order', block(0x0a0d0d0a, new Uint8Array(16))],
    ['an interface description is too short', block(1, new Uint8Array(4))],
    ['a packet does not fit into its block', block(6, bytes(u32(0), u32(0), u32(0), u32(99, true), u32(99, true)))],
    ['a packet does not fit into its block', block(6, bytes(u32(0)))],
    ['a packet does not fit into its block', block(3, bytes(u32(99, true)))],
  ])('%s', (cause, bad) => {
    expect(failure(() => readPcapng(bytes(good, bad)))).toMatchObject({ code: 'E_PCAPNG_CORRUPT', cause })
  })
})
