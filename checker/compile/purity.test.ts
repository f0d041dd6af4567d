import { describe, expect, it } from 'vitest'
import { check } from '../check.ts'
import type { Link, System } from '../system.ts'

const counter = (step: Link['step'], more: Partial<Link> = {}): System => ({
  groups: [{ name: 'a', kind: 'a' }],
  rules: [{ name: 'count', kinds: ['a'], links: [{ part: 'x', step, ...more }] }],
  initial: [{ shared: {}, groups: [{ x: { n: 0, f: [false] } }] }],
  isEnd: () => true,
})

const fault = (system: System): unknown => {
  try {
    return check(system, [])
  } catch (error) {
    return error
  }
}

describe('a function that is no function of its input is refused, with rule, part and state', () => {
  it.each<[string, Link['step'], string]>([
    [
      'counts up in place',
      (x) => {
        if (x.n < 3) x.n++
        return [{ state: x }]
      },
      'writes to the state',
    ],
    [
      'writes deep inside',
      (x) => {
        x.f[0] = true
        return [{ state: x }]
      },
      'writes to the state',
    ],
    [
      'writes in sloppy code, which nothing stops',
      new Function('x', 'x.n = 1; return [{ state: x }]') as Link['step'],
      'writes to the state',
    ],
    ['draws lots', () => [{ state: { n: Math.random(), f: [] } }], 'differently'],
  ])('%s', (_name, step, words) => {
    expect(fault(counter(step))).toMatchObject({
      code: 'IMPURE_RULE',
      message: expect.stringMatching(new RegExp(`rule count, part x, state .*${words}`)),
    })
  })

  it('counts its calls', () => {
    let calls = 0
    expect(fault(counter(() => [{ state: { n: calls++, f: [] } }]))).toMatchObject({ code: 'IMPURE_RULE' })
  })
  it.each<[string, Link['step']]>([
    ['a state is missing', () => [{}] as never],
    ['an outcome is missing', () => [undefined] as never],
    ['no list', () => ({ state: 1 }) as never],
    ['nothing at all', () => undefined as never],
  ])('%s', (_name, step) => {
    expect(fault(counter(step))).toMatchObject({ code: 'BAD_STATE', message: expect.stringContaining('rule count') })
  })
})

it('a function that returns new states is believed', () => {
  const up = counter((x) => (x.n < 3 ? [{ state: { ...x, n: x.n + 1 } }] : []))
  expect(check(up, [])).toMatchObject({ states: 4, exhausted: true })
})

describe('whether a shared link reads the index of the group', () => {
  const lock = (step: Link['step'], more: Partial<Link> = {}): System => ({
    groups: [
      { name: 'a', kind: 'p' },
      { name: 'b', kind: 'p' },
    ],
    rules: [
      {
        name: 'take',
        kinds: ['p'],
        links: [
          { part: 'at', step: (at) => [{ state: at }] },
          { part: 'owner', shared: true, step, ...more },
        ],
      },
    ],
    initial: [{ shared: { owner: -1 }, groups: [{ at: 0 }, { at: 0 }] }],
    isEnd: () => true,
  })
  const take = (owner: number, _label: unknown, group: number) => (owner < 0 ? [{ state: group }] : [])

  it.each<[string, Link['step']]>(
    [
      ['a wrapper', (...args: unknown[]) => take(...(args as Parameters<typeof take>))],
      ['a default parameter', (owner: number, label: unknown = 0, group = 0) => take(owner, label, group)],
      [
        'arguments',
        function (this: unknown) {
          // biome-ignore lint/complexity/noArguments: that is what is tested
          return take(...(arguments as unknown as Parameters<typeof take>))
        },
      ],
    ].slice(0, 3) as [string, Link['step']][],
  )('%s: refused until it is said', (_name, step) => {
    expect(fault(lock(step))).toMatchObject({ code: 'BAD_CHAIN', message: expect.stringContaining('readsGroup') })
    expect(check(lock(step, { readsGroup: true }), [])).toMatchObject({ states: 3 })
  })
  it('declared not to read it, and reading it: refused, with rule, part and state', () => {
    const hidden = (...args: unknown[]) => take(...(args as Parameters<typeof take>))
    expect(fault(lock(hidden, { readsGroup: false }))).toMatchObject({
      code: 'BAD_CHAIN',
      message: expect.stringContaining(
        'rule take, part owner, state -1: the function answers by the index of the group',
      ),
    })
  })
  it('three parameters show it, fewer do not read it', () => {
    expect(check(lock(take), [])).toMatchObject({ states: 3 })
    expect(
      check(
        lock((owner) => (owner < 0 ? [{ state: 7 }] : [])),
        [],
      ),
    ).toMatchObject({ states: 2 })
  })
})
