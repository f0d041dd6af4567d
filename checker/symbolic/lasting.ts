import type { Compiled } from '../compile/index.ts'
import type { LeadsTo } from '../property.ts'
import type { Reached } from './reach.ts'
import type { Only } from './relations.ts'
import { isEmpty, isSame, minus, type Sets, union } from './sets.ts'
import { Ways } from './ways.ts'

/** What fairness promises of each rule, synchronous ones last: 0 nothing, 1 weak, 2 strong. */
export function promisesOf({ system }: Compiled, { alsoFair = [] }: LeadsTo): Uint8Array {
  return Uint8Array.from([...system.rules, ...(system.synchronous ?? [])], ({ name, fairness }) => {
    if (fairness === 'strong') return 2
    return fairness === 'weak' || alsoFair.includes(name) ? 1 : 0
  })
}

/** A rule of one group (-1: of no single one) of which fairness promises something. */
interface Duty {
  readonly group: number
  readonly isStrong: boolean
  /** All its steps, and those that may be part of a round. */
  readonly ways: Ways
  readonly onRounds: Ways
}

/**
 * Worlds from which a run may go on changing for ever inside `open` and be fair (Kesten, Pnueli, Raviv 1998, feasible
 * states under justice and compassion): whatever does not lead on, or not to where a promise is kept, is taken away until
 * nothing is left to take away. What remains may leave out worlds that merely lead there; it is empty only if there are none.
 * @param rounds the steps that may be part of a round
 */
export function lastingIn(compiled: Compiled, reached: Reached, rounds: Only, promises: Uint8Array, open: Sets): Sets {
  const { diagrams } = reached
  const onRounds = new Ways(compiled, reached, rounds)
  const duties = dutiesOf(compiled, reached, rounds, promises)
  let left = goingOn(onRounds, open)
  for (let before: Sets | undefined; before === undefined || !isSame(before, left); ) {
    before = left
    for (const { group, isStrong, ways, onRounds: own } of duties) {
      if (isEmpty(left)) return left
      const idle = minus(diagrams, left, ways.movable(left, group))
      const kept = own.pre(left, left, group)
      left = isStrong
        ? union(diagrams, idle, onRounds.into(kept, left))
        : onRounds.into(union(diagrams, idle, kept), left)
      left = goingOn(onRounds, left)
    }
  }
  return left
}

/** Takes away what has no way on inside, over and over. */
function goingOn(ways: Ways, sets: Sets): Sets {
  let left = sets
  for (let before: Sets | undefined; before === undefined || !isSame(before, left); ) {
    before = left
    left = ways.pre(left, left)
  }
  return left
}

function dutiesOf(compiled: Compiled, reached: Reached, rounds: Only, promises: Uint8Array): Duty[] {
  const { system } = compiled
  return [...promises].flatMap((promise, rule) => {
    if (promise === 0) return []
    const rules = new Uint8Array(promises.length)
    rules[rule] = 1
    const ways = new Ways(compiled, reached, { key: `rule ${rule}`, rules })
    const onRounds = new Ways(compiled, reached, { ...rounds, key: `${rounds.key} rule ${rule}`, rules })
    const kinds = system.rules[rule]?.kinds
    const groups =
      kinds === undefined ? [-1] : system.groups.flatMap(({ kind }, g) => (kinds.includes(kind) ? [g] : []))
    return groups.map((group) => ({ group, isStrong: promise === 2, ways, onRounds }))
  })
}
