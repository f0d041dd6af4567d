import { expect, expectTypeOf, test } from 'vitest'
import { check } from './check.ts'
import { typed } from './typed.ts'

interface Parts {
  readonly group: { readonly at: { readonly place: 'idle' | 'inside' } }
  readonly shared: { readonly lock: 'free' | 'taken' }
}
const { link, shared, invariant, step, leadsTo } = typed<Parts>()
const both = { group: ['at'], shared: ['lock'] } as const

test('a mistyped part or field is an error of the compiler', () => {
  // @ts-expect-error there is no part att
  link('att', () => [])
  // @ts-expect-error places have no colour
  link('at', ({ colour }) => (colour ? [] : []))
  // @ts-expect-error no such state
  shared('lock', () => [{ state: 'broken' }])
  // @ts-expect-error there is no part door
  invariant('odd', { reads: { shared: ['door'] }, then: () => true })
  // @ts-expect-error the lock is not read
  invariant('odd', { reads: { group: ['at'] }, then: ({ lock }) => lock === 'free' })
  // @ts-expect-error places have no colour
  step('odd', { reads: both, then: ({ after }) => after.at.colour === 1 })
  // @ts-expect-error no such place
  leadsTo('odd', { reads: both, given: ({ at }) => at.place === 'outside', then: () => true })
  invariant('every', {
    reads: { group: ['at'], everyGroup: true },
    then: ({ at }) => {
      expectTypeOf(at).toEqualTypeOf<readonly { readonly place: 'idle' | 'inside' }[]>()
      return true
    },
  })
})

test('what they give is what check takes', () => {
  const enter = [
    link('at', ({ place }) => (place === 'idle' ? [{ state: { place: 'inside' } }] : [])),
    shared('lock', (lock) => (lock === 'free' ? [{ state: 'taken' }] : [])),
  ]
  const report = check(
    {
      groups: [{ name: 'a', kind: 'p' }],
      rules: [{ name: 'enter', kinds: ['p'], links: enter, fairness: 'weak' }],
      initial: [{ shared: { lock: 'free' }, groups: [{ at: { place: 'idle' } }] }],
      isEnd: () => true,
    },
    [
      invariant('lock', { reads: both, then: ({ at, lock }) => (at.place === 'inside') === (lock === 'taken') }),
      step('once', { reads: both, then: ({ before }) => before.lock === 'free' }),
      leadsTo('enters', { reads: both, given: () => true, then: ({ at }) => at.place === 'inside' }),
    ],
  )
  expect(report.findings.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'holds'])
})
