import type { Compiled } from '../compile/index.ts'
import { scopeOf } from '../scope.ts'
import type { Entry } from '../search/record.ts'
import { StateWatch } from '../search/watch-states.ts'
import { StepRecorder } from '../search/watch-steps.ts'
import { OwnSteps } from './steps.ts'
import type { ViewSet } from './view-set.ts'

/** Where a number of the shared parts only says *many*. */
export interface Unclear {
  readonly isUnclear: (hub: number) => boolean
  /** The part whose numbers are counted. */
  readonly part?: string
}

/**
 * Shows every view, and every step that a view shows, to the properties. An entry without a hit holds for every number of
 * groups; a hit may be of a view that no world shows.
 * @param unclear which part counts, and beside which hubs only says *many*: what reads it there is not decided
 */
export function askViews(
  compiled: Compiled,
  views: ViewSet,
  entries: readonly Entry[],
  { isUnclear, part }: Unclear,
): ReadonlySet<Entry> {
  const readsHub = ({ property }: Entry): boolean =>
    part !== undefined && scopeOf(compiled.system, property).sharedParts.includes(part)
  const unclear = new Set<Entry>()
  const apart = entries.filter(readsHub)
  const clear = asker(compiled, entries)
  const unclearOnes = asker(
    compiled,
    entries.filter((entry) => !readsHub(entry)),
  )
  for (let slice = 0; slice < views.slices; slice++) {
    const group = groupOf(compiled, slice)
    views.eachHub(slice, (hub) => {
      if (!isUnclear(hub)) clear(group, slice, hub)
      else {
        for (const entry of apart) unclear.add(entry)
        unclearOnes(group, slice, hub)
      }
    })
  }
  return unclear
}

function asker(compiled: Compiled, entries: readonly Entry[]) {
  const { tables } = compiled
  const { togetherSlice, togetherHub, hubLocalStart, stepTarget } = tables
  const states = new StateWatch(compiled, entries)
  const steps = new StepRecorder(compiled, entries)
  const own = new OwnSteps(compiled)
  const hubsDone = new Uint8Array(tables.hubs)
  return (group: number, slice: number, hub: number): void => {
    states.look(group, slice, hub, Number.NaN)
    own.each(slice, hub, (step, next, nextHub) => {
      if (next >= 0 && nextHub >= 0) steps.onStep(group, slice, hub, step, nextHub, Number.NaN, Number.NaN)
    })
    togetherHub.forEach((nextHub, rule) => {
      if (nextHub[hub]! >= 0 && togetherSlice[rule]![slice]! >= 0)
        steps.onTogetherOf(rule, group, slice, hub, Number.NaN, Number.NaN)
    })
    if (hubsDone[hub] === 1) return
    hubsDone[hub] = 1
    for (let step = hubLocalStart[hub]!; step < hubLocalStart[hub + 1]!; step++)
      if (stepTarget[step]! >= 0) steps.onStep(-1, 0, hub, step, stepTarget[step]!, Number.NaN, Number.NaN)
  }
}

/** The representative of the kind that a slice is of. */
export function groupOf({ codec, closed, tables }: Compiled, slice: number): number {
  let kind = tables.kindOffset.length - 1
  while (tables.kindOffset[kind]! > slice) kind--
  return closed.kinds[kind]!.groups[0] ?? codec.groups - 1
}
