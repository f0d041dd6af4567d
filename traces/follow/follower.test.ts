import { describe, expect, test } from 'vitest'
import { seq } from '../../model/index.ts'
import type { Packet } from '../capture.ts'
import { Follower, type FollowLimits, type Told } from './follower.ts'

const server = { address: '10.0.0.2', port: 80 }
const client = (port: number) => ({ address: '10.0.0.1', port })

/** `at(0) > 'S' 100`: from the client; `<`: from the server. */
const packet = (
  time: number,
  to: '>' | '<',
  flags: string,
  n: number,
  ack?: number,
  length = 0,
  port = 5000,
): Packet => ({
  number: 1,
  time,
  source: to === '>' ? client(port) : server,
  destination: to === '>' ? server : client(port),
  flags,
  sequence: seq(n),
  ...(ack !== undefined && { acknowledgment: seq(ack) }),
  length,
})

const follow = (packets: readonly Packet[], until: number, limits: Partial<FollowLimits> = {}) => {
  const told: Told[] = []
  const follower = new Follower((one) => told.push(one), limits)
  for (const one of packets) follower.take(one)
  for (let now = Math.floor(packets.at(-1)?.time ?? 0); now <= until; now++) follower.tick(now)
  return {
    told: told.map(({ because, at, connection }) => [because, Math.floor(at), connection.packets.length]),
    follower,
  }
}
const opening = (port = 5000, at = 0) => [
  packet(at, '>', 'S', 100, undefined, 0, port),
  packet(at + 0.1, '<', 'S.', 500, 101, 0, port),
  packet(at + 0.2, '>', '.', 101, 501, 0, port),
]
const closing = [packet(1, '>', 'F.', 101, 501), packet(1.1, '<', 'F.', 501, 102), packet(1.2, '>', '.', 102, 502)]

describe('a connection is told', () => {
  test('when both FINs are acknowledged, and late segments have had their time; then it is forgotten', () => {
    const { told, follower } = follow([...opening(), ...closing], 60)
    expect(told).toEqual([['it ended', 4, 6]])
    expect(follower.size).toBe(0)
  })
  test('when there was a RST', () => {
    expect(follow([...opening(), packet(1, '<', 'R', 501)], 60).told).toEqual([['it ended', 3, 4]])
  })
  test('when it repeats itself without progress; once, and again when it has been silent', () => {
    const again = [1, 2, 4, 8, 16].map((at) => packet(at, '>', 'P.', 101, 501, 10))
    expect(follow([...opening(), ...again], 400).told).toEqual([
      ['it jams', 16, 8],
      ['it is silent', 316, 8],
    ])
  })
  test('not while it is silent for a moment, or gets on', () => {
    const on = Array.from({ length: 20 }, (_, i) => packet(1 + i, '>', 'P.', 101 + 10 * i, 501, 10))
    expect(follow([...opening(), ...on], 25).told).toEqual([])
  })
  test('when its ports are used again', () => {
    const { told } = follow([...opening(), ...closing, packet(1.5, '>', 'S', 9000)], 2)
    expect(told).toEqual([['its ports are used again', 1, 6]])
  })
})

describe('memory is bounded', () => {
  test('by the number of connections: the one that has been silent longest goes', () => {
    const many = Array.from({ length: 50 }, (_, i) => opening(5000 + i, i)).flat()
    const { told, follower } = follow(many, 50, { connections: 20 })
    expect(follower.size).toBe(20)
    expect(told.length).toBe(30)
    expect(told[0]).toEqual(['there are too many', 20, 3])
  })
  test('by the packets of one', () => {
    const long = Array.from({ length: 100 }, (_, i) => packet(1 + i / 100, '>', 'P.', 101 + i, 501, 1))
    const { told } = follow(long, 3, { packets: 40 })
    expect(told).toEqual([
      ['it is long', 1, 40],
      ['it is long', 1, 40],
    ])
  })
})
