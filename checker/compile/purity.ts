/**
 * Whether the functions of a system are what the tables take them for: pure functions of their inputs. Inputs are frozen;
 * every distinct one is run twice, the second time on a copy that may be changed, so that what writes to its input, draws
 * random numbers, reads a clock or counts its calls is found and not believed.
 */
import { alike } from '../alike.ts'
import { canonicalKey } from '../canonical.ts'
import { CheckerFault } from '../faults.ts'
import type { Link, Outcome, State } from '../system.ts'

/** Freezes a state and all that it holds. A state that is handed on is shared by all worlds that have it. */
export function frozen(value: State): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const member of Object.values(value)) frozen(member)
}

/**
 * @param readsGroup whether the answer may depend on the index of the group; where it may not, the second run gets another index,
 *   so that an answer that depends on it is found
 * @throws CheckerFault IMPURE_RULE, BAD_STATE, BAD_CHAIN, RULE_FAILED: with rule, part and state
 */
export function runPurely(
  link: Link,
  state: State,
  label: State,
  group: number,
  ruleOf: () => string,
  readsGroup = true,
): readonly Outcome[] {
  const about = (): string => `rule ${ruleOf()}, part ${link.part}, state ${short(state)}`
  const first = calling(() => link.step(state, label, group), about)
  checkOutcomes(first, about)
  const copy = copyOf(state)
  const second = calling(() => link.step(copy, label, readsGroup ? group : group + 1), about)
  if (!alike(copy, state)) throw impure(about(), 'writes to the state that it is given')
  if (placed(about, () => sameOutcomes(first, second))) return first
  if (!readsGroup && sameOutcomes(first, link.step(copied(state), label, group)))
    throw new CheckerFault(
      'BAD_CHAIN',
      `${about()}: the function answers by the index of the group, which it does not say it reads; declare readsGroup: true.`,
    )
  throw impure(about(), 'answers differently when it is asked the same again')
}

/** The same for a function of a synchronous rule. */
export function advancePurely(
  step: (state: State) => State | undefined,
  state: State,
  where: string,
): State | undefined {
  const about = (): string => `${where}, state ${short(state)}`
  const first = calling(() => step(state), about)
  const copy = copyOf(state)
  const second = calling(() => step(copy), about)
  if (!alike(copy, state)) throw impure(about(), 'writes to the state that it is given')
  placed(about, () => canonicalKey(first))
  if (!alike(first, second)) throw impure(about(), 'answers differently when it is asked the same again')
  return first
}

/** Writing to what is frozen throws a TypeError in strict code. */
const calling = <T>(run: () => T, about: () => string): T => {
  try {
    return run()
  } catch (error) {
    if (error instanceof TypeError && FROZEN.test(error.message))
      throw impure(about(), `writes to the state that it is given (${error.message})`)
    if (error instanceof TypeError || error instanceof ReferenceError)
      throw new CheckerFault('RULE_FAILED', `${about()}: the function throws ${error.name}: ${error.message}.`)
    throw error
  }
}

/** What is no plain JSON value is found where states are compared: told with rule, part and state. */
export const placed = <T>(about: () => string, run: () => T): T => {
  try {
    return run()
  } catch (error) {
    if (error instanceof CheckerFault && error.code === 'BAD_STATE')
      throw new CheckerFault('BAD_STATE', `${about()}: ${error.message}`)
    throw error
  }
}

const FROZEN = /read only property|not extensible|Cannot delete property|Cannot redefine property/

const impure = (about: string, what: string): CheckerFault =>
  new CheckerFault(
    'IMPURE_RULE',
    `${about}: the function ${what}. Return a new state ({ ...state, n: state.n + 1 }); what may go either way is several outcomes.`,
  )

const checkOutcomes = (outcomes: unknown, about: () => string): void => {
  if (!Array.isArray(outcomes))
    throw new CheckerFault(
      'BAD_STATE',
      `${about()}: the function returns no list of outcomes; return [] where it is not enabled.`,
    )
  for (const outcome of outcomes as readonly Outcome[])
    if (typeof outcome !== 'object' || outcome === null || (outcome.state === undefined && outcome.impossible !== true))
      throw new CheckerFault('BAD_STATE', `${about()}: an outcome has no state; return [{ state }].`)
}

const sameOutcomes = (a: readonly Outcome[], b: readonly Outcome[]): boolean =>
  a === b || (a.length === b.length && a.every((x, i) => isSame(x, b[i]!)))

/** The first is refused if it is no plain JSON value. */
const isSame = (x: Outcome, y: Outcome): boolean => {
  if (x === y) return true
  for (const value of [x.state, x.label, x.effects]) canonicalKey(value)
  return alike(x.state, y.state) && alike(x.label, y.label) && alike(x.effects, y.effects)
}

const copies = new WeakMap<object, State>()

/** One copy for all functions that run on a state: each leaves it as it was, or is refused. */
const copyOf = (state: State): State => {
  if (typeof state !== 'object' || state === null) return state
  const before = copies.get(state)
  if (before !== undefined) return before
  const copy = copied(state)
  copies.set(state, copy)
  return copy
}

/** Plain JSON values only: anything else is refused where states are numbered. */
const copied = (value: State): State => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copied)
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value)) copy[name] = copied(value[name])
  return copy
}

const short = (state: State): string => {
  const text = canonicalKey(state)
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
