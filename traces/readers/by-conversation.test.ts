import { expect, test } from 'vitest'
import { seq } from '../../model/sequence.ts'
import type { Packet } from '../capture.ts'
import { byConversation, sizesOf } from './by-conversation.ts'
import { PacketStore } from './store.ts'

const ends = [1, 2, 3].map((port) => ({ address: '10.0.0.1', port }))
const packet = (number: number, source: number, destination: number): Packet => ({
  number,
  time: number / 10,
  source: ends[source]!,
  destination: ends[destination]!,
  flags: 'S',
  sequence: seq(number),
  window: 1,
  length: 0,
  options: { mss: 1460 + number, windowScale: 7, timestamp: { value: number, echo: 0 } },
})

const packets = [packet(1, 0, 1), packet(2, 2, 1), packet(3, 1, 0), packet(4, 0, 1), packet(5, 1, 2)]
const stored = (): PacketStore => {
  const store = new PacketStore()
  for (const p of packets) store.add(p)
  return store
}

test('packets of both directions are grouped, in the order of first packets', () => {
  const { places, ends } = byConversation(stored(), new Set())
  expect([[...places], [...ends]]).toEqual([
    [0, 2, 3, 1, 4],
    [3, 5],
  ])
  expect([...sizesOf(stored())]).toEqual([3, 2])
})

test('places that are left out are in no group', () => {
  const { places, ends } = byConversation(stored(), new Set([2, 4]))
  expect([[...places], [...ends]]).toEqual([
    [0, 3, 1],
    [2, 3],
  ])
})

test('what is stored is given back', () => {
  const store = stored()
  expect(store.all).toEqual(packets)
  expect(packets.map((_, i) => store.timeAt(i))).toEqual(packets.map(({ time }) => time))
})
