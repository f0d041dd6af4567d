/** What was overtaken is let go of where its coming cannot show. */
import { describe, expect, it } from 'vitest'
import { type Segment, type Seq, seq } from '../../../model/index.ts'
import type { Hypothesis, SequenceBounds } from '../actors/hypothesis.ts'
import { observed } from '../testing/observed.ts'
import { Frames } from './frames.ts'
import { noLookahead } from './lookahead.ts'
import { Oracle } from './oracle.ts'
import { isSpent } from './past.ts'

const bounds: SequenceBounds = { sndUna: seq(100), sndNxt: seq(120), rcvNxt: seq(501), held: [] }
const fin: Segment = { flags: 'F.', seq: seq(500), len: 0, ack: seq(90) }
const none: Hypothesis<never> = { end: undefined as never, unseen: [], late: [], due: [], stray: [], copies: 0 }
const silent = { ...noLookahead, answersNoMore: () => true }
const spent = (s: Partial<Segment>, h: Partial<Hypothesis<never>> = {}, look = silent): boolean =>
  isSpent({ ...fin, ...s }, { ...none, ...h }, bounds, look)

describe('a segment is spent', () => {
  it('once all of it has come and is acknowledged', () => {
    expect(spent({})).toBe(true)
    expect(spent({ seq: seq(501) })).toBe(false)
    expect(spent({ ack: seq(101) })).toBe(false)
  })
  it('unless its answer may show', () => expect(spent({}, {}, noLookahead)).toBe(false))
  it('unless it asks for a connection or ends one', () => {
    expect(spent({ flags: 'S' })).toBe(false)
    expect(spent({ flags: 'R' })).toBe(false)
  })
  it('unless a RST is under way, after which it may redeem a cookie', () => {
    const reset: Segment = { flags: 'R', seq: seq(501), len: 0 }
    expect(spent({}, { due: [reset] })).toBe(false)
    expect(spent({}, { stray: [reset] })).toBe(false)
  })
})

describe('no answer shows', () => {
  const answersNoMore = (step: number, ...lines: string[]): boolean => {
    const steps = observed(...lines)
    const options = { numbersOrder: true, issOf: (irs: Seq) => irs }
    return new Oracle({ side: 'client' }, steps, new Frames(steps, 'client'), options)
      .moveTo(step, step, 0)
      .answersNoMore()
  }
  const text = ['> . 101:10 ack=500', '> . 111:10 ack=500']
  it('where the end sends only text', () => expect(answersNoMore(0, ...text)).toBe(true))
  it('after its last bare ACK', () => {
    expect(answersNoMore(0, '> . 101 ack=500', ...text)).toBe(false)
    expect(answersNoMore(1, '> . 101 ack=500', ...text)).toBe(true)
  })
  it('after the last RST of either end', () => {
    expect(answersNoMore(1, ...text, '> R 121')).toBe(false)
    expect(answersNoMore(1, ...text, '< R 500')).toBe(false)
  })
})
