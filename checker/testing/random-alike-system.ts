/** Random small systems whose groups of one kind are interchangeable. */
import fc from 'fast-check'
import type { Property } from '../property.ts'
import type { Link, System, World } from '../system.ts'
import { existing, randomProperties, randomSystem } from './random-system.ts'

/** The same link, which ignores its group. */
const anonymous = ({ part, shared, step }: Link): Link => ({
  part,
  ...(shared && { shared }),
  step: (state, label) => step(state, label, 0),
})

/** Every order of each kind's groups. */
function arrangements(world: World, kinds: readonly string[]): World[] {
  return kinds.reduce(
    (worlds: World[], kind, i) =>
      worlds.flatMap((one) =>
        kinds.flatMap((other, k) => {
          if (other !== kind || k < i) return []
          const groups = [...one.groups]
          ;[groups[i], groups[k]] = [one.groups[k]!, one.groups[i]!]
          return [{ ...one, groups }]
        }),
      ),
    [world],
  )
}

export const randomAlikeSystem: fc.Arbitrary<System> = fc
  .record({ system: randomSystem, kinds: fc.constantFrom(['p', 'p'], ['p', 'q', 'p'], ['p', 'p', 'p']) })
  .map(({ system, kinds }): System => {
    const spare = { a: 0, b: 1 }
    const initial = system.initial.map((world) => ({ ...world, groups: kinds.map((_, i) => world.groups[i] ?? spare) }))
    return {
      ...system,
      groups: kinds.map((kind, i) => ({ name: `${kind}${i}`, kind })),
      rules: system.rules.map((rule) => ({
        ...rule,
        ...(rule.kinds && { kinds: existing(rule.kinds, kinds) }),
        links: rule.links.map(anonymous),
      })),
      initial: initial.flatMap((world) => arrangements(world, kinds)),
    }
  })

/** Whatever may be asked of worlds up to renaming groups. */
export const randomAlikeProperties: fc.Arbitrary<Property[]> = randomProperties.map((properties) =>
  properties.filter(
    ({ kind, reads }) =>
      kind !== 'leads-to' &&
      !((kind === 'step' || kind === 'happens') && reads.everyGroup && (reads.group ?? []).length > 0),
  ),
)

/** Only what is promised of each group, or of the shared parts. */
export const randomLeadsTo: fc.Arbitrary<Property[]> = randomProperties.map((properties) =>
  properties.slice(0, 2).map((property) => ({ ...property, kind: 'leads-to' }) as Property),
)
