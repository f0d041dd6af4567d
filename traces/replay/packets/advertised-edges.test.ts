import { describe, expect, it } from 'vitest'
import { seq } from '../../../model/index.ts'
import { connectionOf } from '../testing/observed.ts'
import { RightEdges } from './advertised-edges.ts'
import { observationsOf } from './observation.ts'

const edges = (...lines: string[]) => new RightEdges(connectionOf(...lines))

describe('the numbers up to which an end has offered to take text', () => {
  const scaled = ['> S 99 ws=7', '< S. 499 ack=100 ws=2', '> . 100 ack=500 win=10', '< . 500 ack=100 win=10']
  it('its acknowledgment and its window, scaled as its own SYN says: RFC 7323 §2.2', () => {
    const found = edges(...scaled)
    expect(found.has('client', seq(500 + 10 * 128), 4)).toBe(true)
    expect(found.has('client', seq(510), 4)).toBe(false)
    expect(found.has('server', seq(100 + 10 * 4), 4)).toBe(true)
  })
  it('unscaled where one SYN offers no scale', () => {
    const found = edges('> S 99 ws=7', '< S. 499 ack=100', '> . 100 ack=500 win=10')
    expect(found.has('client', seq(510), 3)).toBe(true)
  })
  it('only what came before that packet', () => {
    const found = edges(...scaled)
    expect(found.has('client', seq(500 + 1280), 2)).toBe(false)
    expect(found.has('client', seq(500 + 1280), 3)).toBe(true)
  })
  it('unknown where a SYN is not shown: the scale may be any', () => {
    const found = edges(...scaled.slice(1))
    expect(found.has('client', seq(510), 3)).toBe(false)
    expect(found.has('client', seq(1780), 3)).toBe(false)
  })
  it('goes on from 0 after 2³² − 1: RFC 9293 §3.4', () => {
    const found = edges('> S 99', '< S. 4294967294 ack=100', '> . 100 ack=4294967295 win=10')
    expect(found.has('client', seq(9), 3)).toBe(true)
  })
})

it('an ACK of a sender whose window was taken back has no number of its own: linux tcp_acceptable_seq', () => {
  const lines = ['> S 99', '< S. 499 ack=100', '> . 100 ack=500 win=9', '< . 500 ack=100 win=20', '> P. 100:40 ack=500']
  const seqOfLast = (edge: number) => observationsOf(connectionOf(...lines, `> . ${edge} ack=500 win=9`)).at(-1)!.seq
  expect(seqOfLast(120)).toBeUndefined()
  expect(seqOfLast(121)).toBe(121)
})
