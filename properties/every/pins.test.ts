import { describe, expect, test } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import { askForEvery } from './ask.ts'
import { verdictsOfEvery } from './pin.ts'
import { everyPins } from './pins.ts'

/** Those that take a second; `halfopen check --clients any` goes through all of them. */
const quick = [
  'accept-queue-backlog-0',
  'accept-queue',
  'half-open-connection',
  'reset-in-the-queue',
  'SYN-queue-limit',
  'listener-closed',
  'lowered-backlog',
  'abort-switched-on',
  'cookie-ghost',
  'SYN-flood',
  'pruned-ghost',
  'dead-backlog-0',
  'overfull-queue',
]

test('every scenario has a pinned verdict for every property', () => {
  const asked = Object.fromEntries(scenarios.map(({ name, properties }) => [name, [...properties].sort()]))
  const pinned = Object.fromEntries(
    Object.entries(everyPins).map(([name, verdicts]) => [name, Object.keys(verdicts).sort()]),
  )
  expect(pinned).toEqual(asked)
})

describe.each(quick)('%s', (name) => {
  test('gives for every number of clients what is pinned', () => {
    const scenario = scenarios.find((s) => s.name === name)!
    expect(verdictsOfEvery(askForEvery(scenario))).toEqual(everyPins[name])
  })
})
