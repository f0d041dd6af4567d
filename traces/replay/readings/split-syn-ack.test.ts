import { describe, expect, it } from 'vitest'
import { observed } from '../testing/observed.ts'
import { joinedSynAck } from './split-syn-ack.ts'

describe('a SYN+ACK in two packets: RFC 9293 §3.5', () => {
  it('for the server the SYN stands for both', () => {
    const [syn, ack, second] = joinedSynAck(observed('> S 99', '< . 499 ack=100', '< S 499'))!
    expect(syn!.forged).toBeUndefined()
    expect(ack!.forged).toBe(true)
    expect(second).toMatchObject({ flags: 'S.', seq: 499, ack: 100, segment: { flags: 'S.', seq: 499, ack: 100 } })
  })
  it('tcpdump prints no number of the ACK', () => {
    expect(joinedSynAck(observed('> S 99', '< . ack=100', '< S 499'))).toBeDefined()
  })
  it.each([
    ['the ACK has another number than the SYN', ['> S 99', '< . 400 ack=100', '< S 499']],
    [
      'the ACK acknowledges something else: a challenge of an earlier connection',
      ['> S 99', '< . 499 ack=77', '< S 499'],
    ],
    ['the ACK has text', ['> S 99', '< P. 499:3 ack=100', '< S 499']],
    ['the server has sent something before', ['> S 99', '< . 499 ack=100', '< . 499 ack=100', '< S 499']],
    ['the SYN comes alone: both ends open actively', ['> S 99', '< S 499']],
    ['no SYN of the client is shown', ['< . 499 ack=100', '< S 499']],
    ['a whole SYN+ACK', ['> S 99', '< S. 499 ack=100']],
  ])('not where %s', (_, lines) => expect(joinedSynAck(observed(...lines))).toBeUndefined())
})
