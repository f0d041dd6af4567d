/** Leads-to for every number of groups: where no fair run of the views stays pending, no fair run of any world does. */
import type { Compiled } from '../compile/index.ts'
import { PairMap } from '../compile/pair-map.ts'
import { components } from '../liveness/components.ts'
import type { LeadsTo } from '../property.ts'
import { scopeOf } from '../scope.ts'
import { GIVEN, HIT, WorldQuestion } from '../search/question.ts'
import { groupOf, type Unclear } from './ask.ts'
import { OwnSteps } from './steps.ts'
import type { Recurrence } from './time-goes-on.ts'
import type { ViewSet } from './view-set.ts'

const NONE = 0
const WEAK = 1
const STRONG = 2

/** The views from *given* on in which *then* has not come yet, and the steps between them. */
interface Pending {
  /** *given* holds in some view at all. */
  readonly isGiven: boolean
  readonly nodes: number
  readonly edges: Int32Array
  readonly targets: Int32Array
  /** Rule + 1 of an own or synchronous step; 0: other groups moved the hub. */
  readonly takers: Int32Array
  /** By node, the rules that could change it: own ones, and synchronous ones that no group blocks. */
  readonly enabled: readonly (readonly number[])[]
}

/** @returns `undefined` when it cannot be proved: some fair run of views stays pending, though perhaps of no world */
export function proveLeadsToForEvery(
  compiled: Compiled,
  views: ViewSet,
  property: LeadsTo,
  recurrence: Recurrence,
  unclear: Unclear,
): 'holds' | 'not applicable' | undefined {
  const { rules, synchronous = [] } = compiled.system
  const fairness = [...rules, ...synchronous].map(({ name, fairness: promised = 'none' }) => {
    if (promised === 'strong') return STRONG
    return promised === 'weak' || property.alsoFair?.includes(name) ? WEAK : NONE
  })
  const isPromised = (rule: number): boolean => fairness[rule] !== NONE
  const recurring = synchronous.flatMap((_, r) => (recurrence.has(r, isPromised) ? [rules.length + r] : []))
  const pending = pendingOf(compiled, views, property, recurrence, unclear)
  if (pending === undefined) return undefined
  if (!pending.isGiven) return 'not applicable'
  return hasFairRun(pending, fairness, recurring) ? undefined : 'holds'
}

function pendingOf(
  compiled: Compiled,
  views: ViewSet,
  property: LeadsTo,
  recurrence: Recurrence,
  unclear: Unclear,
): Pending | undefined {
  const { tables, system } = compiled
  const scope = scopeOf(system, property)
  if (scope.of === 'every group') return undefined
  const readsCounted = unclear.part !== undefined && scope.sharedParts.includes(unclear.part)
  const question = new WorldQuestion(compiled, property, scope)
  const isAsked = (slice: number): boolean => scope.of === 'shared' || scope.groups.includes(groupOf(compiled, slice))
  const numbers = new PairMap()
  const at: [number, number][] = []
  let isClear = true
  let isGiven = false
  const bitsOf = (slice: number, hub: number): number => {
    if (readsCounted && unclear.isUnclear(hub)) isClear = false
    return question.ask(slice, hub)
  }
  const numberOf = (slice: number, hub: number): number => {
    const known = numbers.get(slice, hub)
    if (known >= 0) return known
    if ((bitsOf(slice, hub) & HIT) !== 0) return -1
    at.push([slice, hub])
    return numbers.number(slice, hub)
  }
  for (let slice = 0; slice < views.slices; slice++) {
    if (!isAsked(slice)) continue
    views.eachHub(slice, (hub) => {
      const bits = bitsOf(slice, hub)
      isGiven ||= (bits & GIVEN) !== 0
      if ((bits & (GIVEN | HIT)) === GIVEN) numberOf(slice, hub)
    })
  }
  const total = system.rules.length
  const own = new OwnSteps(compiled)
  const edges: number[] = [0]
  const targets: number[] = []
  const takers: number[] = []
  const enabled: number[][] = []
  for (let node = 0; node < at.length && isClear; node++) {
    const [slice, hub] = at[node]!
    const able = new Set<number>()
    const go = (next: number, nextHub: number, taker: number): void => {
      const to = numberOf(next, nextHub)
      if (to < 0) return
      targets.push(to)
      takers.push(taker)
    }
    own.each(slice, hub, (step, next, nextHub) => {
      if (next === slice && nextHub === hub) return
      const rule = tables.actRule[tables.stepAct[step]!]!
      able.add(rule)
      go(next, nextHub, rule + 1)
    })
    tables.togetherHub.forEach((to, r) => {
      const next = tables.togetherSlice[r]![slice]!
      if (next < 0 || to[hub]! < 0) return
      if (!recurrence.isBlocked(r) && (next !== slice || to[hub] !== hub)) able.add(total + r)
      go(next, to[hub]!, total + r + 1)
    })
    for (let step = tables.hubLocalStart[hub]!; step < tables.hubLocalStart[hub + 1]!; step++) {
      const nextHub = tables.stepTarget[step]!
      if (nextHub === hub) continue
      const rule = tables.actRule[tables.stepAct[step]!]!
      able.add(rule)
      go(slice, nextHub, rule + 1)
    }
    views.eachMove(slice, hub, (nextHub) => {
      if (views.has(slice, nextHub)) go(slice, nextHub, 0)
    })
    edges.push(targets.length)
    enabled.push([...able])
  }
  if (!isClear) return undefined
  return {
    isGiven,
    nodes: at.length,
    edges: Int32Array.from(edges),
    targets: Int32Array.from(targets),
    takers: Int32Array.from(takers),
    enabled,
  }
}

/** Whether a run may stay among these views for ever and be fair. Standing still counts as staying. */
function hasFairRun(pending: Pending, fairness: readonly number[], recurring: readonly number[]): boolean {
  const { nodes, edges, targets, takers, enabled } = pending
  const marks = new Int32Array(nodes).fill(1)
  let mark = 1
  const work: Int32Array[] = parts(
    pending,
    Int32Array.from(marks, (_, node) => node),
    marks,
    1,
  )
  for (let members = work.pop(); members !== undefined; members = work.pop()) {
    mark++
    for (const node of members) marks[node] = mark
    const taken = new Set<number>()
    const places = new Map<number, number>()
    for (const node of members) {
      for (const rule of enabled[node]!) places.set(rule, (places.get(rule) ?? 0) + 1)
      for (let e = edges[node]!; e < edges[node + 1]!; e++)
        if (marks[targets[e]!] === mark && takers[e]! > 0) taken.add(takers[e]! - 1)
    }
    if (recurring.some((rule) => !taken.has(rule))) continue
    const neglected = [...places].filter(([rule]) => fairness[rule] !== NONE && !taken.has(rule))
    if (neglected.some(([, count]) => count === members!.length)) continue
    const strong = neglected.flatMap(([rule]) => (fairness[rule] === STRONG ? [rule] : []))
    if (strong.length === 0) return true
    const rest = members.filter((node) => !enabled[node]!.some((rule) => strong.includes(rule)))
    mark++
    for (const node of rest) marks[node] = mark
    work.push(...parts(pending, rest, marks, mark))
  }
  return false
}

/** Strongly connected components, single views included. */
function parts({ edges, targets }: Pending, nodes: Int32Array, marks: Int32Array, marked: number): Int32Array[] {
  const found: Int32Array[] = []
  const isInside = new Set<number>()
  components(edges, targets, nodes, marks, marked, (members) => {
    found.push(members.slice())
    for (const node of members) isInside.add(node)
  })
  for (const node of nodes) if (!isInside.has(node)) found.push(Int32Array.of(node))
  return found
}
