/**
 * Numbers that grow with the number of groups, counted 0, 1, 2 … *many*. A link runs on *many* itself, and what it does there
 * has to be what it does on larger numbers, too: that is tried, not assumed.
 */
import { canonicalKey } from '../canonical.ts'
import { CheckerFault } from '../faults.ts'
import {
  IMPOSSIBLE,
  isImpossible,
  type Label,
  type Link,
  type Outcome,
  type Rule,
  type State,
  type SynchronousRule,
  type System,
} from '../system.ts'

/** Independent numbers inside one shared part. */
export interface Counters {
  readonly part: string
  readonly names: readonly string[]
  readonly read: (state: State) => readonly number[]
  readonly write: (state: State, numbers: readonly number[]) => State
  /** From this number on it is *many*: beyond everything that a rule compares it with. Default 2. */
  readonly many?: number
}

/** How much larger the numbers are on which *many* is tried: the next ones all, then some far away. */
const LARGER = [...Array.from({ length: 16 }, (_, i) => i + 1), 30, 300, 5000, 100_000]

/** What a link of the counted part tells the next one, and by how much each number changed. */
interface Counted {
  readonly counted: readonly number[]
  readonly label?: Label
}

/** By how much the numbers change along with an answer of the shared parts; `undefined`: the counted part was not asked. */
export const countedBy = (label: Label): readonly number[] | undefined =>
  typeof label === 'object' && label !== null && 'counted' in label ? (label as Counted).counted : undefined

/** @throws CheckerFault UNCOUNTED (when run) where numbers from *many* on do not all do the same. */
export function counting(system: System, counters: Counters, many: number): System {
  const squash = (state: State): State =>
    counters.write(
      state,
      counters.read(state).map((n) => Math.min(n, many)),
    )
  return {
    ...system,
    rules: system.rules.map((rule) => countingRule(rule, counters, many)),
    synchronous: (system.synchronous ?? []).map((rule) => countingTogether(rule, counters, many)),
    initial: system.initial.map((world) => ({
      ...world,
      shared: { ...world.shared, [counters.part]: squash(world.shared[counters.part]) },
    })),
  }
}

/** From the counted part on, what it counted goes along with the label until the group has its turn again. */
function countingRule(rule: Rule, counters: Counters, many: number): Rule {
  let isCounted = false
  const links = rule.links.map((link): Link => {
    if (link.shared && link.part === counters.part) {
      const opened = isCounted ? opening(link) : link
      isCounted = true
      return countingLink(opened, counters, many)
    }
    if (!isCounted) return link
    if (link.shared) return passing(link)
    isCounted = false
    return opening(link)
  })
  return { ...rule, links }
}

const labelIn = (label: Label): Label => (countedBy(label) === undefined ? label : (label as Counted).label)

const opening = (link: Link): Link => withStep(link, (state, label, group) => link.step(state, labelIn(label), group))

const passing = (link: Link): Link =>
  withStep(link, (state, label, group) =>
    link.step(state, labelIn(label), group).map((outcome) => ({
      ...outcome,
      label: { counted: countedBy(label) ?? [], label: outcome.label } satisfies Counted,
    })),
  )

/** As many parameters as before: a link that is not told the group does not look at it. */
function withStep(link: Link, step: Link['step']): Link {
  const narrow: Link['step'] = (state, label) => step(state, label, -1)
  return { ...link, step: link.step.length >= 3 ? (state, label, group) => step(state, label, group) : narrow }
}

function countingLink(link: Link, counters: Counters, many: number): Link {
  const { read, write } = counters
  return withStep(link, (state, label, group) => {
    const before = read(state)
    const outcomes = link.step(state, label, group)
    const changes = (found: readonly Outcome[], from: readonly number[]): string =>
      isImpossible(found)
        ? 'impossible'
        : canonicalKey(
            found.map(({ state: to, note: _, ...rest }) => ({
              ...rest,
              to: write(
                to,
                from.map(() => 0),
              ),
              by: read(to).map((n, i) => n - from[i]!),
            })),
          )
    for (const larger of enlarged(before, many)) {
      const there = link.step(write(state, larger), label, group)
      if (changes(there, larger) !== changes(outcomes, before)) throw uneven(counters, many)
    }
    if (isImpossible(outcomes)) return IMPOSSIBLE
    return outcomes.flatMap((outcome) => {
      const by = read(outcome.state).map((n, i) => n - before[i]!)
      return reached(before, by, many).map((numbers) => ({
        ...outcome,
        state: write(outcome.state, numbers),
        label: { counted: by, label: outcome.label } satisfies Counted,
      }))
    })
  })
}

/** A step that all take at once must leave *many* alone: by how much it changes could not be told. */
function countingTogether(rule: SynchronousRule, counters: Counters, many: number): SynchronousRule {
  const step = rule.shared[counters.part]
  if (step === undefined) return rule
  const { read, write } = counters
  const counted = (state: State): State | undefined => {
    const before = read(state)
    const after = step(state)
    const isSame = (larger: readonly number[]): boolean => {
      const there = step(write(state, larger))
      if (there === undefined || after === undefined) return there === after
      const keeps = read(there).every((n, i) => n - larger[i]! === read(after)[i]! - before[i]!)
      return keeps && canonicalKey(write(after, before)) === canonicalKey(write(there, before))
    }
    const isKept = after === undefined || before.every((n, i) => n < many || read(after)[i] === n)
    if (!isKept || !enlarged(before, many).every(isSame)) throw uneven(counters, many)
    return after === undefined
      ? undefined
      : write(
          after,
          read(after).map((n) => Math.min(n, many)),
        )
  }
  return { ...rule, shared: { ...rule.shared, [counters.part]: counted } }
}

/** Larger numbers in place of each *many*, one by one and all together. */
function enlarged(numbers: readonly number[], many: number): number[][] {
  const places = numbers.flatMap((n, i) => (n >= many ? [i] : []))
  const sets = places.length > 1 ? [...places.map((i) => [i]), places] : places.map((i) => [i])
  return sets.flatMap((set) => LARGER.map((by) => numbers.map((n, i) => (set.includes(i) ? n + by : n))))
}

/** All that the numbers may be afterwards: *many* less one is *many* or one less. */
function reached(before: readonly number[], by: readonly number[], many: number): number[][] {
  return before.reduce<number[][]>(
    (all, n, i) => {
      const to = n + by[i]!
      const ways = n < many || to >= many ? [Math.min(to, many)] : range(to, many)
      return all.flatMap((numbers) => ways.map((way) => [...numbers, way]))
    },
    [[]],
  )
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

const uneven = ({ part }: Counters, many: number): CheckerFault =>
  new CheckerFault(
    'UNCOUNTED',
    `Numbers of ${part} grow with the number of groups, and ${many} does not stand for all larger ones.`,
  )

/** Whether a larger *many* may help. */
export const isUneven = (fault: unknown): boolean => fault instanceof CheckerFault && fault.code === 'UNCOUNTED'
