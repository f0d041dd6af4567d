import type { Compiled } from '../compile/index.ts'
import type { LeadsTo, Property } from '../property.ts'
import { scopeOf } from '../scope.ts'
import { OwnSteps } from './steps.ts'

/**
 * Whether what a world shows is shown by larger ones, too: a further group of these kinds may stay as it begins for good,
 * because no step that all take at once changes it or is blocked by it, and no fairness makes it move.
 */
export function mayStayIdle(compiled: Compiled, kinds: readonly string[], property: Property): boolean {
  const { system, tables, initialDigits } = compiled
  if (scopeOf(system, property).of === 'every group') return false
  const begins = new Set(
    initialDigits.flatMap((digits) =>
      system.groups.flatMap(({ kind }, group) => (kinds.includes(kind) ? [digits[group]!] : [])),
    ),
  )
  const isPromised = (rule: number): boolean => {
    const { name, fairness = 'none' } = system.rules[rule]!
    return fairness !== 'none' || (property as LeadsTo).alsoFair?.includes(name) === true
  }
  const own = new OwnSteps(compiled)
  return [...begins].every((slice) => {
    if (tables.togetherSlice.some((next) => next[slice] !== slice)) return false
    if (property.kind !== 'leads-to') return true
    let isIdle = true
    for (let hub = 0; hub < tables.hubs; hub++) {
      own.each(slice, hub, (step, next, nextHub) => {
        if (step < 0 || (isPromised(tables.actRule[tables.stepAct[step]!]!) && (next !== slice || nextHub !== hub)))
          isIdle = false
      })
    }
    return isIdle
  })
}
