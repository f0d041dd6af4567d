import { describe, expect, it } from 'vitest'
import { connectionOf, observed } from '../testing/observed.ts'
import { openingOf, tapOf, tapOfAll, waysOf } from './tap.ts'

/** A handshake at a tap that is so many milliseconds from the server and from the client, there and back. */
const handshake = (toServer: number, toClient: number): string[] => [
  '> S 99 @0',
  `< S. 499 ack=100 @${toServer / 1000}`,
  `> . 100 ack=500 @${(toServer + toClient) / 1000}`,
]

describe('where one handshake was seen', () => {
  it.each([
    [100, 1, 'client'],
    [1, 100, 'server'],
    [30, 10, 'middle'],
  ] as const)('%i ms to the server and back, %i ms to the client and back: %s', (toServer, toClient, tap) => {
    expect(tapOf(observed(...handshake(toServer, toClient)))).toBe(tap)
  })
  it('unknown without an answer, without the third ACK, or without times', () => {
    expect(tapOf(observed('> S 99 @0'))).toBe('unknown')
    expect(tapOf(observed(...handshake(9, 9).slice(0, 2)))).toBe('unknown')
    expect(tapOf(observed('> S 99', '< S. 499 ack=100', '> . 100 ack=500'))).toBe('unknown')
  })
  it('of SYNs and SYN+ACKs that are repeated the last counts', () => {
    const ways = waysOf(
      observed('> S 99 @0', '> S 99 @1', '< S. 499 ack=100 @1.25', '< S. 499 ack=100 @2', '> . 100 ack=500 @2.125'),
    )
    expect(ways).toEqual({ toServer: 0.25, toClient: 0.125 })
  })
})

describe('where all were taken', () => {
  const all = (...ways: (readonly [number, number])[]) =>
    tapOfAll(ways.map(([s, c]) => connectionOf(...handshake(s, c))))
  it('what most of them say', () => expect(all([100, 1], [100, 1], [1, 100])).toBe('client'))
  it('short ways that tell little one by one tell together', () => {
    expect(all([4, 1], [4, 1])).toBe('middle')
    expect(all([4, 1], [4, 1], [4, 1])).toBe('client')
    expect(all([1, 4], [1, 4], [1, 4])).toBe('server')
    expect(all([2, 1], [1, 2], [2, 1])).toBe('middle')
  })
  it('no handshake: unknown', () => expect(tapOfAll([connectionOf('> S 99 @0')])).toBe('unknown'))
})

it('the opening ends with the third ACK; where there is none, it is all', () => {
  const text = '> P. 100:9 ack=500 @1'
  expect(openingOf(connectionOf(...handshake(1, 1), text)).map(({ packet }) => packet)).toEqual([1, 2, 3])
  expect(openingOf(connectionOf('> S 99', text))).toHaveLength(2)
})
