import { components } from './components.ts'
import type { Graph } from './graph.ts'
import type { Instances } from './instances.ts'
import type { Region } from './region.ts'

/** What fairness asks of a run that stays inside a set of worlds for ever. */
export interface Duty {
  readonly instance: number
  /** Being disabled now and then is enough (weak fairness); a step of the instance always is. */
  readonly weak: boolean
}

export interface FairComponent {
  readonly members: Int32Array
  /** Members have this mark in `marks`. */
  readonly mark: number
  /** The member that the region enters first. */
  readonly entry: number
  readonly duties: readonly Duty[]
}

/** Where each instance is enabled inside a component and whether some step of it stays inside. */
interface Use {
  enabled: number
  taken: boolean
  /** The member that was counted last. */
  seenAt: number
}

/** Finds sets of worlds in which a run may stay for ever and still be fair. */
export class FairComponents {
  readonly graph: Graph
  readonly #instances: Instances
  readonly #region: Region
  /** Which set each world is in at the moment: 0 none, 1 the region's worlds that lie on cycles. */
  readonly marks: Int32Array

  constructor(graph: Graph, instances: Instances, region: Region) {
    this.graph = graph
    this.#instances = instances
    this.#region = region
    this.marks = new Int32Array(graph.size)
  }

  /** The fair component that is entered soonest, or `undefined`. */
  first(): FairComponent | undefined {
    const { edges, targets, onCycle } = this.graph
    const all = this.#region.members.filter((id) => onCycle[id] === 1)
    if (all.length === 0) return undefined
    for (const id of all) this.marks[id] = 1
    const work: Int32Array[] = []
    components(edges, targets, all, this.marks, 1, (members) => work.push(members.slice()))
    let best: FairComponent | undefined
    let mark = 1
    for (let members = work.pop(); members !== undefined; members = work.pop()) {
      const entry = this.#soonest(members)
      if (best !== undefined && this.#placeOf(entry) >= this.#placeOf(best.entry)) continue
      mark++
      for (const id of members) this.marks[id] = mark
      const uses = this.#uses(members, mark)
      const broken = [...uses].filter(([instance, use]) => this.#isBroken(instance, use, members!.length))
      if (broken.length === 0) {
        const duties = [...uses.keys()].map((instance) => ({ instance, weak: !this.#instances.isStrong(instance) }))
        best = { members, mark, entry, duties }
      } else if (broken.every(([instance]) => this.#instances.isStrong(instance))) {
        const rest = this.#without(members, new Set(broken.map(([instance]) => instance)))
        mark++
        for (const id of rest) this.marks[id] = mark
        components(edges, targets, rest, this.marks, mark, (inner) => work.push(inner.slice()))
      }
    }
    if (best !== undefined) for (const id of best.members) this.marks[id] = best.mark
    return best
  }

  /** Steps of fair instances from a world, those that change nothing left out; the target may be anywhere. */
  fairSteps(id: number, visit: (instance: number, target: number) => void): void {
    const { edges, targets, instances } = this.graph
    for (let e = edges[id]!; e < edges[id + 1]!; e++) {
      if (this.#instances.isFair(instances[e]!)) visit(instances[e]!, targets[e]!)
    }
  }

  #placeOf(id: number): number {
    return this.#region.placeOf[id]!
  }

  #soonest(members: Int32Array): number {
    return members.reduce((a, b) => (this.#placeOf(b) < this.#placeOf(a) ? b : a))
  }

  #isBroken(instance: number, { enabled, taken }: Use, members: number): boolean {
    return !taken && (this.#instances.isStrong(instance) ? enabled > 0 : enabled === members)
  }

  #uses(members: Int32Array, mark: number): Map<number, Use> {
    const uses = new Map<number, Use>()
    for (const id of members) {
      this.fairSteps(id, (instance, target) => {
        let use = uses.get(instance)
        if (use === undefined) {
          use = { enabled: 0, taken: false, seenAt: -1 }
          uses.set(instance, use)
        }
        if (use.seenAt !== id) use.enabled++
        use.seenAt = id
        if (this.marks[target] === mark) use.taken = true
      })
    }
    return uses
  }

  #without(members: Int32Array, instances: ReadonlySet<number>): Int32Array {
    return members.filter((id) => {
      let enabled = false
      this.fairSteps(id, (instance) => {
        enabled ||= instances.has(instance)
      })
      return !enabled
    })
  }
}
