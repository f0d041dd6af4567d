/**
 * Dijkstra's self-stabilizing ring (Self-stabilizing systems in spite of distributed control, 1974): whatever the machines begin
 * with, in the end one privilege is passed round. It takes as many values as there are machines, less one.
 */
import type { Property } from '../../property.ts'
import type { System } from '../../system.ts'

type Ring = readonly number[]

const isPrivileged = (ring: Ring, me: number): boolean =>
  me === 0 ? ring[0] === ring.at(-1) : ring[me] !== ring[me - 1]
const privileges = (ring: Ring): number => ring.filter((_, me) => isPrivileged(ring, me)).length

/** Begins with all that the machines may hold. */
export function tokenRing(machines: number, values: number): System {
  const begins = Array.from({ length: values ** machines }, (_, n) =>
    Array.from({ length: machines }, (_, me) => Math.floor(n / values ** me) % values),
  )
  return {
    groups: Array.from({ length: machines }, (_, me) => ({ name: `machine ${me}`, kind: 'machine' })),
    rules: [
      {
        name: 'move',
        kinds: ['machine'],
        fairness: 'weak',
        links: [
          {
            part: 'ring',
            shared: true,
            step: (ring: Ring, _, me) => {
              if (!isPrivileged(ring, me)) return []
              const value = me === 0 ? (ring[0]! + 1) % values : ring[me - 1]!
              return [{ state: ring.map((held, at) => (at === me ? value : held)) }]
            },
          },
        ],
      },
    ],
    initial: begins.map((ring) => ({ shared: { ring }, groups: ring.map(() => ({ is: 'a machine' })) })),
  }
}

export const tokenRingProperties: readonly Property[] = [
  { id: 'some-privilege', kind: 'invariant', reads: { shared: ['ring'] }, then: ({ ring }) => privileges(ring) >= 1 },
  {
    id: 'one-stays-one',
    kind: 'step',
    reads: { shared: ['ring'] },
    given: ({ before }) => privileges(before.ring) === 1,
    then: ({ after }) => privileges(after.ring) === 1,
  },
  {
    id: 'stabilizes',
    kind: 'leads-to',
    reads: { shared: ['ring'] },
    given: ({ ring }) => privileges(ring) > 1,
    then: ({ ring }) => privileges(ring) === 1,
  },
]
