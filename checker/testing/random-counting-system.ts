/** Random small systems of alike groups that take and give back places of a shared number, in part wrongly. */
import fc from 'fast-check'
import type { Link, Rule, System } from '../system.ts'

const SIZE = 4
const CAP = 3

/** How many places a group holds in each of its states. */
const holdings = fc.array(fc.nat(2), { minLength: SIZE, maxLength: SIZE }).map(([_, ...rest]) => [0, ...rest])

const move = fc.record({
  from: fc.nat(SIZE - 1),
  to: fc.nat(SIZE - 1),
  /** Only beside these values of the other shared part. */
  when: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
  flips: fc.boolean(),
  /** Mostly nothing: what is taken too much. */
  wrong: fc.constantFrom(0, 0, 0, 0, 0, 1),
  fairness: fc.constantFrom('none' as const, 'weak' as const, 'strong' as const),
})

const partial = fc.array(fc.option(fc.nat(SIZE - 1), { nil: undefined, freq: 6 }), { minLength: SIZE, maxLength: SIZE })

export const randomCountingSystem: fc.Arbitrary<System> = fc
  .record({
    holdings,
    moves: fc.array(move, { minLength: 2, maxLength: 6 }),
    together: fc.array(fc.record({ a: partial, fairness: fc.constantFrom('none' as const, 'weak' as const) }), {
      maxLength: 1,
    }),
    begins: fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: 3, maxLength: 3 }),
    kinds: fc.constantFrom(['p', 'p'], ['p', 'q', 'p'], ['p', 'p', 'p']),
  })
  .map(({ holdings, moves, together, begins, kinds }): System => {
    const rules = moves.map(({ from, to, when, flips, wrong, fairness }, i): Rule => {
      const by = holdings[to]! - holdings[from]! + wrong
      const take: Link = {
        part: 'taken',
        shared: true,
        step: (taken: number) => (taken + by < 0 || taken + by > CAP ? [] : [{ state: taken + by }]),
      }
      const door: Link = {
        part: 'door',
        shared: true,
        step: (door: number) => (when[door] ? [{ state: flips ? 1 - door : door }] : []),
      }
      const group = (at: number, then: number): Link => ({
        part: 'a',
        step: (a: number) => (a === at ? [{ state: then }] : []),
      })
      return { name: `rule ${i}`, kinds: i === 0 ? ['p'] : ['p', 'q'], links: [group(from, to), door, take], fairness }
    })
    return {
      groups: kinds.map((kind, i) => ({ name: `${kind}${i}`, kind })),
      rules,
      synchronous: together.map(({ a, fairness }, i) => ({
        name: `together ${i}`,
        group: { a: (state: number) => a[state] },
        shared: {},
        fairness,
      })),
      initial: [
        {
          shared: { taken: 0, door: 0 },
          groups: kinds.map((_, i) => ({ a: holdings[begins[i]!] === 0 ? begins[i]! : 0 })),
        },
      ],
    }
  })
