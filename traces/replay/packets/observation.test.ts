import { describe, expect, it } from 'vitest'
import { observed } from '../testing/observed.ts'
import { shows } from './observation.ts'
import { peerOf } from './side.ts'

describe('a packet as the model sees it', () => {
  it('PSH, URG and ECN decide nothing', () => {
    const [o] = observed('> PWE. 100:5 ack=500')
    expect([o!.flags, o!.segment.flags]).toEqual(['.', '.'])
  })
  it('an unknown number is left open; what arrives has the next one of its sender', () => {
    const [, , , ack] = observed('> S 99', '< S. 499 ack=100', '> P. 100:10 ack=500', '> . ack=505')
    expect(ack).not.toHaveProperty('seq')
    expect(ack!.segment).toEqual({ flags: '.', seq: 110, len: 0, ack: 505 })
  })
  it('a RST without ACK does not move what its sender sends next: its number is the one asked for', () => {
    const last = observed('> S 99', '> R 4000', '> . ack=505').at(-1)!
    expect(last.segment.seq).toBe(100)
  })
  it('a SYN begins its numbers anew, also below the last', () => {
    expect(observed('> S 9000', '> S 99', '> . ack=505').at(-1)!.segment.seq).toBe(100)
  })
  it.each([
    ['', { flags: '.', seq: 100, len: 10, ack: 500 }, true],
    ['another length', { flags: '.', seq: 100, len: 9, ack: 500 }, false],
    ['another number', { flags: '.', seq: 101, len: 10, ack: 500 }, false],
    ['another acknowledgment', { flags: '.', seq: 100, len: 10, ack: 501 }, false],
    ['another flag', { flags: 'F.', seq: 100, len: 10, ack: 500 }, false],
  ])('shows a segment, unless that has %s', (_, segment, expected) => {
    expect(shows(observed('> P. 100:10 ack=500')[0]!, segment as never)).toBe(expected)
  })
  it('a packet of unknown number shows a segment of any', () => {
    expect(shows(observed('> . ack=500')[0]!, { flags: '.', seq: 77, len: 0, ack: 500 } as never)).toBe(true)
  })
})

it('each end has the other for its peer', () => {
  expect([peerOf('client'), peerOf('server')]).toEqual(['server', 'client'])
})
