import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import { mutex, mutexProperties } from './examples/mutex.ts'
import { decodePath, encodePath, replayPath } from './path.ts'
import type { Property } from './property.ts'
import { IMPOSSIBLE, type Link, type Rule, type System } from './system.ts'

const stay: Link = { part: 'at', step: (at) => [{ state: at }] }
const lock: Link = { part: 'lock', shared: true, step: (held) => [{ state: held }] }
const withRule = (rule: Partial<Rule>): System => ({
  ...mutex,
  rules: [{ name: 'odd', kinds: ['process'], links: [stay], ...rule }],
})
const fault = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

describe('malformed systems are refused with what to do', () => {
  test.each<[string, System, string]>([
    ['shared parts visited twice', withRule({ links: [lock, stay, lock] }), 'put shared links together'],
    [
      'group links in a rule of the shared parts',
      { ...mutex, rules: [{ name: 'odd', links: [stay] }] },
      'name the kinds',
    ],
    [
      'a group link that uses the index',
      withRule({ links: [{ part: 'at', step: (at, _l, g) => [{ state: at + g }] }] }),
      'index',
    ],
    ['an unknown part', withRule({ links: [{ part: 'att', step: () => [] }] }), 'att'],
    ['no initial world', { ...mutex, initial: [] }, 'no initial world'],
    ['two rules of one name', { ...mutex, rules: [...mutex.rules, mutex.rules[0]!] }, 'Two rules are named ask'],
    ['a world with too few groups', { ...mutex, initial: [{ shared: { lock: 'free' }, groups: [] }] }, '0 groups'],
  ])('%s', (_name, system, words) => {
    expect(() => check(system, [])).toThrow(words)
  })

  test('a state that is no plain JSON value', () => {
    const system = withRule({ links: [{ part: 'at', step: () => [{ state: new Map() }] }] })
    expect(fault(() => check(system, []))).toMatchObject({ code: 'BAD_STATE', message: expect.stringContaining('Map') })
  })
})

describe('malformed properties are refused', () => {
  const asks = (reads: Property['reads']) => () =>
    check(mutex, [{ id: 'odd', kind: 'invariant', reads, then: () => true }])
  test('unknown shared part', () => expect(asks({ shared: ['door'] })).toThrow('door'))
  test('unknown group part', () => expect(asks({ group: ['door'] })).toThrow('door'))
  test('unknown kind', () => expect(asks({ group: ['at'], kinds: ['thread'] })).toThrow('thread'))
})

describe('combinations declared impossible', () => {
  const link = (impossibleAt: string): Link => ({
    part: 'lock',
    shared: true,
    step: (held) => (held === impossibleAt ? IMPOSSIBLE : [{ state: held }]),
  })

  test('are ignored as long as no reachable world contains them', () => {
    const peek: Rule = {
      name: 'peek',
      kinds: ['process'],
      links: [{ part: 'at', step: (at) => (at === 'inside' ? [{ state: at }] : []) }, link('free')],
    }
    expect(check({ ...mutex, rules: [...mutex.rules, peek] }, mutexProperties)).toMatchObject({
      states: 8,
      exhausted: true,
    })
  })

  test('stop a search that meets one', () => {
    expect(fault(() => check(withRule({ links: [link('free')] }), []))).toMatchObject({ code: 'IMPOSSIBLE_MET' })
  })
})

describe('what makes no sense', () => {
  const itself: { at: string; more?: unknown } = { at: 'idle' }
  itself.more = itself
  const world = mutex.initial[0]!
  const strayRule = { name: 'tick', group: {}, shared: { clock: (n: number) => n } }
  test.each([
    ['an engine that is none', () => check(mutex, [], { engine: 'fast' as never }), 'BAD_OPTIONS', 'no engine fast'],
    [
      'maxStates that is no number',
      () => check(mutex, [], { maxStates: Number.NaN }),
      'BAD_OPTIONS',
      'maxStates is NaN',
    ],
    [
      'a state that holds itself',
      () => check({ ...mutex, initial: [{ ...world, groups: [{ at: itself }, { at: 'idle' }] }] }, []),
      'BAD_STATE',
      'holds itself',
    ],
    [
      'a synchronous rule on a part that is not there',
      () => check({ ...mutex, synchronous: [strayRule] }, []),
      'BAD_SYSTEM',
      'advances part clock',
    ],
  ])('%s: refused', (_name, run, code, words) => {
    expect(run).toThrow(words)
    expect(fault(run)).toMatchObject({ code })
  })
})

describe('path codes', () => {
  const { path } = check({ ...mutex, isEnd: () => true }, [
    { id: 'inside', kind: 'reachable', reads: { group: ['at'] }, when: ({ at }) => at === 'inside' },
  ]).findings[0]!
  const code = encodePath(mutex, path!)

  test('are short and give the path back', () => {
    expect(code.length).toBeLessThan(10)
    expect(decodePath(mutex, code)).toEqual(path)
    expect(replayPath(mutex, path!).map(({ event }) => event.rule)).toEqual(['ask', 'enter'])
  })

  test.each([
    ['mistyped', () => decodePath(mutex, `${code.slice(0, -2)}xx`), 'not a path code'],
    ['cut off', () => decodePath(mutex, code.slice(0, 4)), 'not a path code'],
    ['with a strange letter', () => decodePath(mutex, `${code}!`), '"!"'],
    ['for another system', () => decodePath({ ...mutex, rules: mutex.rules.slice(2) }, code), 'another system'],
    [
      'for a system that differs in its settings alone',
      () => decodePath({ ...mutex, identity: 'three at a time' }, code),
      'belongs to another system or other settings',
    ],
    ['replayed elsewhere', () => replayPath({ ...mutex, rules: mutex.rules.slice(2) }, path!), 'another system'],
  ])('%s: refused', (_name, run, words) => {
    expect(run).toThrow(words)
    expect(fault(run)).toMatchObject({ code: 'BAD_PATH' })
  })
})
