import { describe, expect, test } from 'vitest'
import { replayPath } from '../checker/index.ts'
import { ask, type Scenario, scenarios } from './index.ts'

/** Verdicts, and how long the way to each counterexample or witness is. */
const told = (scenario: Scenario, engine: 'explicit' | 'symbolic') => {
  const { report, model } = ask(scenario, {}, { engine })
  const { states, transitions, depth, levels, deadlocks } = report
  const found = report.findings.map(({ property, verdict, path }) => {
    if (path !== undefined) replayPath(model, path)
    return [property, verdict, path?.events.length, path?.loop]
  })
  return { states, transitions, depth, levels, deadlocks, found }
}

describe('sets of worlds and single worlds tell the same of a scenario', () => {
  test.each([
    'handshake',
    'ghost-connection',
    'abort-on-overflow',
    'accept-queue-backlog-0',
    'accept-queue',
    'old-duplicates-ack-lost',
  ])('%s', { timeout: 120_000 }, (name) => {
    const scenario = scenarios.find((candidate) => candidate.name === name)!
    expect(told(scenario, 'symbolic')).toEqual(told(scenario, 'explicit'))
  })
})
