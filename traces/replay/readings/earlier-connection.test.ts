import { describe, expect, it } from 'vitest'
import { observed } from '../testing/observed.ts'
import { earlierConnection } from './earlier-connection.ts'

const readings = (...lines: string[]) => [
  ...earlierConnection({ packets: observed(...lines), assumes: [], evidence: {} }),
]

describe('an earlier connection of the same ports: RFC 5961 §4', () => {
  const challenged = ['> S 99', '< . 7000 ack=3000', '> R 3000', '> S 99', '< S. 499 ack=100']
  it('a bare ACK of other numbers answers the SYN: it is a challenge ACK, for which the new connection has not to account', () => {
    const [reading] = readings(...challenged)
    expect(reading!.assumes).toMatchObject([{ id: 'earlier-connection', packets: [2], ceiling: 'conforms' }])
    expect(reading!.assumes[0]!.words).toContain('packet 2 is its challenge ACK to the SYN')
    expect(reading!.packets.flatMap(({ forged, packet }) => (forged ? [packet] : []))).toEqual([2])
  })
  it('several challenges to a SYN that is repeated', () => {
    const [reading] = readings('> S 99', '< . 7000 ack=3000', '> S 99', '< . 7000 ack=3000')
    expect(reading!.assumes[0]).toMatchObject({ packets: [2, 4], words: expect.stringContaining('packet 2, 4') })
  })
  it.each([
    ['an ACK of the SYN', ['> S 99', '< . 499 ack=100']],
    ['text', ['> S 99', '< P. 7000:5 ack=3000']],
    ['an ACK after the SYN+ACK', ['> S 99', '< S. 499 ack=100', '< . 7000 ack=3000']],
    ['an ACK after the client has gone on', ['> S 99', '> . 100 ack=500', '< . 7000 ack=3000']],
    ['an ACK before any SYN', ['< . 7000 ack=3000', '> S 99']],
  ])('not %s', (_, lines) => expect(readings(...lines)).toEqual([]))
})
