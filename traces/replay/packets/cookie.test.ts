import { describe, expect, it } from 'vitest'
import { connectionOf, observed } from '../testing/observed.ts'
import { comesBack, isLikeCookie, mayBeCookies } from './cookie.ts'

describe('a SYN+ACK that may be a syncookie: linux cookie_v4_init_sequence', () => {
  const like = (syn: string, answer: string): boolean => {
    const { packets } = connectionOf(`> S 99 ${syn}`, `< S. 499 ack=100 ${answer}`)
    return isLikeCookie(packets[1]!, packets[0])
  }
  it.each([
    ['grants neither scale nor SACK', 'mss=1460 ws=7 sackOK', 'mss=1460', true],
    ['grants a scale', 'mss=1460 ws=7 sackOK', 'mss=1460 ws=7', false],
    ['grants SACK', 'mss=1460 sackOK', 'mss=1460 sackOK', false],
    ['has a timestamp, in which options may hide', 'ws=7 ts=1', 'mss=1460 ts=5', false],
    ['was asked for nothing', 'mss=1460', 'mss=1460', false],
    ['answers a SYN of unknown options', '', 'mss=1460', false],
    ['has unknown options itself', 'ws=7', '', false],
  ])('%s', (_, syn, answer, expected) => expect(like(syn, answer)).toBe(expected))
  it('answers no SYN that is shown: unknown', () => {
    expect(isLikeCookie(connectionOf('< S. 499 ack=100 mss=9').packets[0]!, undefined)).toBe(false)
  })
})

describe('SYN+ACKs to a repeated SYN that may be cookies: linux tcp_conn_request, cookie_init_timestamp', () => {
  const may = (...lines: string[]): boolean => mayBeCookies(observed(...lines))
  const SYN = '> S 99 ws=7 sackOK ts=1'
  const answer = (ts: number, number = 499) => `< S. ${number} ack=100 ws=7 sackOK ts=${ts}`
  it('their timestamps have equal low bits: those tell what they grant', () => {
    expect(may(SYN, answer(1000), SYN, answer(1000 + 64 * 16))).toBe(true)
    expect(may(SYN, answer(1000), SYN, answer(1000 + 64 * 16 + 1))).toBe(false)
  })
  it('all of one number have', () => {
    expect(may(SYN, answer(1000), SYN, answer(1064), SYN, answer(2000))).toBe(false)
  })
  it('one of another number may be a cookie by itself', () => {
    expect(may(SYN, answer(1000), SYN, answer(2001, 777))).toBe(true)
  })
  it('without timestamps they grant neither scale nor SACK', () => {
    const bare = '> S 99 ws=7 sackOK'
    expect(may(bare, '< S. 499 ack=100 mss=1460', bare, '< S. 499 ack=100 mss=1460')).toBe(true)
    expect(may(bare, '< S. 499 ack=100 ws=7', bare, '< S. 499 ack=100 ws=7')).toBe(false)
  })
  it('a SYN+ACK that no second SYN asked for is a repeated one', () => {
    expect(may(SYN, answer(1000), answer(1064))).toBe(false)
    expect(may(SYN, SYN, answer(1064))).toBe(false)
  })
})

describe('a connection that comes back after its end, from an ACK alone: linux cookie_v4_check', () => {
  const opened = ['> S 99 ws=7', '< S. 499 ack=100 mss=9', '> . 100 ack=500']
  const reset = '< R. 500 ack=100'
  it('the server goes on at the number that the ACK has told', () => {
    expect(comesBack(observed(...opened, reset, '< P. 500:5 ack=100'))).toBe(true)
  })
  it('not without a RST before it', () => expect(comesBack(observed(...opened, '< P. 500:5 ack=100'))).toBe(false))
  it('not where the ACK belongs to another SYN+ACK', () => {
    const other = ['> S 99 ws=7', '< S. 499 ack=100 mss=9', '> . 100 ack=900']
    expect(comesBack(observed(...other, reset, '< P. 500:5 ack=100'))).toBe(false)
  })
  it('not a new connection: a SYN begins anew', () => {
    expect(comesBack(observed(...opened, reset, '> S 99 ws=7', '< P. 500:5 ack=100'))).toBe(false)
  })
  it('with a full SYN+ACK: if the server has reset a piece from further on, which a request would have kept', () => {
    const full = ['> S 99 ws=7 ts=1', '< S. 499 ack=100 ws=7 ts=1']
    const [piece, first] = ['> P. 1548:300 ack=500', '> P. 100:1448 ack=500']
    const back = '< . 500 ack=1548'
    expect(comesBack(observed(...full, piece, '< R 500', first, back))).toBe(true)
    // A RST of a socket; one at another number; one for text that a cookie lets through; one after the server has sent text.
    expect(comesBack(observed(...full, piece, '< R. 500 ack=100', first, back))).toBe(false)
    expect(comesBack(observed(...full, piece, '< R 501', first, back))).toBe(false)
    expect(comesBack(observed(...full, first, '< R 500', first, back))).toBe(false)
    expect(
      comesBack(observed(...full, first, '< P. 500:9 ack=1548', piece, '< R 500', first, '< . 509 ack=1548')),
    ).toBe(false)
    expect(comesBack(observed(...full, piece, '< R 500', '> P. 1549:9 ack=500', back))).toBe(false)
  })
  it('with a full SYN+ACK: only if the server uses a number that it had passed', () => {
    const full = ['> S 99 ws=7', '< S. 499 ack=100 ws=7', '> . 100 ack=500']
    expect(comesBack(observed(...full, reset, '< . 500 ack=100'))).toBe(false)
    expect(comesBack(observed(...full, '< P. 500:5 ack=100', reset, '< . 500 ack=100'))).toBe(true)
    const probe = '< . 500 ack=100' // one below what was sent: a keepalive probe
    expect(comesBack(observed(...full, '< P. 500:1 ack=100', reset, probe))).toBe(false)
  })
})
