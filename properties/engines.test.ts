import { describe, expect, test } from 'vitest'
import { replayPath } from '../checker/index.ts'
import { ask, type Overrides, type Scenario, scenarios } from './index.ts'

/** Verdicts, and how long the way to each counterexample or witness is. */
const told = (scenario: Scenario, bounds: Overrides, engine: 'explicit' | 'symbolic') => {
  const { report, model } = ask(scenario, bounds, { engine })
  const { states, transitions, depth, levels, deadlocks } = report
  const found = report.findings.map(({ property, verdict, path }) => {
    if (path !== undefined) replayPath(model, path)
    return [property, verdict, path?.events.length, path?.loop]
  })
  return { states, transitions, depth, levels, deadlocks, found }
}

describe('sets of worlds and single worlds tell the same of a scenario', () => {
  test.each<[string, Overrides]>([
    ['handshake', {}],
    ['ghost-connection', { capacity: 1 }], // half a million worlds
    ['abort-on-overflow', { capacity: 1 }],
    ['accept-queue-backlog-0', {}],
    ['accept-queue', {}],
    ['old-duplicates-ack-lost', {}],
  ])('%s', { timeout: 120_000 }, (name, bounds) => {
    const scenario = scenarios.find((candidate) => candidate.name === name)!
    expect(told(scenario, bounds, 'symbolic')).toEqual(told(scenario, bounds, 'explicit'))
  })
})
