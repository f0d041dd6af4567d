import { describe, expect, it } from 'vitest'
import { seq } from '../../../model/index.ts'
import { observed } from '../testing/observed.ts'
import { issOf, serverIsns } from './isns.ts'

const iss = (...lines: string[]) => issOf(serverIsns(observed(...lines)))

describe('the initial number of a request', () => {
  it('is the one that its SYN+ACK shows', () => {
    expect(iss('> S 99', '< S. 499 ack=100')(seq(99), 0)).toBe(499)
  })
  it('a SYN+ACK that is repeated is of the same request', () => {
    const of = iss('> S 99', '< S. 499 ack=100', '< S. 499 ack=100', '> S 99', '< S. 777 ack=100')
    expect([of(seq(99), 0), of(seq(99), 1)]).toEqual([499, 777])
  })
  it('requests of several SYNs: each SYN its own', () => {
    const of = iss('> S 99', '< S. 499 ack=100', '> S 8', '< S. 777 ack=9')
    expect([of(seq(8), 1), of(seq(99), 0)]).toEqual([777, 499])
  })
  it('one whose SYN+ACK was lost: a number that the capture does not show, and another for each', () => {
    const of = iss('> S 99')
    expect(of(seq(99), 0)).not.toBe(of(seq(99), 1))
  })
  it('an ACK, and a SYN+ACK of the client, tell none', () => {
    expect(serverIsns(observed('< . 499 ack=100', '> S. 5 ack=7')).order).toEqual([])
  })
})
