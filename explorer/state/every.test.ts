import { expect, test } from 'vitest'
import { everyPins, scenarios } from '../../properties/index.ts'
import { everyVerdictOf } from './every.ts'

test('of every property of every scenario it is what is pinned', () => {
  const said = (scenario: string, id: string) => {
    const { verdict, clients, orMore } = everyVerdictOf({ scenario, overrides: {} }, id)!
    return `${verdict}${clients === undefined ? '' : ` with ${clients}`}${orMore ? ' or more' : ''}`
  }
  for (const { name, properties } of scenarios)
    expect(Object.fromEntries(properties.map((id) => [id, said(name, id)]))).toEqual(everyPins[name])
})

test('another number of clients is one of every number; another kernel or setting was not asked', () => {
  const of = (overrides: object) => everyVerdictOf({ scenario: 'ghost-connection', overrides }, 'Q1')?.verdict
  expect([of({ clients: 5 }), of({ sysctls: {} })]).toEqual(['holds', 'holds'])
  expect([of({ kernel: 'linux-4.19' }), of({ sysctls: { tcp_abort_on_overflow: 1 } }), of({ loss: 2 })]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
