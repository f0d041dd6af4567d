/**
 * Two systems of the same parts and rules, taken through the same events side by side: each part is a pair, each link runs
 * on both halves. The first step on which they can be told apart is marked with the effect `DIFFERS`, and nothing that
 * took part in it goes on.
 *
 * What can be told apart: an event that only one of them can take, different effects, different labels of a shared part,
 * a different look of a part afterwards.
 */
import { canonicalKey } from './canonical.ts'
import type { Property } from './property.ts'
import {
  IMPOSSIBLE,
  type Label,
  type Link,
  type Outcome,
  type State,
  type SynchronousRule,
  type System,
} from './system.ts'

const DIFFERS = 'differs'

/** What an onlooker sees of a part. A part without a function is not seen. */
export interface Looks {
  readonly group: Readonly<Record<string, (state: State) => State>>
  readonly shared: Readonly<Record<string, (state: State) => State>>
}

interface Pair {
  readonly a: State
  readonly b: State
  readonly differs?: true
}

/** `only`: the other system cannot take this event. */
interface PairLabel {
  readonly a?: Label
  readonly b?: Label
  readonly only?: 'a' | 'b'
  readonly differs?: true
}

/** @throws RangeError for systems that do not have the same groups, parts and rules */
export function lockstep(a: System, b: System, looks: Looks): System {
  const shape = ({ groups, rules, synchronous = [] }: System) =>
    canonicalKey([groups, [...rules, ...synchronous].map(({ name }) => name)] as State)
  if (shape(a) !== shape(b)) throw new RangeError('systems of different groups or rules cannot go in lockstep')
  return {
    groups: a.groups,
    rules: a.rules.map((rule, i) => ({
      ...rule,
      links: rule.links.map((link, j) => together(link, b.rules[i]!.links[j]!, looks)),
    })),
    synchronous: (a.synchronous ?? []).map((rule, i) => atOnce(rule, b.synchronous![i]!)),
    initial: a.initial.map((world, i) => ({
      shared: paired(world.shared, b.initial[i]!.shared),
      groups: world.groups.map((group, g) => paired(group, b.initial[i]!.groups[g]!)),
    })),
    isEnd: () => true,
  }
}

/** Holds as long as the two cannot be told apart. */
export const sameAnswers = (part: string): Property => ({
  id: 'same answers',
  kind: 'step',
  reads: { group: [part] },
  then: ({ effects }) => !effects.includes(DIFFERS),
})

const paired = (a: Readonly<Record<string, State>>, b: Readonly<Record<string, State>>) =>
  Object.fromEntries(Object.keys(a).map((part): [string, Pair] => [part, { a: a[part], b: b[part] }]))

const same = (x: State, y: State): boolean => x === y || canonicalKey(x) === canonicalKey(y)

function together(one: Link, other: Link, looks: Looks): Link {
  const { part, shared = false } = one
  const look = looks[shared ? 'shared' : 'group'][part]
  const step = (pair: Pair, label: PairLabel, group: number): readonly Outcome[] => {
    if (pair.differs && !label.differs) return []
    const a = label.only === 'b' ? undefined : one.step(pair.a, label.a, group)
    const b = label.only === 'a' ? undefined : other.step(pair.b, label.b, group)
    const count = Math.max(a?.length ?? 0, b?.length ?? 0)
    return Array.from({ length: count }, (_, i) => {
      const [x, y] = [a?.[i], b?.[i]]
      if (x?.impossible || y?.impossible) return IMPOSSIBLE[0]!
      const differs = label.differs === true || x === undefined || y === undefined || isSeen(x, y, shared, look)
      const only = x === undefined ? 'b' : y === undefined ? 'a' : undefined
      return {
        state: {
          a: x === undefined ? pair.a : x.state,
          b: y === undefined ? pair.b : y.state,
          ...(differs && { differs }),
        } satisfies Pair,
        label: { a: x?.label, b: y?.label, ...(only && { only }), ...(differs && { differs }) } satisfies PairLabel,
        effects: differs && !label.differs ? [DIFFERS] : [],
        ...((x ?? y)?.note !== undefined && { note: (x ?? y)!.note! }),
      }
    })
  }
  return {
    part,
    ...(shared && { shared }),
    step:
      one.step.length > 2 // a link that names the group depends on it
        ? (state, label, group) => step(state, label ?? {}, group)
        : (state, label) => step(state, label ?? {}, -1),
  }
}

/** Of two outcomes of one link. */
const isSeen = (x: Outcome, y: Outcome, shared: boolean, look?: (state: State) => State): boolean =>
  !same([...(x.effects ?? [])].sort(), [...(y.effects ?? [])].sort()) ||
  (shared && !same(x.label, y.label)) ||
  (look !== undefined && !same(look(x.state), look(y.state)))

/** Where only one of them may go on, the other has a rule of its own to take first, and that one tells them apart. */
function atOnce(one: SynchronousRule, other: SynchronousRule): SynchronousRule {
  const both = (of: 'group' | 'shared') =>
    Object.fromEntries(
      Object.keys(one[of]).map((part) => {
        const step = (pair: Pair): Pair | undefined => {
          if (pair.differs) return undefined
          const [a, b] = [one[of][part]!(pair.a), other[of][part]!(pair.b)]
          return a === undefined || b === undefined ? undefined : { a, b }
        }
        return [part, step]
      }),
    )
  return { ...one, group: both('group'), shared: both('shared') }
}
