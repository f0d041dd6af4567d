import { describe, expect, test } from 'vitest'
import { check } from '../check.ts'
import { checkNaively } from '../naive.ts'
import { replayPath } from '../path.ts'
import type { VisitedName } from '../report.ts'
import { rfc9293, rfc9293Properties } from './rfc9293.ts'

/** What TLC reports of MCtcp, as its collection records it. */
const tlc = { distinct: 1182, generated: 6322, depth: 14 }

const inTermsOfTlc = ({ states, transitions, depth }: { states: number; transitions: number; depth: number }) => ({
  distinct: states,
  generated: transitions + rfc9293.initial.length,
  depth: depth + 1,
})

describe('RFC 9293 between two peers, counted as TLC does', () => {
  test.each<VisitedName>(['bitset', 'paged bitset', 'hash table'])('%s', (visited) => {
    const report = check(rfc9293, rfc9293Properties, { visited })
    expect(report).toMatchObject({ exhausted: true, engine: 'breadth-first', visited })
    expect(inTermsOfTlc(report)).toEqual(tlc)
  })

  test('the naive search', () => {
    expect(inTermsOfTlc(checkNaively(rfc9293, rfc9293Properties))).toEqual(tlc)
  })

  test('auto keeps to searching world by world', () => {
    expect(inTermsOfTlc(check(rfc9293, []))).toEqual(tlc)
  })
})

describe('what holds there', () => {
  const { findings, coverage, deadlocks } = check(rfc9293, rfc9293Properties)

  test('two peers are established together once nothing is under way', () => {
    expect(findings.map(({ property, verdict }) => [property, verdict])).toEqual([['established-together', 'holds']])
    expect(deadlocks).toBe(0)
  })

  test('every rule fires, even those that the constraint keeps from being taken', () => {
    expect(coverage.rulesNeverFired).toEqual([])
  })

  test('without the wide reading of note 3 a simultaneous open is still found', () => {
    const rules = rfc9293.rules.filter(({ name }) => !name.includes('RST'))
    const both = { ...rfc9293, rules, initial: [rfc9293.initial[0]!] }
    const { path } = check({ ...both, constraints: { states: rfc9293.constraints!.states! } }, [
      {
        id: 'simultaneous open',
        kind: 'reachable',
        reads: { group: ['A', 'B', 'toA', 'toB'] },
        when: (view) => view.A.state === 'SYN-SENT' && view.B.state === 'SYN-SENT' && view.toA[0] === 'SYN',
      },
    ]).findings[0]!
    expect(replayPath(both, path!).map(({ event }) => event.rule)).toEqual(['B: send'])
  })
})
