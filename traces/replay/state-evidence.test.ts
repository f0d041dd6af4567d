import { describe, expect, it } from 'vitest'
import { seq, synAck } from '../../model/index.ts'
import { serverActor } from './actors/server-actor.ts'
import { replayStack } from './actors/stacks.ts'
import { statesAfter, surviving } from './beliefs.ts'
import { replayServers } from './end.ts'
import { constrainedBy, neverBecoming, type StateEvidence } from './state-evidence.ts'
import { HANDSHAKE, observed } from './testing/observed.ts'

const [{ searched }] = replayServers(observed(...HANDSHAKE), ['linux-6.18'], {}) as [
  ReturnType<typeof replayServers>[0],
]
const seen = (after: readonly [number, number], ...states: string[]): StateEvidence => ({
  after,
  states,
  words: 'line 3 says so',
})
const statesOf = (known: readonly StateEvidence[], packet: number): string[] => {
  const narrowed = constrainedBy(searched, known)
  expect(narrowed.contradicted).toBeUndefined()
  return statesAfter(surviving(narrowed.searched, 3), packet - 1).possible
}

describe('a state that another source saw', () => {
  it('keeps only the runs that lead through it', () => {
    expect(statesOf([], 3)).toEqual(expect.arrayContaining(['ESTABLISHED', 'SYN_RECV']))
    expect(statesOf([seen([3, 3], 'SYN_RECV')], 3)).toContain('SYN_RECV')
    expect(statesOf([seen([3, 3], 'CLOSED')], 3)).not.toContain('ESTABLISHED')
  })
  it('one of several states will do', () => {
    expect(statesOf([seen([3, 3], 'CLOSED', 'ESTABLISHED')], 3)).toEqual(
      expect.arrayContaining(['CLOSED', 'ESTABLISHED']),
    )
  })
  it('at some moment of the window, not at each', () => {
    expect(statesOf([seen([1, 3], 'SYN_RECV')], 3)).toContain('ESTABLISHED')
  })
  it('the price is that of the run that leads through it', () => {
    const cheapest = (known: readonly StateEvidence[]) => surviving(constrainedBy(searched, known).searched, 3).cheapest
    expect(cheapest([])).toBe(0)
    expect(cheapest([seen([3, 3], 'CLOSED')])).toBeGreaterThan(0)
  })
  it('several: every run leads through all', () => {
    const both = [seen([2, 2], 'SYN_RECV'), seen([3, 3], 'ESTABLISHED')]
    expect(statesOf(both, 2)).toEqual(['SYN_RECV'])
    expect(statesOf(both, 3)).toContain('ESTABLISHED')
  })
  it('a moment after the capture is its end', () => {
    expect(statesOf([seen([90, 99], 'ESTABLISHED')], 3)).toContain('ESTABLISHED')
  })
})

it('no run leads through it: the first such piece, and where the packets leave the end instead', () => {
  const { contradicted, searched: left } = constrainedBy(searched, [seen([3, 3], 'CLOSED'), seen([2, 2], 'TIME_WAIT')])
  expect(contradicted).toMatch(/^line 3 says so, but the packets leave the server .*SYN_RECV.* by then$/)
  expect(statesAfter(surviving(left, 3), 2).possible).not.toContain('ESTABLISHED')
})

it('an end that never becomes something: no move leads there, others stay', () => {
  const actor = serverActor(replayStack('linux-6.18'), false)
  const [requested] = actor.arrive(actor.start, { flags: 'S', seq: seq(99), len: 0 }, seq(499))
  const ack = { flags: '.', seq: seq(100), ack: seq(500), len: 0 } as const
  expect(requested!.send).toEqual([synAck(seq(499), seq(100))])
  const fulls = actor.arrive(requested!.to, ack).map(({ to }) => to.full)
  expect(fulls).toEqual(expect.arrayContaining([true, false]))
  expect(
    neverBecoming(actor, ({ full }) => full)
      .arrive(requested!.to, ack)
      .map(({ to }) => to.full),
  ).toEqual([false])
})
