/** Leads-to for every number of groups: where no fair run of the views stays pending, no fair run of any world does. */
import type { Compiled } from '../compile/index.ts'
import { components } from '../liveness/components.ts'
import type { LeadsTo } from '../property.ts'
import { scopeOf } from '../scope.ts'
import { hubClasses, sliceClasses } from '../search/classes.ts'
import { GIVEN, HIT, WorldQuestion } from '../search/question.ts'
import type { Unclear } from './ask.ts'
import type { Recurrence } from './time-goes-on.ts'
import { OTHERS, type ViewGraph } from './view-graph.ts'

const NONE = 0
const WEAK = 1
const STRONG = 2

/** Of a view where a number that is read only says *many*. */
const UNASKED = 4

/** The views from *given* on in which *then* has not come yet. */
interface Pending {
  /** *given* holds in some view at all. */
  readonly isGiven: boolean
  readonly members: Int32Array
  /** By view: 1 for members. */
  readonly marks: Int32Array
}

/** @returns `undefined` when it cannot be proved: some fair run of views stays pending, though perhaps of no world */
export function proveLeadsToForEvery(
  compiled: Compiled,
  graph: () => ViewGraph,
  property: LeadsTo,
  recurrence: Recurrence,
  unclear: Unclear,
): 'holds' | 'not applicable' | undefined {
  if (scopeOf(compiled.system, property).of === 'every group') return undefined
  const { rules, synchronous = [] } = compiled.system
  const fairness = [...rules, ...synchronous].map(({ name, fairness: promised = 'none' }) => {
    if (promised === 'strong') return STRONG
    return promised === 'weak' || property.alsoFair?.includes(name) ? WEAK : NONE
  })
  const isPromised = (rule: number): boolean => fairness[rule] !== NONE
  const recurring = synchronous.flatMap((_, r) => (recurrence.has(r, isPromised) ? [rules.length + r] : []))
  const pending = pendingOf(compiled, graph(), property, unclear)
  if (pending === undefined) return undefined
  if (!pending.isGiven) return 'not applicable'
  return hasFairRun(graph(), pending, fairness, recurring) ? undefined : 'holds'
}

/** @returns `undefined` where it would have to be asked of a number that only says *many* */
function pendingOf(compiled: Compiled, graph: ViewGraph, property: LeadsTo, unclear: Unclear): Pending | undefined {
  const status = statusOfAll(compiled, graph, property, unclear)
  const { size, edges, targets } = graph
  const marks = new Int32Array(size)
  const members = new Int32Array(size)
  let found = 0
  let isGiven = false
  const add = (view: number): void => {
    marks[view] = 1
    members[found++] = view
  }
  for (let view = 0; view < size; view++) {
    if ((status[view]! & GIVEN) !== 0) isGiven = true
    if ((status[view]! & (GIVEN | HIT)) === GIVEN) add(view)
  }
  if (status.includes(UNASKED)) return undefined
  for (let at = 0; at < found; at++) {
    const view = members[at]!
    for (let e = edges[view]!; e < edges[view + 1]!; e++) {
      const to = targets[e]!
      if (marks[to] === 0 && (status[to]! & HIT) === 0) add(to)
    }
  }
  return { isGiven, members: members.slice(0, found), marks }
}

/** Bits of each view. The predicates are asked once for all views that read the same. */
function statusOfAll(compiled: Compiled, graph: ViewGraph, property: LeadsTo, unclear: Unclear): Uint8Array {
  const scope = scopeOf(compiled.system, property)
  const isOfShared = scope.of === 'shared'
  const slices = isOfShared ? undefined : sliceClasses(compiled, scope.groupParts, scope.groups)
  const hubs = hubClasses(compiled, scope.sharedParts)
  const question = new WorldQuestion(compiled, property, scope)
  const readsCounted = unclear.part !== undefined && scope.sharedParts.includes(unclear.part)
  const known = new Uint8Array((slices?.count ?? 1) * hubs.count)
  return Uint8Array.from({ length: graph.size }, (_, view) => {
    const [slice, hub] = [graph.slices[view]!, graph.hubs[view]!]
    const of = slices === undefined ? 0 : slices.classOf[slice]!
    if (of < 0) return 0
    if (readsCounted && unclear.isUnclear(hub)) return UNASKED
    const at = of * hubs.count + hubs.classOf[hub]!
    if (known[at] === 0) known[at] = question.ask(slice, hub) + 1
    return known[at]! - 1
  })
}

/** Whether a run may stay among these views for ever and be fair. Standing still counts as staying. */
function hasFairRun(
  graph: ViewGraph,
  { members, marks }: Pending,
  fairness: readonly number[],
  recurring: readonly number[],
): boolean {
  const { edges, targets, takers, enabled, sets } = graph
  let mark = 1
  const idle = sets.map((rules) => rules.every((rule) => fairness[rule] === NONE))
  /** A single view: a rule that could change it is not taken, so none may be promised, and what recurs must leave it as it is. */
  const isFairAlone = (view: number): boolean => {
    if (!idle[enabled[view]!]) return false
    return recurring.every((rule) => {
      let e = edges[view]!
      while (e < edges[view + 1]! && (targets[e] !== view || takers[e] !== rule + 1)) e++
      return e < edges[view + 1]!
    })
  }
  const work: Int32Array[] = []
  /** Adds the strongly connected components; `true`: a view that may stay by itself was among the others. */
  const divide = (views: Int32Array): boolean => {
    const before = work.length
    components(edges, targets, views, marks, mark, (part) => work.push(part.slice()))
    const own = ++mark
    for (const part of work.slice(before)) for (const view of part) marks[view] = own
    return views.some((view) => marks[view] !== own && isFairAlone(view))
  }
  if (divide(members)) return true
  for (let part = work.pop(); part !== undefined; part = work.pop()) {
    mark++
    for (const view of part) marks[view] = mark
    const taken = new Set<number>()
    const places = new Map<number, number>()
    for (const view of part) {
      const set = enabled[view]!
      places.set(set, (places.get(set) ?? 0) + 1)
      for (let e = edges[view]!; e < edges[view + 1]!; e++)
        if (marks[targets[e]!] === mark && takers[e] !== OTHERS) taken.add(takers[e]! - 1)
    }
    if (recurring.some((rule) => !taken.has(rule))) continue
    const counts = new Map<number, number>()
    for (const [set, count] of places) for (const rule of sets[set]!) counts.set(rule, (counts.get(rule) ?? 0) + count)
    const neglected = [...counts].filter(([rule]) => fairness[rule] !== NONE && !taken.has(rule))
    if (neglected.some(([, count]) => count === part!.length)) continue
    const strong = neglected.flatMap(([rule]) => (fairness[rule] === STRONG ? [rule] : []))
    if (strong.length === 0) return true
    const rest = part.filter((view) => !sets[enabled[view]!]!.some((rule) => strong.includes(rule)))
    mark++
    for (const view of rest) marks[view] = mark
    if (divide(rest)) return true
  }
  return false
}
