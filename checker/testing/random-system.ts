/** Random small systems and properties for differential tests: everything is a table of small numbers. */
import fc from 'fast-check'
import type { Constraints } from '../constraint.ts'
import type { Property } from '../property.ts'
import type { Link, Outcome, Rule, SynchronousRule, System } from '../system.ts'

const SIZE = 3
const GROUP_PARTS = ['a', 'b']
const SHARED_PARTS = ['x', 'y']
const fairness = fc.constantFrom('none' as const, 'weak' as const, 'strong' as const)

/** A table of outcomes by state, label and group; labels are 0, 1 or undefined. */
const outcomes = fc.array(
  fc.record({ state: fc.nat(SIZE - 1), label: fc.nat(1), effects: fc.subarray(['seen'], { minLength: 0 }) }),
  { maxLength: 2 },
)
const table = fc.array(outcomes, { minLength: 7, maxLength: 7 })

const groupLink = fc.record({ part: fc.constantFrom(...GROUP_PARTS), table }).map(
  ({ part, table }): Link => ({
    part,
    step: (state: number, label: number | undefined) => table[(state * 2 + (label ?? 5)) % 7] as Outcome[],
  }),
)
const sharedLink = fc
  .record({ part: fc.constantFrom(...SHARED_PARTS), table, nosy: fc.boolean() })
  .map(({ part, table, nosy }): Link => {
    const look = (state: number, label: number | undefined, group: number) =>
      table[(state * 2 + (label ?? 5) + group * 3 + 3) % 7] as Outcome[]
    return nosy
      ? { part, shared: true, step: (state, label, group) => look(state, label, group) }
      : { part, shared: true, step: (state, label) => look(state, label, 0) }
  })

const rule = fc.record({
  kinds: fc.constantFrom(['p'], ['q'], ['p', 'q']),
  before: fc.array(groupLink, { maxLength: 2 }),
  shared: fc.array(sharedLink, { maxLength: 2 }),
  after: fc.array(groupLink, { maxLength: 2 }),
  fairness,
})
const sharedRule = fc.record({ links: fc.array(sharedLink, { minLength: 1, maxLength: 2 }), fairness })
const partial = fc.array(fc.option(fc.nat(SIZE - 1), { nil: undefined, freq: 5 }), { minLength: SIZE, maxLength: SIZE })
const synchronous = fc.record({ a: partial, x: partial, y: partial, fairness })

/** A rule applies to some kind that there is. */
export const existing = (kinds: readonly string[], ofGroups: readonly string[]): readonly string[] =>
  ofGroups.length === 0 || kinds.some((kind) => ofGroups.includes(kind)) ? kinds : [ofGroups[0]!]

export const randomSystem: fc.Arbitrary<System> = fc
  .record({
    kinds: fc.array(fc.constantFrom('p', 'q'), { maxLength: 2 }),
    rules: fc.array(rule, { minLength: 2, maxLength: 4 }),
    sharedRules: fc.array(sharedRule, { maxLength: 1 }),
    synchronous: fc.array(synchronous, { maxLength: 2 }),
    initial: fc.array(fc.array(fc.nat(SIZE - 1), { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 2 }),
  })
  .map(({ kinds, rules, sharedRules, synchronous, initial }) => ({
    groups: kinds.map((kind, i) => ({ name: `${kind}${i}`, kind })),
    rules: [
      ...rules.map(
        (r, i): Rule => ({
          // Every system has a rule 0 and a rule 1, which properties may take for fair.
          name: `rule ${i > 0 && synchronous.length > 0 ? i + 1 : i}`,
          kinds: existing(r.kinds, kinds),
          links: [...r.before, ...r.shared, ...r.after],
          fairness: r.fairness,
        }),
      ),
      ...sharedRules.map((r, i): Rule => ({ name: `shared ${i}`, links: r.links, fairness: r.fairness })),
    ],
    synchronous: synchronous.map(
      (s, i): SynchronousRule => ({
        name: i === 0 ? 'rule 1' : `together ${i}`,
        group: { a: (state: number) => s.a[state] },
        shared: { x: (state: number) => s.x[state], y: (state: number) => s.y[state] },
        effects: ['tick'],
        fairness: s.fairness,
      }),
    ),
    initial: initial.map((digits) => ({
      shared: { x: digits[6], y: digits[7] },
      groups: kinds.map((_, i) => ({ a: digits[i * 2], b: digits[i * 2 + 1] })),
    })),
  }))

/** Predicates over a view are tables over a hash of what is read. */
const predicate = fc
  .array(fc.boolean(), { minLength: 11, maxLength: 11 })
  .map((answers) => (view: unknown): boolean => {
    const text = JSON.stringify(view)
    let hash = 7
    for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) % 1009
    return answers[hash % 11]!
  })

const reads = fc.record({
  group: fc.subarray(GROUP_PARTS),
  shared: fc.subarray(SHARED_PARTS),
  everyGroup: fc.boolean(),
})

export const randomProperties: fc.Arbitrary<Property[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('invariant', 'step', 'reachable', 'happens', 'leads-to'),
      reads,
      given: predicate,
      then: predicate,
      alsoFair: fc.subarray(['rule 0', 'rule 1']),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((p, i) => ({ id: `property ${i}`, when: p.given, ...p }) as unknown as Property))

/** Constraints of worlds and of steps; most of what they are asked about passes. */
export const randomConstraints: fc.Arbitrary<Constraints> = fc
  .record({
    states: fc.array(fc.record({ reads, when: predicate }), { maxLength: 2 }),
    steps: fc.array(fc.record({ reads, when: predicate }), { maxLength: 2 }),
  })
  .map(({ states, steps }) => ({
    states: states.map((constraint, i) => ({ id: `worlds ${i}`, ...constraint })),
    steps: steps.map((constraint, i) => ({ id: `steps ${i}`, ...constraint })),
  }))
