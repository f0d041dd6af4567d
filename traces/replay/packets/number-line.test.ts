import { describe, expect, it } from 'vitest'
import { seq } from '../../../model/index.ts'
import { NumberLine } from './number-line.ts'

/** A line on which these stretches of text are shown. */
const lineOf = (...texts: (readonly [from: number, to: number])[]): NumberLine => {
  const line = new NumberLine(seq(1000))
  for (const [from, to] of texts) line.covers(line.place(seq(from)), line.place(seq(to)))
  line.count()
  return line
}
const counted = (line: NumberLine, n: number): number => line.number(line.place(seq(n)))

describe('numbers of one end, counted', () => {
  it('the first that is shown is the beginning; a text counts two octets, however long it is', () => {
    const line = lineOf([500, 1948], [1948, 1960])
    expect([500, 1948, 1960].map((n) => counted(line, n))).toEqual([1000, 1002, 1004])
  })
  it('a text of one octet keeps it: it may be a keepalive probe', () => {
    expect(counted(lineOf([500, 501]), 501)).toBe(1001)
  })
  it('a gap stays as wide as it is', () => {
    const line = lineOf([500, 600], [650, 700])
    expect([600, 650, 700].map((n) => counted(line, n))).toEqual([1002, 1052, 1054])
  })
  it('what is cut differently the second time is cut so the first time, too', () => {
    const line = lineOf([500, 600], [550, 600])
    expect([550, 600].map((n) => counted(line, n))).toEqual([1002, 1004])
  })
  it('goes on after 2³² − 1', () => {
    const line = lineOf([2 ** 32 - 50, 50])
    expect(counted(line, 50)).toBe(1002)
    expect(line.toCapture(seq(1002))).toBe(50)
  })
  it('leads back to the numbers of the capture; between two places by the nearer', () => {
    const line = lineOf([500, 1500], [2500, 3500])
    expect([1000, 1002, 2002, 2004].map((n) => line.toCapture(seq(n)))).toEqual([500, 1500, 2500, 3500])
    expect([1003, 2001, 2010].map((n) => line.toCapture(seq(n)))).toEqual([1501, 2499, 3506])
  })
  it('nothing shown: numbers are what they are', () => expect(lineOf().toCapture(seq(77))).toBe(77))
})
