import { describe, expect, it } from 'vitest'
import type { ServerEnd } from './actors/server-end.ts'
import {
  alternatives,
  cheapestEnd,
  endsWithin,
  explanationOf,
  inventions,
  type Surviving,
  statesAfter,
} from './beliefs.ts'
import { replayServers } from './end.ts'
import { runThrough } from './runs.ts'
import { HANDSHAKE, observed } from './testing/observed.ts'

const serverOf = (...lines: string[]): Surviving<ServerEnd> =>
  replayServers(observed(...lines), ['linux-6.18'], {})[0]!.surviving
const again = ['< S. 499 ack=100', '> . 100 ack=500']
/** The accept queue is full, or all ACKs but the last are lost. */
const ghost = serverOf(...HANDSHAKE, ...again, ...again, ...again)
/** And one that was accepted: it says text. */
const accepted = serverOf(...HANDSHAKE, '< P. 500:9 ack=100')

describe('the states after a packet', () => {
  it('what is learnt later counts: text tells that the ACK before it arrived', () => {
    expect(statesAfter(accepted, 3).possible).toContain('ESTABLISHED')
    expect(statesAfter(accepted, 3).cheapest).toEqual(['ESTABLISHED'])
    expect(statesAfter(serverOf(...HANDSHAKE, ...again.slice(0, 1)), 2).cheapest).toEqual(['SYN_RECV'])
  })
  it('the cheapest are among the possible, in order, each once', () => {
    for (const s of [ghost, accepted])
      for (let i = 0; i < 4; i++) {
        const { cheapest, possible } = statesAfter(s, i)
        expect(possible).toEqual(expect.arrayContaining(cheapest))
        expect(possible).toEqual([...new Set(possible)].sort())
      }
  })
})

describe('the runs that lead to the end of the capture', () => {
  it('the cheapest invents one thing, and says it', () => {
    expect(ghost.cheapest).toBe(1)
    const words = endsWithin(ghost, 0).map((n) => inventions(ghost, n).join())
    expect(words).toEqual(expect.arrayContaining(['the accept queue is full']))
    expect(inventions(accepted, cheapestEnd(accepted))).toEqual([])
  })
  it('a loss is no invention with a name: it is counted', () => {
    const lost = serverOf('> S 99', '> S 99', '< S. 499 ack=100')
    const words = endsWithin(lost, 2).map((n) => inventions(lost, n).join())
    expect(words.some((w) => /^\d segments? lost or overtaken$/.test(w))).toBe(true)
  })
  it('the dearer come after the cheaper, and none above the bound', () => {
    const costs = endsWithin(ghost, ghost.slack).map((n) =>
      runThrough(ghost, n).reduce((sum, { edge }) => sum + (edge?.cost ?? 0), 0),
    )
    expect(costs.length).toBeGreaterThan(1)
    expect(endsWithin(ghost, 0).length).toBeLessThan(costs.length)
    expect(Math.max(...costs)).toBeLessThanOrEqual(ghost.cheapest + ghost.slack)
  })
  it('a run goes from the start, by one edge a step', () => {
    const run = runThrough(ghost, cheapestEnd(ghost))
    expect(run[0]!.edge).toBeUndefined()
    for (const [i, { edge }] of run.entries()) {
      if (i === 0) continue
      expect([edge!.node.step, edge!.node.index]).toEqual([run[i - 1]!.node.step, run[i - 1]!.node.index])
    }
    expect(ghost.searched.actor.name(run.at(-1)!.node.h.end)).toBe(statesAfter(ghost, 8).cheapest[0])
  })
})

describe('what else the end could be at the end', () => {
  it('each other state with its least price, the cheapest first; none that is the usual', () => {
    const found = alternatives(ghost)
    expect(found.length).toBeGreaterThan(0)
    expect(found.map(({ cost }) => cost)).toEqual(found.map(({ cost }) => cost).sort((a, b) => a - b))
    const usual = new Set(endsWithin(ghost, 0).map((n) => ghost.searched.actor.name(n.h.end)))
    for (const { end, state, invents, cost } of found) {
      expect(end).toBe('server')
      expect(usual.has(state)).toBe(false)
      expect(invents).not.toEqual([])
      expect(cost).toBeGreaterThan(ghost.cheapest)
    }
  })
})

it('runs that are looked at together invent what each does alone', () => {
  for (const end of [ghost, accepted])
    expect(explanationOf(end)).toEqual({ invents: inventions(end, cheapestEnd(end)), alternatives: alternatives(end) })
})
