import type { Compiled } from '../compile/index.ts'
import { IntList } from '../compile/int-list.ts'
import { OwnSteps } from './steps.ts'
import type { ViewSet } from './view-set.ts'

/** By rule (synchronous ones last), whether fairness promises it. */
export type Promised = (rule: number) => boolean

/** Which synchronous rules go on, and which no group ever blocks. */
export class Recurrence {
  readonly #compiled: Compiled
  readonly #views: ViewSet
  readonly #forced = new Map<number, boolean>()
  readonly #freed = new Map<string, boolean>()
  readonly #blocked: readonly boolean[]

  constructor(compiled: Compiled, views: ViewSet) {
    this.#compiled = compiled
    this.#views = views
    const blocked = compiled.tables.togetherSlice.map(() => false)
    for (let slice = 0; slice < views.slices; slice++) {
      let isSeen = false
      views.eachHub(slice, () => {
        isSeen = true
      })
      if (!isSeen) continue
      for (let rule = 0; rule < blocked.length; rule++)
        if (compiled.tables.togetherSlice[rule]![slice]! < 0) blocked[rule] = true
    }
    this.#blocked = blocked
  }

  /** Whether some group may block it. */
  isBlocked(rule: number): boolean {
    return this.#blocked[rule]!
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
  has(rule: number, isPromised: Promised): boolean {
    const { rules } = this.#compiled.system
    if (!isPromised(rules.length + rule)) return false
    let isForced = this.#forced.get(rule)
    if (isForced === undefined) {
      isForced = endsWithout(this.#compiled, this.#views, rule)
      this.#forced.set(rule, isForced)
    }
    return isForced && this.#isFreed(rule, isPromised)
  }

  /** Whether each group that blocks it has a step of its own that is promised. */
  #isFreed(rule: number, isPromised: Promised): boolean {
    const key = `${rule} ${this.#compiled.system.rules.map((_, own) => (isPromised(own) ? 1 : 0)).join('')}`
    const known = this.#freed.get(key) ?? this.#frees(rule, isPromised)
    this.#freed.set(key, known)
    return known
  }

  #frees(rule: number, isPromised: Promised): boolean {
    const { togetherSlice, actRule, stepAct } = this.#compiled.tables
    const own = new OwnSteps(this.#compiled)
    let isFreed = true
    for (let slice = 0; slice < this.#views.slices && isFreed; slice++) {
      if (togetherSlice[rule]![slice]! >= 0) continue
      this.#views.eachHub(slice, (hub) => {
        let isFreedHere = false
        own.each(slice, hub, (step, next, nextHub) => {
          if (next !== slice || nextHub !== hub) isFreedHere ||= isPromised(actRule[stepAct[step]!]!)
        })
        isFreed &&= isFreedHere
      })
    }
    return isFreed
  }
}

/** Whether the shared parts never block the rule, and nothing goes on for ever without it: points 1 and 3. */
function endsWithout(compiled: Compiled, views: ViewSet, rule: number): boolean {
  const { togetherSlice, togetherHub, hubLocalStart, stepTarget } = compiled.tables
  const own = new OwnSteps(compiled)
  const slices = new Edges()
  const hubs = new Edges()
  const isSeen = new Uint8Array(views.hubs)
  const foundFrom = new Int32Array(views.slices).fill(-1)
  let holds = true
  for (let slice = 0; slice < views.slices && holds; slice++) {
    foundFrom[slice] = slice
    const leadsTo = (next: number): void => {
      if (foundFrom[next] === slice) return
      foundFrom[next] = slice
      slices.add(slice, next)
    }
    views.eachHub(slice, (hub) => {
      isSeen[hub] = 1
      own.each(slice, hub, (_, next, nextHub) => {
        if (next !== slice) leadsTo(next)
        else if (nextHub !== hub) holds = false
      })
      for (let other = 0; other < togetherSlice.length; other++) {
        const next = togetherSlice[other]![slice]!
        if (other !== rule && next >= 0 && togetherHub[other]![hub]! >= 0) leadsTo(next)
      }
    })
  }
  isSeen.forEach((seen, hub) => {
    if (seen === 0) return
    if (togetherHub[rule]![hub]! < 0) holds = false
    togetherHub.forEach((to, other) => {
      if (other !== rule && to[hub]! >= 0 && to[hub] !== hub) hubs.add(hub, to[hub]!)
    })
    for (let step = hubLocalStart[hub]!; step < hubLocalStart[hub + 1]!; step++)
      if (stepTarget[step] !== hub) hubs.add(hub, stepTarget[step]!)
  })
  return holds && isAcyclic(slices, views.slices) && isAcyclic(hubs, views.hubs)
}

class Edges {
  readonly from = new IntList()
  readonly to = new IntList()

  add(from: number, to: number): void {
    this.from.push(from)
    this.to.push(to)
  }
}

/** Kahn: whatever nothing leads to any more is taken away, until nothing is left. */
function isAcyclic({ from, to }: Edges, nodes: number): boolean {
  const first = new Int32Array(nodes + 1)
  const incoming = new Int32Array(nodes)
  for (let e = 0; e < from.length; e++) {
    first[from.at(e) + 1]!++
    incoming[to.at(e)]!++
  }
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!
  const targets = new Int32Array(to.length)
  const end = first.slice()
  for (let e = 0; e < from.length; e++) targets[end[from.at(e)]!++] = to.at(e)
  const free: number[] = []
  for (let node = 0; node < nodes; node++) if (incoming[node] === 0) free.push(node)
  let taken = 0
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    taken++
    for (let e = first[node]!; e < first[node + 1]!; e++) if (--incoming[targets[e]!]! === 0) free.push(targets[e]!)
  }
  return taken === nodes
}
