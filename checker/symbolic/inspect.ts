import type { Compiled } from '../compile/index.ts'
import { scopeOf } from '../scope.ts'
import type { Entry } from '../search/record.ts'
import { Rows } from '../search/rows.ts'
import { StateWatch } from '../search/watch-states.ts'
import { StepRecorder } from '../search/watch-steps.ts'
import { type Diagrams, EMPTY } from './diagrams.ts'
import { whereOfAllGroups } from './of-all-groups.ts'
import type { Reached } from './reach.ts'
import { count, isEmpty, type Sets } from './sets.ts'
import { choose } from './where.ts'

/** Worlds without a way on that are shown to `isEnd` one by one. */
const MANY_ENDS = 200_000

/** What can be said of the reachable worlds besides their number. */
export interface Inspected {
  readonly fired: ReadonlySet<string>
  /** The properties that could not be decided. */
  readonly undecided: ReadonlySet<Entry>
  /** Of properties of all groups at once that are hit: the worlds (or those with the steps) that show it. */
  readonly shown: ReadonlyMap<Entry, Sets>
  /** Worlds without a way on that are no declared end; absent when there are too many to ask. */
  readonly deadlocked: Sets | undefined
  readonly transitions: bigint
}

/**
 * Shows the watchers every slice beside every hub that occurs, and every step from there: what a search would meet.
 * What is found has no place in a search, so the places of hits are not numbers.
 */
export function inspect(compiled: Compiled, reached: Reached, entries: readonly Entry[]): Inspected {
  const { tables, codec } = compiled
  const { diagrams, images, sets } = reached
  const isOfAll = ({ property }: Entry): boolean => scopeOf(compiled.system, property).of === 'every group'
  const local = entries.filter((entry) => !isOfAll(entry))
  const states = new StateWatch(compiled, local)
  const steps = new StepRecorder(compiled, local)
  const rows = new Rows(compiled, {
    onRow: (group, slice, hub, state) => states.look(group, slice, hub, state),
    onStep: (group, slice, hub, step, nextHub, from, to) => steps.onStep(group, slice, hub, step, nextHub, from, to),
  })
  const takingIds = tables.togetherHub.map(() => images.newId())
  const idleIds = tables.togetherHub.map(() => images.newId())
  let transitions = 0n
  const stuckAt = new Int32Array(tables.hubs)
  for (let hub = 0; hub < tables.hubs; hub++) {
    const set = sets[hub]!
    if (set === EMPTY) continue
    const stays = (group: number, slice: number): boolean => {
      const row = rows.at(group, slice, hub)
      for (let k = rows.first[row]!; k < rows.first[row + 1]!; k++) if (rows.deltas[k] !== 0) return false
      return true
    }
    for (let group = 0; group < codec.groups; group++) {
      transitions += weigh(diagrams, set, group, (slice) => {
        const row = rows.at(group, slice, hub)
        return rows.first[row + 1]! - rows.first[row]!
      })
    }
    transitions += diagrams.count(set) * BigInt(tables.hubLocalStart[hub + 1]! - tables.hubLocalStart[hub]!)
    const moving = new Set<number>()
    diagrams.support(set, (group, slice) => {
      if (!stays(group, slice)) moving.add(slice * codec.groups + group)
    })
    const isStuck = (slice: number, group: number): boolean => !moving.has(slice * codec.groups + group)
    let stuck = stays(codec.groups, 0) ? images.restrict(isStuck, images.newId(), set) : EMPTY
    tables.togetherHub.forEach((nextHub, rule) => {
      if (nextHub[hub]! < 0) return
      const next = tables.togetherSlice[rule]!
      const taking = images.restrict((slice) => next[slice]! >= 0, takingIds[rule]!, set)
      transitions += diagrams.count(taking)
      diagrams.support(taking, (group, slice) => steps.onTogetherOf(rule, group, slice, hub, Number.NaN, Number.NaN))
      if (codec.groups === 0) steps.onTogetherOf(rule, -1, 0, hub, Number.NaN, Number.NaN)
      const idle = images.restrict((slice) => next[slice] === slice, idleIds[rule]!, stuck)
      const left = diagrams.minus(stuck, taking)
      stuck = nextHub[hub] === hub ? diagrams.union(left, idle) : left
    })
    stuckAt[hub] = stuck
  }
  const undecided = new Set<Entry>()
  const shown = new Map<Entry, Sets>()
  for (const entry of entries) {
    if (entry.hit !== undefined || !isOfAll(entry) || entry.property.kind === 'leads-to') continue
    const found = whereOfAllGroups(compiled, reached, entry)
    if (found === undefined) undecided.add(entry)
    else if (!isEmpty(found)) shown.set(entry, found)
  }
  return { fired: steps.fired, undecided, shown, deadlocked: withoutEnds(compiled, reached, stuckAt), transitions }
}

function withoutEnds({ system, codec }: Compiled, { diagrams, images }: Reached, stuck: Sets): Sets | undefined {
  const { isEnd } = system
  if (isEnd === undefined) return stuck
  const { ofEach } = isEnd
  if (ofEach !== undefined) {
    const isOver: boolean[] = []
    const keep = (slice: number, group: number): boolean => {
      isOver[slice] ??= ofEach(codec.sliceParts(group, slice))
      return isOver[slice]
    }
    const id = images.newId()
    return stuck.map((set) => diagrams.minus(set, images.restrict(keep, id, set)))
  }
  if (count(diagrams, stuck) > MANY_ENDS) return undefined
  return stuck.map((set, hub) => choose(diagrams, set, codec.groups, (tuple) => !isEnd(codec.worldOf([...tuple, hub]))))
}

/** The sum over all tuples of a weight of the slice at one level. */
function weigh(diagrams: Diagrams, set: number, level: number, weight: (slice: number) => number): bigint {
  const known = new Map<number, bigint>()
  const sum = (node: number, depth: number): bigint => {
    let total = known.get(node) ?? 0n
    if (known.has(node)) return total
    const entries = diagrams.entries(node)
    for (let i = 0; i < entries.length; i += 2) {
      const below = entries[i + 1]!
      total += depth === 0 ? BigInt(weight(entries[i]!)) * diagrams.count(below) : sum(below, depth - 1)
    }
    known.set(node, total)
    return total
  }
  return sum(set, level)
}
