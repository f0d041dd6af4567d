import { describe, expect, it } from 'vitest'
import { observed } from '../testing/observed.ts'
import { inOrderSent } from './tap-order.ts'

const read = (...lines: string[]) => inOrderSent({ packets: observed(...lines), assumes: [], evidence: {} })

describe('a SYN+ACK that a tap shows before its SYN', () => {
  it('within a millisecond: the SYN was first, by the time of the answer', () => {
    const { packets, assumes } = read('< S. 499 ack=100 @1', '> S 99 @1.0005', '> . 100 ack=500 @1.1')
    expect(packets.map(({ packet, time }) => [packet, time])).toEqual([
      [2, 1],
      [1, 1],
      [3, 1.1],
    ])
    expect(assumes).toMatchObject([{ id: 'tap-order', packets: [2], ceiling: 'conforms' }])
    expect(assumes[0]!.words).toBe(
      'packet 2, the SYN, was sent before packet 1, which answers it: the tap shows it 0.50 ms late',
    )
  })
  it.each([
    ['it comes later: it is repeated', ['< S. 499 ack=100 @1', '> S 99 @1.01']],
    ['it is another SYN', ['< S. 499 ack=100 @1', '> S 98 @1.0005']],
    ['there are no times', ['< S. 499 ack=100', '> S 99']],
    ['the capture begins with something else', ['< . 499 ack=100 @1', '> S 99 @1.0005']],
  ])('as captured where %s', (_, lines) => {
    const { packets, assumes } = read(...lines)
    expect([packets.map(({ packet }) => packet), assumes]).toEqual([[1, 2], []])
  })
})
