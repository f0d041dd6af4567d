/** What is kept apart is bounded; where a bound lets go of something, the way says so. */
import { describe, expect, it } from 'vitest'
import { type Segment, seq } from '../../../model/index.ts'
import type { Actor, Hypothesis, Move } from '../actors/hypothesis.ts'
import { noLookahead } from './lookahead.ts'
import { hiddenWays } from './successors.ts'

const text = (from: number): Segment => ({ flags: '.', seq: seq(from), len: 10, ack: seq(1) })
const texts = (...from: number[]): Segment[] => from.map(text)
const none: Hypothesis<string> = { end: 'an end', unseen: [], late: [], due: [], stray: [], copies: 0 }

/** It takes whatever comes, and answers with these. */
const actorThat = (...send: Segment[]): Actor<string> => ({
  side: 'server',
  traits: {} as Actor<string>['traits'],
  start: 'an end',
  arrive: (end): Move<string>[] => [{ to: end, send, cost: 0 }],
  arriveWithoutRoom: () => [],
  renumbered: (end) => end,
  acknowledgedUpTo: (end) => end,
  withoutOldestAck: (end) => end,
  receivedUpTo: (end) => end,
  hiddenMoves: () => [],
  emissions: () => [],
  segment: (s) => s,
  standing: () => undefined,
  name: (end) => end,
})
const waysFrom = (h: Partial<Hypothesis<string>>, ...send: Segment[]) =>
  hiddenWays({ ...none, ...h }, actorThat(...send), 'talks', 8, noLookahead)

describe('overtaken beyond the tap', () => {
  const overtaking = (...stray: number[]) =>
    waysFrom({ due: texts(100, 110), stray: texts(...stray) }).filter(({ to }) => to.due.length === 0)

  it('three segments may still arrive', () => {
    const [way] = overtaking(10, 20)
    expect(way!.to.stray).toEqual(texts(10, 20, 100))
    expect(way!.isBounded).toBeUndefined()
  })
  it('of four the first counts as lost, and the search is cut', () => {
    const [way] = overtaking(10, 20, 30)
    expect(way!.to.stray).toEqual(texts(20, 30, 100))
    expect(way!.isBounded).toBe(true)
  })
})

describe('sent, and not seen', () => {
  const sending = (...unseen: number[]) => waysFrom({ due: texts(500), unseen: texts(...unseen) }, text(90))

  it('eight segments may still show', () => {
    const [way] = sending(10, 20, 30, 40, 50, 60, 70)
    expect(way!.to.unseen).toEqual(texts(10, 20, 30, 40, 50, 60, 70, 90))
    expect(way!.isBounded).toBeUndefined()
  })
  it('of nine the first counts as lost, and the search is cut', () => {
    const [way] = sending(10, 20, 30, 40, 50, 60, 70, 80)
    expect([way!.to.unseen, way!.cost]).toEqual([texts(20, 30, 40, 50, 60, 70, 80, 90), 1])
    expect(way!.isBounded).toBe(true)
  })
})
