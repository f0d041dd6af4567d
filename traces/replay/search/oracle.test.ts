import { describe, expect, it } from 'vitest'
import { distance, type Seq, seq, text } from '../../../model/index.ts'
import { observed } from '../testing/observed.ts'
import { Frames } from './frames.ts'
import { Oracle } from './oracle.ts'

const CLOSED = ['> F. 100 ack=500', '< F. 500 ack=101', '> . 101 ack=501', '> . 101 ack=501']

/** Of the client, before its first packet. */
const oracleOf = (isForged: boolean) => {
  const steps = observed(...CLOSED).map((o, i) => (isForged && i === 3 ? { ...o, forged: true as const } : o))
  const options = { numbersOrder: true, issOf: (irs: Seq) => irs }
  return new Oracle({ side: 'client' }, steps, new Frames(steps, 'client'), options).moveTo(
    0,
    0,
    Number.POSITIVE_INFINITY,
  )
}

describe('whether a segment may be refused', () => {
  const late = text(seq(500), seq(101), 5)
  it('an ACK from after both FINs may be the answer', () => expect(oracleOf(false).refuses(late)).toBe(true))
  it('but none that was injected: the end has not sent it', () => expect(oracleOf(true).refuses(late)).toBe(false))
})

describe('what is long past', () => {
  const OPENED = ['> S 100', '< S. 500 ack=101', '> . 101 ack=501', '> . 101:90 ack=501']
  const serverAfter = (step: number, ...more: string[]) => {
    const steps = observed(...OPENED, ...more)
    const options = { numbersOrder: true, issOf: (irs: Seq) => irs }
    return new Oracle({ side: 'server' }, steps, new Frames(steps, 'server'), options).moveTo(step, step, 0)
  }
  it('at an end that shows nothing more: 64 before the last number', () => {
    const { peer } = new Frames(observed(...OPENED), 'server').origin
    expect(distance(serverAfter(4).longPast()!, peer!)).toBe(64)
  })
  it('nothing, as long as the end shows something', () => expect(serverAfter(1).longPast()).toBeUndefined())
  it('nothing, where text from before comes again', () => {
    expect(serverAfter(4, '> . 101:10 ack=501').longPast()).toBeUndefined()
    expect(serverAfter(4, '> . 191:10 ack=501').longPast()).toBeDefined()
  })
  it('acknowledgments of less than a number', () => {
    const oracle = serverAfter(2)
    // In the frame of two steps the server has shown 500.
    expect([oracle.isAcknowledgedBelow(seq(500)), oracle.isAcknowledgedBelow(seq(501))]).toEqual([false, true])
  })
})
