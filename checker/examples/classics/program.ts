/** Processes that share memory, as programs of labelled lines. Each line is one atomic step. */
import type { Property } from '../../property.ts'
import type { Rule, System } from '../../system.ts'

/** Where a process stands, and its own variables besides. */
export interface Process {
  readonly at: string
}

export interface Line<Memory, Own extends Process> {
  readonly at: string
  /** What the step may lead to; nothing: the line waits. */
  readonly does: (memory: Memory, own: Own, me: number) => readonly { readonly memory: Memory; readonly own: Own }[]
  /** A process may stay at this line for good. */
  readonly mayStay?: true
}

/** `processes` copies of a program, each with its number. A process that can go on does so some time, unless the line says otherwise. */
export function program<Memory, Own extends Process>(
  processes: number,
  lines: readonly Line<Memory, Own>[],
  memory: Memory,
  begins: (me: number) => Own,
): System {
  const rules = lines.map(
    ({ at, does, mayStay }): Rule => ({
      name: at,
      kinds: ['process'],
      fairness: mayStay ? 'none' : 'weak',
      links: [
        { part: 'process', step: (own: Own) => (own.at === at ? [{ state: own, label: own }] : []) },
        {
          part: 'memory',
          shared: true,
          step: (held: Memory, own: Own, me) =>
            does(held, own, me).map((after) => ({ state: after.memory, label: after.own })),
        },
        { part: 'process', step: (_, after: Own) => [{ state: after }] },
      ],
    }),
  )
  return {
    groups: Array.from({ length: processes }, (_, me) => ({ name: `process ${me + 1}`, kind: 'process' })),
    rules,
    initial: [{ shared: { memory }, groups: Array.from({ length: processes }, (_, me) => ({ process: begins(me) })) }],
  }
}

/** The items with one of them changed. */
export const withItem = <Item>(items: readonly Item[], at: number, item: Item): readonly Item[] =>
  items.map((held, i) => (i === at ? item : held))

export const mutualExclusion: Property = {
  id: 'mutual-exclusion',
  kind: 'invariant',
  reads: { group: ['process'], everyGroup: true },
  then: ({ process }: { process: readonly Process[] }) => process.filter(({ at }) => at === 'critical').length <= 1,
}

/** Every process that tries comes to the critical section. */
export const noStarvation: Property = {
  id: 'no-starvation',
  kind: 'leads-to',
  reads: { group: ['process'] },
  given: ({ process }) => !['idle', 'critical', 'leave'].includes(process.at),
  then: ({ process }) => process.at === 'critical',
}
