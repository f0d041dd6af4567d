import type { Compiled } from '../compile/index.ts'
import type { Invariant, Sum } from '../property.ts'
import { scopeOf } from '../scope.ts'
import { groupOf } from './ask.ts'
import { OwnSteps } from './steps.ts'
import type { ViewSet } from './view-set.ts'

/** A declared sum in numbers: its total by hub, what a group adds by slice. */
interface Counted {
  readonly total: Int32Array
  readonly weight: Int32Array
}

/**
 * Whether the sums that an invariant declares hold of every number of groups: they hold in the beginning, and every step that
 * a view shows changes both sides alike. A step that all take at once may move one sum on to another: place p after
 * `accept()` is place p + 1 before.
 */
export function proveSums(compiled: Compiled, views: ViewSet, property: Invariant): boolean {
  const sums = (property.sums ?? []).map((sum) => countedIn(compiled, views, property, sum))
  const { initialDigits, codec, tables } = compiled
  const begins = initialDigits.every((digits) =>
    sums.every(
      ({ total, weight }) =>
        total[digits[codec.groups]!] === 0 && digits.slice(0, codec.groups).every((slice) => weight[slice] === 0),
    ),
  )
  if (!begins) return false
  const own = new OwnSteps(compiled)
  let isKept = true
  for (let slice = 0; slice < views.slices && isKept; slice++) {
    views.eachHub(slice, (hub) => {
      own.each(slice, hub, (_, next, nextHub) => {
        if (next < 0 || nextHub < 0) isKept = false
        else
          isKept &&= sums.every(({ total, weight }) => total[nextHub]! - total[hub]! === weight[next]! - weight[slice]!)
      })
      for (let step = tables.hubLocalStart[hub]!; step < tables.hubLocalStart[hub + 1]!; step++) {
        const next = tables.stepTarget[step]!
        isKept &&= next >= 0 && sums.every(({ total }) => total[next] === total[hub])
      }
    })
  }
  return (
    isKept && tables.togetherHub.every((_, rule) => sums.every((sum) => isMovedOn(compiled, views, sums, sum, rule)))
  )
}

function countedIn(compiled: Compiled, views: ViewSet, property: Invariant, { total, of }: Sum): Counted {
  const { codec, tables, system } = compiled
  const { groups } = scopeOf(system, property)
  const isSeen = new Uint8Array(tables.hubs)
  const weight = new Int32Array(tables.slices)
  for (let slice = 0; slice < tables.slices; slice++) {
    let seen = false
    views.eachHub(slice, (hub) => {
      isSeen[hub] = 1
      seen = true
    })
    const group = groupOf(compiled, slice)
    if (seen && groups.includes(group)) weight[slice] = of(codec.sliceParts(group, slice))
  }
  return { total: Int32Array.from(isSeen, (seen, hub) => (seen === 1 ? total(codec.hubParts(hub)) : 0)), weight }
}

/** Whether this sum after the rule is one of the sums, or nothing at all, before it. */
function isMovedOn(
  { tables }: Compiled,
  views: ViewSet,
  sums: readonly Counted[],
  after: Counted,
  rule: number,
): boolean {
  const nextSlice = tables.togetherSlice[rule]!
  const nextHub = tables.togetherHub[rule]!
  const nothing = { total: new Int32Array(tables.hubs), weight: new Int32Array(tables.slices) }
  return [after, ...sums, nothing].some((before) => {
    for (let slice = 0; slice < views.slices; slice++) {
      let isSame = true
      views.eachHub(slice, (hub) => {
        if (nextSlice[slice]! < 0 || nextHub[hub]! < 0) return
        isSame &&=
          after.total[nextHub[hub]!] === before.total[hub] && after.weight[nextSlice[slice]!] === before.weight[slice]
      })
      if (!isSame) return false
    }
    return true
  })
}
