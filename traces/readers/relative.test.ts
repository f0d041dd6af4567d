import { describe, expect, it } from 'vitest'
import { readTcpdump } from './tcpdump-text.ts'

const C = 'c.40000 > s.502:'
const S = 's.502 > c.40000:'

const read = (...lines: string[]) => {
  const { packets, connections } = readTcpdump(lines.join('\n'))
  return {
    numbers: packets.map((packet) => [packet.sequence, packet.acknowledgment]),
    numbering: connections[0]!.numbering,
    packets,
  }
}

describe('sequence numbers of tcpdump text', () => {
  const syn = `${C} Flags [S], seq 4294967290, win 1, length 0`
  const synAck = `${S} Flags [S.], seq 700000000, ack 4294967291, win 1, length 0`

  it('relative after the handshake, across the wrap', () => {
    const { numbers } = read(
      syn,
      synAck,
      `${C} Flags [.], ack 1, win 1, length 0`,
      `${C} Flags [P.], seq 1:13, ack 1, win 1, length 12`,
      `${S} Flags [.], ack 13, win 1, length 0`,
      `${S} Flags [F.], seq 1, ack 13, win 1, length 0`,
    )
    expect(numbers.slice(2)).toEqual([
      [undefined, 700_000_001],
      [4_294_967_291, 700_000_001],
      [undefined, 7],
      [700_000_001, 7],
    ])
  })

  it('absolute throughout (-S)', () => {
    const { numbers, numbering } = read(
      syn,
      synAck,
      `${C} Flags [.], ack 700000001, win 1, length 0`,
      `${C} Flags [P.], seq 4294967291:7, ack 700000001, win 1, length 12`,
    )
    expect(numbers.slice(2)).toEqual([
      [undefined, 700_000_001],
      [4_294_967_291, 700_000_001],
    ])
    expect(numbering).toEqual({ client: 'absolute', server: 'absolute' })
  })

  it('small numbers as in a textbook: the nearer of zero and ISN decides', () => {
    const handshake = [
      `${C} Flags [S], seq 1000, win 1, length 0`,
      `${S} Flags [S.], seq 5000, ack 1001, win 1, length 0`,
    ]
    const absolute = read(...handshake, `${C} Flags [.], ack 5001, win 1, length 0`)
    const relative = read(...handshake, `${C} Flags [.], ack 1, win 1, length 0`)
    expect([absolute.numbers[2], relative.numbers[2]]).toEqual([
      [undefined, 5001],
      [undefined, 5001],
    ])
  })

  it('another ISN on the same 4-tuple: later numbers count from it', () => {
    const { numbers } = read(
      syn,
      synAck,
      `${C} Flags [.], ack 1, win 1, length 0`,
      `${C} Flags [S], seq 900000000, win 1, length 0`,
      `${S} Flags [S.], seq 800000000, ack 900000001, win 1, length 0`,
      `${C} Flags [P.], seq 1:2, ack 1, win 1, length 1`,
    )
    expect(numbers.at(-1)).toEqual([900_000_001, 800_000_001])
  })

  it('SACK edges count like the acknowledgment', () => {
    const { packets } = read(syn, synAck, `${S} Flags [.], ack 1, win 1, options [sack 1 {13:25}], length 0`)
    expect(packets[2]?.options?.sack).toEqual([[7, 19]])
  })

  it('one direction only: the first packet with an acknowledgment is absolute, text counts from it', () => {
    const { numbers, numbering } = read(
      syn,
      `${C} Flags [.], ack 700000001, win 1, length 0`,
      `${C} Flags [P.], seq 0:12, ack 1, win 1, length 12`,
    )
    expect(numbers.slice(1)).toEqual([
      [undefined, 700_000_001],
      [4_294_967_291, 700_000_001],
    ])
    expect(numbering.server).toBe('absolute')
  })

  it('a refused SYN: zero is the sequence number of the RST', () => {
    expect(read(syn, `${S} Flags [R.], seq 0, ack 4294967291, win 0, length 0`).numbers[1]).toEqual([0, 4_294_967_291])
  })

  it('a bare RST is always absolute', () => {
    const ack = `${C} Flags [.], ack 1, win 1, length 0`
    expect(read(syn, synAck, ack, `${S} Flags [R], seq 700000001, win 0, length 0`).numbers[3]).toEqual([
      700_000_001,
      undefined,
    ])
  })

  it('a SYN whose answer was left out of the text: the server’s numbers stay relative', () => {
    const { numbers, numbering } = read(syn, `${C} Flags [P.], seq 1:2, ack 1, win 1, length 1`)
    expect(numbers[1]).toEqual([4_294_967_291, 1])
    expect(numbering).toEqual({ client: 'absolute', server: 'relative' })
  })

  it('mid-stream: the first packet is absolute, the next count from it', () => {
    const { numbers, numbering } = read(
      `${C} Flags [P.], seq 1876543210:1876543220, ack 99999999, win 1, length 10`,
      `${S} Flags [.], ack 10, win 1, length 0`,
      `${C} Flags [P.], seq 10:20, ack 1, win 1, length 10`,
    )
    expect(numbers).toEqual([
      [1_876_543_210, 99_999_999],
      [undefined, 1_876_543_220],
      [1_876_543_220, 99_999_999],
    ])
    expect(numbering).toEqual({ client: 'absolute', server: 'absolute' })
  })

  it('an excerpt from the middle: numbers stay as printed and are called relative', () => {
    const { numbers, numbering } = read(
      `${C} Flags [P.], seq 13:25, ack 1, win 1, length 12`,
      `${C} Flags [P.], seq 25:37, ack 1, win 1, length 12`,
    )
    expect(numbers).toEqual([
      [13, 1],
      [25, 1],
    ])
    expect(numbering).toEqual({ client: 'relative', server: 'relative' })
  })
})

describe('an earlier connection of the same ports', () => {
  const text = [
    'a.1 > b.2: Flags [S], seq 1200000000, win 1, length 0',
    'b.2 > a.1: Flags [.], ack 3000001102, win 1, length 0',
    'a.1 > b.2: Flags [R], seq 3000001102, win 0, length 0',
    'a.1 > b.2: Flags [S], seq 1200000000, win 1, length 0',
    'b.2 > a.1: Flags [S.], seq 810000000, ack 1200000001, win 1, length 0',
    'a.1 > b.2: Flags [.], ack 1, win 1, length 0',
  ].join('\n')
  it('a challenge ACK to a SYN is printed absolute, and so is the RST', () => {
    const { packets } = readTcpdump(text)
    expect(packets.map((p) => p.acknowledgment ?? p.sequence)).toEqual([
      1_200_000_000, 3_000_001_102, 3_000_001_102, 1_200_000_000, 1_200_000_001, 810_000_001,
    ])
  })
})

it('a bare RST beside relative numbers without their SYN: its place is unknown', () => {
  const text = [
    'a.1 > b.2: Flags [P.], seq 5000:5100, ack 7001, win 1, length 100',
    'b.2 > a.1: Flags [R], seq 2596626333, win 0, length 0',
  ].join('\n')
  expect(readTcpdump(text).packets[1]).not.toHaveProperty('sequence')
})
