import { expect, test } from 'vitest'
import { scenarioNamed } from '../index.ts'
import { standingInWords, standingOf } from './standing.ts'

const inWords = (scenario: string, id: string) => standingInWords(standingOf(scenarioNamed(scenario)!, id)!)

test('what holds for the clients of the scenario, and for every number', () => {
  expect(inWords('ghost-connection', 'Q1')).toMatch(/^holds for 2 clients \([\d,]+ states\), and for every number$/)
})

test('what only holds because the clients are few', () => {
  expect(inWords('half-open-connection', 'L13')).toMatch(
    /^holds for 1 client \([\d,]+ states\), but violated with 2 or more$/,
  )
})

test('what is violated, and from how many clients on', () => {
  expect(inWords('lowered-backlog', 'Q1')).toMatch(/^violated for \d clients \([\d,]+ states\); first with 2 or more$/)
})

test('what is not decided for every number', () => {
  expect(inWords('SYN-flood', 'B1')).toMatch(/; not decided for every number$/)
})

test('what the scenario does not ask', () => {
  expect(standingOf(scenarioNamed('handshake')!, 'W7')).toBeUndefined()
})
