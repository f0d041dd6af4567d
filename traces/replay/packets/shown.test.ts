import { describe, expect, it } from 'vitest'
import { seq } from '../../../model/index.ts'
import { observed } from '../testing/observed.ts'
import { shownBy } from './shown.ts'

describe('text that packets show without a gap', () => {
  const shown = shownBy(
    observed('> S 99', '< S. 499 ack=100', '> P. 120:10 ack=500', '> P. 100:10 ack=500', '> F. 130 ack=500'),
  )
  it('begins where its stretch begins, in whatever order it came', () => {
    expect(shown.startOf('client', seq(131))).toBe(120)
    expect(shown.startOf('client', seq(105))).toBe(100)
  })
  it('a number that no text shows is its own beginning; the number of a SYN is no text', () => {
    expect(shown.startOf('client', seq(115))).toBe(115)
    expect(shown.startOf('client', seq(100))).toBe(100)
  })
  it('the other end shows none', () => expect(shown.startOf('server', seq(505))).toBe(505))
})

describe('whether anything acknowledges more', () => {
  const packets = observed(
    '> S 99',
    '< S. 499 ack=100',
    '> P. 100:10 ack=500',
    '< . 500 ack=110',
    '> S 7000',
    '< S. 9 ack=7001',
  )
  const shown = shownBy(packets)
  it('at any time of the incarnation', () => {
    expect(shown.isUnheard(packets[2]!, seq(105))).toBe(false)
    expect(shown.isUnheard(packets[2]!, seq(110))).toBe(true)
  })
  it('the next incarnation is heard by itself', () => {
    expect(shown.isUnheard(packets[4]!, seq(7000))).toBe(false)
    expect(shown.isUnheard(packets[4]!, seq(7001))).toBe(true)
  })
  it('an end to which the other says nothing is unheard', () => {
    const [text] = observed('> P. 100:10 ack=500')
    expect(shownBy([text!]).isUnheard(text!, seq(0))).toBe(true)
  })
})
