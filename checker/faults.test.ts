import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import { mutex, mutexProperties } from './examples/mutex.ts'
import { decodePath, encodePath, replayPath } from './path.ts'
import type { Property } from './property.ts'
import { simulate } from './simulate/simulate.ts'
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

describe('what is written but means nothing', () => {
  const asks = (more: object) => () =>
    check(mutex, [{ id: 'odd', kind: 'invariant', reads: { group: ['at'] }, then: () => true, ...more } as never])
  const leads = { kind: 'leads-to', given: () => true, then: () => true }
  test.each<[string, () => unknown, string, string]>([
    ['a fairness for no rule', asks({ ...leads, alsoFair: ['entr'] }), 'BAD_PROPERTY', 'takes entr for fair'],
    [
      'a kind of property that is none',
      asks({ kind: 'invarient' }),
      'BAD_PROPERTY',
      'of kind invarient; choose one of',
    ],
    ['a member that no property has', asks({ gievn: () => true }), 'BAD_PROPERTY', 'has gievn'],
    ['reads of no such thing', asks({ reads: { groups: ['at'] } }), 'BAD_PROPERTY', 'reads.groups'],
    ['a predicate that is missing', asks({ then: undefined }), 'BAD_PROPERTY', 'lacks then'],
    [
      'a part that it does not say it reads',
      asks({ then: ({ lock }: { lock: string }) => lock === 'free' }),
      'BAD_PROPERTY',
      'looks at lock, which it does not say it reads (it reads at)',
    ],
    [
      'an answer that is none',
      asks({ then: () => undefined }),
      'BAD_PROPERTY',
      'then says undefined, neither true nor false, of {"at":"idle"}',
    ],
    [
      'a predicate that throws',
      asks({ then: ({ at }: { at: { deep: { er: number } } }) => at.deep.er === 1 }),
      'BAD_PROPERTY',
      'Property odd: then throws "Cannot read properties of undefined (reading \'er\')" of {"at":"idle"}',
    ],
    ['an unknown option', () => check(mutex, [], { maxDeth: 3 } as never), 'BAD_OPTIONS', 'no option maxDeth'],
    ['an unknown option of runs', () => simulate(mutex, [], { run: 3 } as never), 'BAD_OPTIONS', 'no option run;'],
    [
      'a kind that no group is of',
      () => check(withRule({ kinds: ['thread'] }), []),
      'BAD_SYSTEM',
      'Rule odd applies to kind thread',
    ],
    [
      'a fairness that is none',
      () => check(withRule({ fairness: 'fair' as never }), []),
      'BAD_SYSTEM',
      'Rule odd has fairness fair',
    ],
    [
      'a member that no rule has',
      () => check(withRule({ fairnes: 'weak' } as never), []),
      'BAD_SYSTEM',
      'Rule odd has fairnes',
    ],
    [
      'an initial state that is undefined',
      () =>
        check({ ...mutex, initial: [{ shared: { lock: 'free' }, groups: [{ at: undefined }, { at: 'idle' }] }] }, []),
      'BAD_STATE',
      'part at of A has no state',
    ],
    [
      'a function that throws',
      () => check(withRule({ links: [{ part: 'at', step: (at) => at.deep.er }] }), []),
      'RULE_FAILED',
      'rule odd, part at, state "idle": the function throws TypeError',
    ],
    [
      'a state that is no plain value',
      () => check(withRule({ links: [{ part: 'at', step: () => [{ state: new Map() }] }] }), []),
      'BAD_STATE',
      'rule odd, part at',
    ],
  ])('%s: refused', (_name, run, code, words) => {
    expect(fault(run)).toMatchObject({ code, message: expect.stringContaining(words) })
  })

  describe('a field that no state of the part has', () => {
    const system: System = {
      groups: [{ name: 'a', kind: 'p' }],
      rules: [
        { name: 'go', kinds: ['p'], links: [{ part: 'at', step: (at) => (at.n < 2 ? [{ state: go(at) }] : []) }] },
      ],
      initial: [{ shared: {}, groups: [{ at: { n: 0, inner: {} } }] }],
      isEnd: () => true,
    }
    const go = (at: { n: number }) => ({ n: at.n + 1, inner: at.n === 1 ? { late: true } : {} })
    const ask = (then: (at: Record<string, never>) => boolean, mayLack?: readonly string[]) => () =>
      check(system, [
        {
          id: 'odd',
          kind: 'invariant',
          reads: { group: ['at'] },
          then: ({ at }) => then(at),
          ...(mayLack && { mayLack }),
        },
      ])
    test('is refused', () => {
      expect(fault(ask((at) => at.m !== 1))).toMatchObject({
        code: 'BAD_PROPERTY',
        message: expect.stringContaining('Property odd looks at m in part at, which no state of at has there'),
      })
    })
    test('unless it is said that it may be lacking', () => {
      expect(ask((at) => at.m !== 1, ['m'])()).toMatchObject({ findings: [{ verdict: 'holds' }] })
    })
    test('one that some other state has is none of these', () => {
      expect(ask((at) => (at.inner as { late?: true } | undefined)?.late === undefined)()).toMatchObject({
        findings: [{ verdict: 'violated' }],
      })
    })
  })
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
