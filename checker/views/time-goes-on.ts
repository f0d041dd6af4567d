import type { Compiled } from '../compile/index.ts'
import { OwnSteps } from './steps.ts'
import type { ViewSet } from './view-set.ts'

/** By rule (synchronous ones last), whether fairness promises it. */
export type Promised = (rule: number) => boolean

/** Which synchronous rules go on, and which no group ever blocks. */
export class Recurrence {
  readonly #compiled: Compiled
  readonly #views: ViewSet
  readonly #known = new Map<string, boolean>()
  readonly #blocked: readonly boolean[]

  constructor(compiled: Compiled, views: ViewSet) {
    this.#compiled = compiled
    this.#views = views
    const blocked = compiled.tables.togetherSlice.map(() => false)
    for (let slice = 0; slice < views.slices; slice++) {
      views.eachHub(slice, () => {
        compiled.tables.togetherSlice.forEach((next, rule) => {
          if (next[slice]! < 0) blocked[rule] = true
        })
      })
    }
    this.#blocked = blocked
  }

  /** Whether some group may block it. */
  isBlocked(rule: number): boolean {
    return this.#blocked[rule]!
  }

  /** See `goesOn`. */
  has(rule: number, isPromised: Promised): boolean {
    const { rules, synchronous = [] } = this.#compiled.system
    const promised = [...rules, ...synchronous].map((_, at) => (isPromised(at) ? 1 : 0))
    const key = `${rule} ${promised.join('')}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const holds = goesOn(this.#compiled, this.#views, rule, isPromised)
    this.#known.set(key, holds)
    return holds
  }
}

/**
 * Whether a synchronous rule that is promised is taken again and again in every fair run, or from some point on changes
 * nothing, however many groups there are. Unseen groups may block it, so this takes three things that views can tell:
 *
 * 1. the shared parts never block it;
 * 2. a group that blocks it has a step of its own that is promised;
 * 3. without it, nothing goes on for ever: no own step changes the shared parts alone, and neither the slices of a group nor
 *    the hubs can come back to what they were.
 */
function goesOn(compiled: Compiled, views: ViewSet, rule: number, isPromised: Promised): boolean {
  const { tables, system } = compiled
  const { togetherSlice, togetherHub, hubLocalStart, stepTarget, stepAct, actRule } = tables
  const own = new OwnSteps(compiled)
  const slices: [number, number][] = []
  const hubs: [number, number][] = []
  const isSeen = new Uint8Array(tables.hubs)
  let holds = isPromised(system.rules.length + rule)
  for (let slice = 0; slice < views.slices && holds; slice++) {
    const isBlocking = togetherSlice[rule]![slice]! < 0
    const targets = new Set<number>()
    views.eachHub(slice, (hub) => {
      isSeen[hub] = 1
      let isFreed = false
      own.each(slice, hub, (step, next, nextHub) => {
        if (next === slice && nextHub !== hub) holds = false
        if (next === slice && nextHub === hub) return
        isFreed ||= isPromised(actRule[stepAct[step]!]!)
        targets.add(next)
      })
      if (isBlocking && !isFreed) holds = false
      togetherSlice.forEach((to, other) => {
        if (other !== rule && to[slice]! >= 0 && togetherHub[other]![hub]! >= 0) targets.add(to[slice]!)
      })
    })
    targets.delete(slice)
    for (const target of targets) slices.push([slice, target])
  }
  isSeen.forEach((seen, hub) => {
    if (seen === 0) return
    if (togetherHub[rule]![hub]! < 0) holds = false
    togetherHub.forEach((to, other) => {
      if (other !== rule && to[hub]! >= 0 && to[hub] !== hub) hubs.push([hub, to[hub]!])
    })
    for (let step = hubLocalStart[hub]!; step < hubLocalStart[hub + 1]!; step++)
      if (stepTarget[step] !== hub) hubs.push([hub, stepTarget[step]!])
  })
  return holds && isAcyclic(slices, views.slices) && isAcyclic(hubs, tables.hubs)
}

/** Kahn: whatever nothing leads to any more is taken away, until nothing is left. */
function isAcyclic(edges: readonly (readonly [number, number])[], nodes: number): boolean {
  const first = new Int32Array(nodes + 1)
  const incoming = new Int32Array(nodes)
  for (const [from, to] of edges) {
    first[from + 1]!++
    incoming[to]!++
  }
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!
  const targets = new Int32Array(edges.length)
  const at = first.slice()
  for (const [from, to] of edges) targets[at[from]!++] = to
  const free: number[] = []
  for (let node = 0; node < nodes; node++) if (incoming[node] === 0) free.push(node)
  let taken = 0
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    taken++
    for (let e = first[node]!; e < first[node + 1]!; e++) if (--incoming[targets[e]!]! === 0) free.push(targets[e]!)
  }
  return taken === nodes
}
