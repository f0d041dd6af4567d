import { describe, expect, it } from 'vitest'
import { type Seq, seq, text } from '../../../model/index.ts'
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
