import { describe, expect, it } from 'vitest'
import { notation } from '../../../model/index.ts'
import type { Observation } from '../packets/observation.ts'
import { HANDSHAKE, observed } from '../testing/observed.ts'
import { withPrologues } from './prologue.ts'

/** What each history puts before the capture. */
const inferredIn = (packets: readonly Observation[]): string[][] =>
  withPrologues(packets).map((h) =>
    h.flatMap(({ inferred, from, segment }) =>
      inferred ? [`${from === 'client' ? '>' : '<'} ${notation(segment)}`] : [],
    ),
  )
const asIs = (packets: readonly Observation[]): void => expect(withPrologues(packets)).toEqual([packets])

describe('nothing was before', () => {
  it('a SYN', () => asIs(observed(...HANDSHAKE)))
  it('nothing but RSTs that answer what was injected: RFC 9293 §3.10.7.1', () => {
    const [text, reset] = observed('> P. 100:5 ack=9', '< R 9')
    asIs([{ ...text!, forged: true }, reset!])
  })
  it('a SYN that was injected', () => {
    const [syn, ...others] = observed(...HANDSHAKE)
    asIs([{ ...syn!, forged: true }, ...others])
  })
  it('a SYN+ACK or RST+ACK a moment before the SYN that it answers', () => {
    asIs(observed('< S. 499 ack=100 @0', '> S 99 @0.1'))
    asIs(observed('< R. 0 ack=100 @0', '> S 99 @0.1'))
  })
})

describe('a handshake that is not over', () => {
  it('a SYN+ACK comes first: its SYN was before', () => {
    expect(inferredIn(observed('< S. 499 ack=100', '> . 100 ack=500'))).toEqual([['> [S] seq 99']])
  })
  it('also where the SYN that is shown a second later is a repetition', () => {
    expect(inferredIn(observed('< S. 499 ack=100 @0', '> S 99 @1'))).toEqual([['> [S] seq 99']])
  })
  it('the client comes first, and the SYN+ACK is repeated: the whole handshake was before', () => {
    expect(inferredIn(observed('> . 100 ack=500', '< S. 499 ack=100'))).toEqual([
      ['> [S] seq 99', '< [S.] seq 499 ack 100', '> [.] ack 500'],
    ])
  })
})

describe('the middle of a connection', () => {
  const text = observed('> P. 100:10 ack=500 @5 ts=70', '< . 500 ack=110 @5.1 ts=9')
  it('the shortest history: a handshake that ends at the first numbers; or one end has closed already', () => {
    expect(inferredIn(text)).toEqual([
      ['> [S] seq 99', '< [S.] seq 499 ack 100', '> [.] ack 500'],
      ['> [S] seq 99', '< [S.] seq 498 ack 100', '> [.] ack 499', '< [F.] seq 499 ack 100'],
    ])
  })
  it('the history is seconds before the first packet, at the timestamps of its sender, and has its number', () => {
    const [syn, synAck] = withPrologues(text)[0]!
    expect(syn).toMatchObject({ packet: 1, time: 2, clock: 70, inferred: true })
    expect(synAck).toMatchObject({ packet: 1, time: 2, clock: 9 })
  })
  it('text that was under way is cut where it is acknowledged', () => {
    const [history] = inferredIn(observed('< . 500 ack=110', '< . 500 ack=130', '> P. 100:30 ack=500'))
    expect(history).toEqual([
      '> [S] seq 99',
      '< [S.] seq 499 ack 100',
      '> [.] ack 500',
      '> [.] seq 100:110 ack 500 length 10',
      '> [.] seq 110:130 ack 500 length 20',
    ])
  })
  it('what repeats text from before was elicited', () => {
    const again = withPrologues(observed('< . 500 ack=110', '> P. 100:10 ack=500'))[0]!.at(-1)!
    expect(again.analysis).toMatchObject({ elicited: true })
    const fresh = withPrologues(observed('< . 500 ack=110', '> P. 110:10 ack=500'))[0]!.at(-1)!
    expect(fresh.analysis?.elicited).toBeUndefined()
  })
  it('an ACK of unknown number stands where its end is', () => {
    expect(withPrologues(observed('> P. 100:10 ack=500', '> . ack=505'))[0]!.at(-1)!.segment.seq).toBe(110)
  })
  it('an end that still sends text has not closed before', () => {
    expect(
      inferredIn(text)
        .flat()
        .filter((line) => line.startsWith('> [F.]')),
    ).toEqual([])
  })
  it('ends before a SYN: what follows is another connection', () => {
    const both = observed('> P. 100:10 ack=500', '> S 7000', '< S. 800 ack=7001')
    expect(inferredIn(both)[0]).toEqual(inferredIn(both.slice(0, 1))[0])
  })
})
