import type { Compiled } from '../compile/index.ts'
import { scopeOf } from '../scope.ts'
import { GIVEN, HIT } from '../search/question.ts'
import type { Entry } from '../search/record.ts'
import type { Reached } from './reach.ts'
import { withRightSums } from './right-sums.ts'
import { isEmpty, minus, type Sets } from './sets.ts'
import { Where } from './where.ts'
import { WhereSteps } from './where-steps.ts'

/** Where a property of all groups at once is hit; notes whether it was exercised. `undefined`: too much to ask. */
export function whereOfAllGroups(compiled: Compiled, reached: Reached, entry: Entry): Sets | undefined {
  const { property } = entry
  if (property.kind === 'leads-to') return undefined
  const scope = scopeOf(compiled.system, property)
  const { diagrams, sets } = reached
  const isHit = (answer: number): boolean => (answer & HIT) !== 0
  const isGiven = (answer: number): boolean => (answer & GIVEN) !== 0
  let hit: Sets | undefined
  let isExercised: boolean | undefined
  if (property.kind === 'step' || property.kind === 'happens') {
    const where = new WhereSteps(compiled, reached, property, scope)
    hit = where.find(sets, isHit)
    const given = where.find(sets, isGiven)
    isExercised = given && !isEmpty(given)
  } else {
    const where = new Where(compiled, reached, property, scope, -1)
    const sums = property.kind === 'invariant' ? property.sums : undefined
    const suspects =
      sums === undefined ? sets : minus(diagrams, sets, withRightSums(compiled, diagrams, sums, scope.groups, sets))
    hit = where.find(suspects, isHit)
    isExercised = where.isSomewhere(sets, isGiven)
  }
  if (hit === undefined || isExercised === undefined) return undefined
  entry.exercised ||= isExercised
  if (!isEmpty(hit)) entry.hit = { level: 0, from: Number.NaN, group: -1 }
  return hit
}
