import type { Compiled } from '../compile/index.ts'
import { hubClasses, sliceClasses } from '../search/classes.ts'
import type { Entry } from '../search/record.ts'
import { Rows } from '../search/rows.ts'
import { StateWatch } from '../search/watch-states.ts'
import { StepRecorder } from '../search/watch-steps.ts'
import { type Diagrams, EMPTY } from './diagrams.ts'
import type { Reached } from './reach.ts'

/** Combinations that a property of all groups at once may have before it is given up. */
const MANY = 2_000_000

/** What can be said of the reachable worlds besides their number. */
export interface Inspected {
  readonly fired: ReadonlySet<string>
  /** The properties that could not be decided. */
  readonly undecided: ReadonlySet<Entry>
  /** Worlds that no step leads away from and that are no declared end; `undefined`: too many to look at. */
  readonly deadlocks: number | undefined
  readonly transitions: bigint
}

/**
 * Shows the watchers every slice beside every hub that occurs, and every step from there: what a search would meet.
 * What is found has no place in a search, so the places of hits are not numbers.
 */
export function inspect(compiled: Compiled, reached: Reached, entries: readonly Entry[]): Inspected {
  const { tables, codec, system } = compiled
  const { diagrams, images, sets } = reached
  const states = new StateWatch(compiled, entries)
  const steps = new StepRecorder(compiled, entries)
  const rows = new Rows(compiled, {
    onRow: (group, slice, hub, state) => states.look(group, slice, hub, state),
    onStep: (group, slice, hub, step, nextHub, from, to) => steps.onStep(group, slice, hub, step, nextHub, from, to),
  })
  const takingIds = tables.togetherHub.map(() => images.newId())
  const idleIds = tables.togetherHub.map(() => images.newId())
  let transitions = 0n
  let deadlocks: number | undefined = 0
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
    deadlocks = deadlocks === undefined ? undefined : addDeadlocks(stuck, hub, deadlocks)
  }
  const undecided = new Set(
    entries.filter(({ property, hit }) => hit === undefined && isBeyond(property.kind, property.reads.everyGroup)),
  )
  states.wholes.forEach(({ entry, scope, show }) => {
    if (entry.hit === undefined && !showAll(compiled, reached, scope, show)) undecided.add(entry)
  })
  return { fired: steps.fired, undecided, deadlocks, transitions }

  function addDeadlocks(stuck: number, hub: number, known: number): number | undefined {
    if (stuck === EMPTY || system.isEnd === undefined) return known + Number(diagrams.count(stuck))
    if (diagrams.count(stuck) > MANY / 10) return undefined
    let count = known
    for (const tuple of diagrams.tuples(stuck)) if (!system.isEnd(codec.worldOf([...tuple, hub]))) count++
    return count
  }
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

/** Steps seen by all groups at once, and promises about runs, are not decided on sets. */
function isBeyond(kind: Entry['property']['kind'], everyGroup = false): boolean {
  return kind === 'leads-to' || (everyGroup && (kind === 'step' || kind === 'happens'))
}

/** Shows one world of each combination of what the property reads. `false`: too many. */
function showAll(
  compiled: Compiled,
  { diagrams, images, sets }: Reached,
  scope: StateWatch['wholes'][number]['scope'],
  show: (digits: Int32Array) => void,
): boolean {
  const slices = sliceClasses(compiled, scope.groupParts, scope.groups)
  const hubs = hubClasses(compiled, scope.sharedParts)
  const classes = slices.classOf.map((of) => of + 1)
  const example = new Int32Array(slices.count + 1)
  slices.classOf.forEach((of, slice) => {
    example[of + 1] = slice
  })
  const byHubClass = new Map<number, { node: number; hub: number }>()
  const id = images.newId()
  sets.forEach((set, hub) => {
    if (set === EMPTY) return
    const of = hubs.classOf[hub]!
    const node = diagrams.union(byHubClass.get(of)?.node ?? EMPTY, images.map(classes, id, set))
    byHubClass.set(of, { node, hub })
  })
  for (const { node, hub } of byHubClass.values()) {
    if (diagrams.count(node) > MANY) return false
    for (const tuple of diagrams.tuples(node)) show(Int32Array.of(...tuple.map((of) => example[of]!), hub))
  }
  return true
}
