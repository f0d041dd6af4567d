import { describe, expect, it } from 'vitest'
import { fromClient } from '../capture.ts'
import { findPacket, storedConnections } from './connections.ts'
import { readTcpdump } from './tcpdump-text.ts'

const connections = (...lines: string[]) =>
  readTcpdump(lines.map((line) => `${line}, seq 1, ack 1, win 1, length 0`).join('\n')).connections

describe('who is the client', () => {
  it.each([
    ['SYN', 'a.502 > b.40000: Flags [S]', 'a'],
    ['SYN+ACK', 'a.40000 > b.502: Flags [S.]', 'b'],
    ['port', 'a.502 > b.40000: Flags [.]', 'b'],
    ['port', 'a.http > b.40000: Flags [.]', 'b'],
    ['port', 'a.40000 > b.502: Flags [.]', 'a'],
    ['first packet', 'a.7 > b.7: Flags [.]', 'a'],
  ])('known by %s: %s', (clientKnownBy, line, address) => {
    expect(connections(line)[0]).toMatchObject({ clientKnownBy, client: { address } })
  })

  it('a later SYN corrects the first impression', () => {
    const [connection] = connections('a.502 > b.40000: Flags [.]', 'a.502 > b.40000: Flags [S]')
    expect(connection).toMatchObject({ clientKnownBy: 'SYN', client: { address: 'a' } })
  })
})

it('both directions of a 4-tuple are one connection, in the order of first packets', () => {
  const found = connections('a.1 > s.9: Flags [S]', 'b.1 > s.9: Flags [S]', 's.9 > a.1: Flags [S.]')
  expect(found.map(({ id, packets }) => [id, packets.map((packet) => packet.number)])).toEqual([
    [0, [1, 3]],
    [1, [2]],
  ])
  expect(found[0]!.packets.map((packet) => fromClient(found[0]!, packet))).toEqual([true, false])
})

it('a packet is looked for without making those behind it', () => {
  const [{ packets }] = connections('a.1 > s.9: Flags [S]', 's.9 > a.1: Flags [S.]', 'a.1 > s.9: Flags [.]') as [
    ReturnType<typeof connections>[number],
  ]
  const made: number[] = []
  const [stored] = storedConnections({ places: Uint32Array.of(0, 1, 2), ends: Uint32Array.of(3) }, (i) => {
    made.push(i)
    return packets[i]!
  })
  made.length = 0
  expect(findPacket(stored!, ({ flags }) => flags === 'S.')).toBe(packets[1])
  expect(made).toEqual([0, 1])
  expect(findPacket(stored!, ({ flags }) => flags === 'R')).toBeUndefined()
})
