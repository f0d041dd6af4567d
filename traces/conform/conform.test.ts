/** The suite on the model: what is right meets everything, and each wrong rule is found. */
import { describe, expect, test } from 'vitest'
import { requirements } from './requirements/index.ts'
import { conform, outcomeOf } from './run.ts'
import { modelTarget } from './targets/model.ts'
import { wrong } from './testing/wrong.ts'

test('the model meets every requirement that it has the means for', async () => {
  const judged = await conform(modelTarget('rfc9293'), requirements)
  expect(judged.filter((j) => j.verdict === 'departs').map((j) => `${j.id}: ${j.because}`)).toEqual([])
  expect(judged.filter((j) => j.verdict === 'not decided').map((j) => j.id)).toEqual([
    'MUST-57',
    'SHLD-1',
    'SHLD-3-UNREAD',
    'MUST-36',
    'SHLD-30',
    'MUST-37',
    'MUST-1',
    'SMALL-WINDOW',
    'MUST-34',
    'SHLD-14',
    'ZERO-WINDOW-ACK',
    'MUST-66',
  ])
  expect(judged.filter((j) => j.verdict === 'not decided').every((j) => j.because !== undefined)).toBe(true)
})

test('what takes longer than it may is not decided, and says how long it takes', async () => {
  const { ownTime: _, ...target } = modelTarget('rfc9293')
  const judged = await conform(target, requirements, { times: { most: 30_000 } })
  expect(judged.find((j) => j.id === 'MUST-23')).toMatchObject({
    verdict: 'not decided',
    because: 'it takes 185 s: give it with --time 185',
  })
})

test('every id is there once, and every requirement has a source', () => {
  expect(new Set(requirements.map((r) => r.id)).size).toBe(requirements.length)
  expect(requirements.length).toBeGreaterThan(100)
  expect(requirements.filter((r) => !/RFC \d{4}/.test(r.source))).toEqual([])
})

test('a MUST that departs weighs more than one that is not decided, and other levels weigh nothing', () => {
  const of = (level: 'MUST' | 'SHOULD' | 'MAY' | 'RULE', verdict: 'meets' | 'departs' | 'not decided') => ({
    id: 'x',
    says: '',
    source: '',
    level,
    verdict,
  })
  expect(outcomeOf([of('MUST', 'meets'), of('RULE', 'departs'), of('SHOULD', 'not decided')])).toBe(0)
  expect(outcomeOf([of('MUST', 'not decided')])).toBe(3)
  expect(outcomeOf([of('MUST', 'not decided'), of('MUST', 'departs')])).toBe(1)
})

describe('reducers with one wrong rule', () => {
  test('there are enough of them', () => expect(Object.keys(wrong).length).toBeGreaterThan(70))

  test.each(Object.entries(wrong))('%s', async (_, rule) => {
    let found = false
    const judged = await conform(modelTarget('rfc9293', rule), requirements, {
      progress: (j) => {
        found ||= j.verdict === 'departs'
      },
      shouldStop: () => found,
    })
    const departure = judged.find((j) => j.verdict === 'departs')
    expect(departure?.packets?.length).toBeGreaterThan(0)
    expect(departure?.because).toBeDefined()
  })
})
