import type { Compiled } from '../compile/index.ts'
import type { LeadsTo } from '../property.ts'
import { askedOf, scopeOf } from '../scope.ts'
import { GIVEN, HIT } from '../search/question.ts'
import type { Entry } from '../search/record.ts'
import { lastingIn, promisesOf } from './lasting.ts'
import type { Reached } from './reach.ts'
import type { Only } from './relations.ts'
import { both, isEmpty, minus, type Sets, union } from './sets.ts'
import { Ways } from './ways.ts'
import { Where } from './where.ts'

/** How a promise is broken: a run gets from `starts` inside `open` to `stay`. */
export interface Broken {
  readonly group: number
  /** Worlds with *given* and not *then*. */
  readonly starts: Sets
  /** Worlds without *then*. */
  readonly open: Sets
  /** Here the run may stand still for good, or go round for ever inside. */
  readonly stay: Sets
  readonly standsStill: boolean
}

/**
 * Decides □(given ⇒ ◇then) as `decideLeadsTo` does, on sets of worlds. `'too many'`: it reads all groups at once, and
 * what it reads has too many combinations.
 * @param rounds the steps that may be part of a round; none, if absent
 */
export function brokenPromise(
  compiled: Compiled,
  reached: Reached,
  ways: Ways,
  rounds: Only | undefined,
  entry: Entry,
): Broken | 'holds' | 'too many' {
  const property = entry.property as LeadsTo
  const { diagrams, sets } = reached
  const scope = scopeOf(compiled.system, property)
  const promises = promisesOf(compiled, property)
  const rules = promises.map((promise) => Math.min(promise, 1))
  const fair = new Ways(compiled, reached, { key: `rules ${rules}`, rules })
  for (const group of askedOf(scope)) {
    const where = new Where(compiled, reached, property, scope, group)
    const given = where.find(sets, (answer) => (answer & GIVEN) !== 0)
    const open = where.find(sets, (answer) => (answer & HIT) === 0)
    if (given === undefined || open === undefined) return 'too many'
    entry.exercised ||= !isEmpty(given)
    const starts = both(diagrams, given, open)
    if (isEmpty(starts)) continue
    const still = minus(diagrams, open, fair.movable(open))
    if (leadsInto(reached, ways, starts, open, still)) return { group, starts, open, stay: still, standsStill: true }
    if (rounds === undefined) continue
    const lasting = lastingIn(compiled, reached, rounds, promises, open)
    if (leadsInto(reached, ways, starts, open, lasting)) {
      return { group, starts, open, stay: lasting, standsStill: false }
    }
  }
  return 'holds'
}

/** Whether some of the starts lead to the goal inside `open`. */
function leadsInto({ diagrams }: Reached, ways: Ways, starts: Sets, open: Sets, goal: Sets): boolean {
  let last = goal
  for (let seen = goal; !isEmpty(last); seen = union(diagrams, seen, last)) {
    if (!isEmpty(both(diagrams, last, starts))) return true
    last = minus(diagrams, ways.pre(last, open), seen)
  }
  return false
}
