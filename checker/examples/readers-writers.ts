/**
 * Readers and writers over a shared count of readers. The count grows with the number of processes, so what bounds it in one
 * system is the number of its groups: beyond that it is impossible, which keeps the tables finite.
 */
import type { Property } from '../property.ts'
import { IMPOSSIBLE, type Link, type Outcome, type System } from '../system.ts'
import type { Family } from '../views/family.ts'

type At = 'outside' | 'reading' | 'writing'

const goes = (from: At, to: At): Link => ({ part: 'at', step: (at: At) => (at === from ? [{ state: to }] : []) })

const writer = (from: boolean, to: boolean): Link => ({
  part: 'writing',
  shared: true,
  step: (is: boolean) => (is === from ? [{ state: to }] : []),
})

/**
 * @param careless writers do not look for readers
 * @param most how many can read at a time
 */
export function readersAndWriters(processes: number, { careless = false, most = processes } = {}): System {
  const readers = (step: (n: number) => readonly Outcome[]): Link => ({ part: 'readers', shared: true, step })
  const rule = (name: string, ...links: readonly Link[]) => ({ name, kinds: ['process'], links })
  return {
    groups: Array.from({ length: processes }, (_, i) => ({ name: `process ${i + 1}`, kind: 'process' })),
    rules: [
      rule(
        'begin reading',
        goes('outside', 'reading'),
        writer(false, false),
        readers((n) => (n >= most ? IMPOSSIBLE : [{ state: n + 1 }])),
      ),
      rule(
        'end reading',
        goes('reading', 'outside'),
        readers((n) => (n === 0 ? IMPOSSIBLE : [{ state: n - 1 }])),
      ),
      rule(
        'begin writing',
        goes('outside', 'writing'),
        writer(false, true),
        readers((n) => (careless || n === 0 ? [{ state: n }] : [])),
      ),
      rule('end writing', goes('writing', 'outside'), writer(true, false)),
    ],
    initial: [
      {
        shared: { readers: 0, writing: false },
        groups: Array.from({ length: processes }, () => ({ at: 'outside' })),
      },
    ],
    isEnd: () => false,
  }
}

/** The same for every number of processes. */
export const anyReadersAndWriters = (options?: { readonly careless?: boolean }): Family => ({
  any: readersAndWriters(1, { ...options, most: Number.POSITIVE_INFINITY }),
  ofSize: (processes) => readersAndWriters(processes, options),
  counters: { part: 'readers', names: ['readers'], read: (n: number) => [n], write: (_, [n = 0]) => n },
})

export const readersAndWritersProperties: readonly Property[] = [
  {
    id: 'no-reader-beside-a-writer',
    kind: 'invariant',
    reads: { group: ['at'], shared: ['writing'] },
    given: ({ at }) => at === 'reading',
    then: ({ writing }) => !writing,
  },
  {
    id: 'one-writer',
    kind: 'invariant',
    reads: { group: ['at'], shared: ['writing'], everyGroup: true },
    then: ({ at, writing }: { at: At[]; writing: boolean }) =>
      at.filter((place) => place === 'writing').length === (writing ? 1 : 0),
    sums: [{ total: ({ writing }) => (writing ? 1 : 0), of: ({ at }) => (at === 'writing' ? 1 : 0) }],
  },
  { id: 'two-read', kind: 'reachable', reads: { shared: ['readers'] }, when: ({ readers }) => readers >= 2 },
]
