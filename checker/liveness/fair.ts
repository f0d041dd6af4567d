import type { Compiled } from '../compile/index.ts'
import type { Expander } from '../search/expand.ts'
import { components } from './components.ts'
import type { Instances } from './instances.ts'
import type { Region } from './region.ts'

/** What fairness asks of a run that stays inside a set of worlds for ever. */
export interface Duty {
  readonly instance: number
  /** Being disabled now and then is enough (weak fairness); a step of the instance always is. */
  readonly weak: boolean
}

export interface FairComponent {
  /** Members have this mark in `marks`. */
  readonly members: Int32Array
  readonly mark: number
  readonly duties: readonly Duty[]
}

/** Where each instance is enabled inside a component and whether some step of it stays inside. */
interface Use {
  enabled: number
  taken: boolean
}

/** Finds sets of worlds in which a run may stay for ever and still be fair. */
export class FairComponents {
  readonly #compiled: Compiled
  readonly #expander: Expander
  readonly #instances: Instances
  readonly #region: Region
  readonly #digits: Int32Array
  readonly #source = new Float64Array(1)
  /** Which set each world of the region is in at the moment. */
  readonly marks: Int32Array

  constructor(compiled: Compiled, expander: Expander, instances: Instances, region: Region) {
    this.#compiled = compiled
    this.#expander = expander
    this.#instances = instances
    this.#region = region
    this.#digits = new Int32Array(compiled.codec.groups + 1)
    this.marks = new Int32Array(region.states.length)
  }

  /** The fair component that is entered soonest, or `undefined`. */
  first(): FairComponent | undefined {
    const { edges, targets, states } = this.#region
    const all = Int32Array.from(states, (_, id) => id)
    const work = components(edges, targets, all, this.marks, 0)
    let best: FairComponent | undefined
    let soonest = Number.POSITIVE_INFINITY
    let mark = 0
    for (let members = work.pop(); members !== undefined; members = work.pop()) {
      const entry = smallest(members)
      if (entry >= soonest) continue
      mark++
      for (const id of members) this.marks[id] = mark
      const uses = this.#uses(members, mark)
      const broken = [...uses].filter(([instance, use]) => this.#isBroken(instance, use, members.length))
      if (broken.length === 0) {
        const duties = [...uses.keys()].map((instance) => ({ instance, weak: !this.#instances.isStrong(instance) }))
        best = { members, mark, duties }
        soonest = entry
      } else if (broken.every(([instance]) => this.#instances.isStrong(instance))) {
        const rest = this.#without(members, new Set(broken.map(([instance]) => instance)))
        mark++
        for (const id of rest) this.marks[id] = mark
        work.push(...components(edges, targets, rest, this.marks, mark))
      }
    }
    if (best !== undefined) for (const id of best.members) this.marks[id] = best.mark
    return best
  }

  /** Steps of fair instances from a world, those that change nothing left out; `target` is -1 outside the region. */
  fairSteps(id: number, visit: (instance: number, target: number) => void): void {
    this.#source[0] = this.#region.states[id]!
    this.#compiled.codec.digits(this.#source, 1, this.#digits)
    this.#expander.eachStep(this.#source, this.#digits, 1, (step, group, from, to) => {
      const instance = to === from ? -1 : this.#instances.fairOf(step, group)
      if (instance >= 0) visit(instance, this.#region.ids.get(to))
    })
  }

  #isBroken(instance: number, { enabled, taken }: Use, members: number): boolean {
    return !taken && (this.#instances.isStrong(instance) ? enabled > 0 : enabled === members)
  }

  #uses(members: Int32Array, mark: number): Map<number, Use> {
    const uses = new Map<number, Use>()
    for (const id of members) {
      const here = new Set<number>()
      this.fairSteps(id, (instance, target) => {
        const use = uses.get(instance) ?? { enabled: 0, taken: false }
        uses.set(instance, use)
        if (!here.has(instance)) use.enabled++
        here.add(instance)
        if (target >= 0 && this.marks[target] === mark) use.taken = true
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

function smallest(members: Int32Array): number {
  return members.reduce((least, id) => Math.min(least, id))
}
