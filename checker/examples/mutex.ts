/** Two processes, one lock: the example of the front door. */
import type { Property } from '../property.ts'
import type { System } from '../system.ts'

/** A process asks for the lock, enters when it is free, and leaves. */
export const mutex: System = {
  groups: [
    { name: 'A', kind: 'process' },
    { name: 'B', kind: 'process' },
  ],
  rules: [
    {
      name: 'ask',
      kinds: ['process'],
      links: [{ part: 'at', step: (at) => (at === 'idle' ? [{ state: 'waiting' }] : []) }],
    },
    {
      name: 'enter',
      kinds: ['process'],
      links: [
        { part: 'at', step: (at) => (at === 'waiting' ? [{ state: 'inside' }] : []) },
        { part: 'lock', shared: true, step: (lock) => (lock === 'free' ? [{ state: 'taken' }] : []) },
      ],
      fairness: 'strong',
    },
    {
      name: 'leave',
      kinds: ['process'],
      links: [
        { part: 'at', step: (at) => (at === 'inside' ? [{ state: 'idle' }] : []) },
        { part: 'lock', shared: true, step: () => [{ state: 'free' }] },
      ],
      fairness: 'weak',
    },
  ],
  initial: [{ shared: { lock: 'free' }, groups: [{ at: 'idle' }, { at: 'idle' }] }],
}

export const mutexProperties: readonly Property[] = [
  {
    id: 'mutual-exclusion',
    kind: 'invariant',
    reads: { group: ['at'], everyGroup: true },
    then: ({ at }: { at: string[] }) => at.filter((place) => place === 'inside').length <= 1,
  },
  {
    id: 'each-waiting-enters',
    kind: 'leads-to',
    reads: { group: ['at'] },
    given: ({ at }) => at === 'waiting',
    then: ({ at }) => at === 'inside',
  },
]
