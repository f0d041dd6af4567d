import { expect, test } from 'vitest'
import { progressLine } from './progress.ts'

const progress = {
  phase: 'search',
  depth: 5,
  states: 2000,
  transitions: 9000,
  queued: 12,
  statesPerSecond: 150_000,
  bytesPerState: 30.5,
  seconds: 2,
} as const

test('how far a search is', () => {
  const line = 'depth 5 · 2,000 states · 9,000 transitions · 12 queued · 150 k/s · 30.5 B/state · 2.0 s'
  expect(progressLine(progress)).toBe(line)
})

test('a pass over what is known has no rate, and few states have no memory of their own', () => {
  const again = { ...progress, states: 7, transitions: 0, statesPerSecond: -361_691 }
  expect(progressLine(again)).toBe('depth 5 · 7 states · 12 queued · 2.0 s')
})
