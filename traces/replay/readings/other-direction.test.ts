import { describe, expect, it } from 'vitest'
import { notation } from '../../../model/index.ts'
import { observed } from '../testing/observed.ts'
import { withOtherSide } from './other-direction.ts'

/** What must have come to the client, and before which packet. */
const came = (...lines: string[]): string[] =>
  withOtherSide(observed(...lines), 'server').flatMap(({ inferred, segment, packet }) =>
    inferred ? [`${packet}: ${notation(segment)}`] : [],
  )

describe('what the end that is seen acknowledges has come to it', () => {
  it('the SYN+ACK, before the third ACK', () => {
    expect(came('> S 99', '> . 100 ack=500')).toEqual(['2: [S.] seq 499 ack 100'])
  })
  it('text, as long as the acknowledgment grows; it acknowledges what the end does not send again', () => {
    expect(came('> S 99', '> . 100 ack=500', '> P. 100:10 ack=500', '> . 110 ack=520')).toEqual([
      '2: [S.] seq 499 ack 100',
      '4: [.] seq 500:520 ack 110 length 20',
    ])
  })
  it('text that the end sends again is not yet acknowledged', () => {
    expect(
      came('> S 99', '> . 100 ack=500', '> P. 100:10 ack=500', '> . 110 ack=520', '> P. 100:10 ack=520'),
    ).toContain('4: [.] seq 500:520 ack 100 length 20')
  })
  it('an ACK of text after which more text follows', () => {
    expect(came('> S 99', '> . 100 ack=500', '> P. 100:10 ack=500', '> P. 110:10 ack=500')).toContain('4: [.] ack 110')
  })
  it('a FIN: the last single number that is acknowledged, where the end closes, too', () => {
    const closing = ['> S 99', '> . 100 ack=500', '> F. 100 ack=500', '> . 101 ack=501']
    expect(came(...closing)).toContain('4: [F.] seq 500 ack 101')
    expect(came('> S 99', '> . 100 ack=500', '> . 100 ack=501', '> . 100 ack=502')).not.toContain(
      '4: [F.] seq 501 ack 100',
    )
  })
  it('a SYN of other numbers begins anew', () => {
    expect(came('> S 99', '> . 100 ack=500', '> S 7000', '> . 7001 ack=900')).toContain('4: [S.] seq 899 ack 7001')
  })
  it('nothing by a RST or a packet of unknown number', () => {
    expect(came('> S 99', '> R. 100 ack=500', '> . ack=700')).toEqual([])
  })
  it('it comes at the time of the packet that acknowledges it', () => {
    const [, synAck] = withOtherSide(observed('> S 99 @1', '> . 100 ack=500 @2'), 'server')
    expect(synAck).toMatchObject({ packet: 2, time: 2, from: 'server', inferred: true })
  })
})
