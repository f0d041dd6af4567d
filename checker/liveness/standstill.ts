import type { Compiled } from '../compile/index.ts'
import type { LeadsTo } from '../property.ts'
import { askedOf, scopeOf } from '../scope.ts'
import type { Expander } from '../search/expand.ts'
import type { Entry } from '../search/record.ts'
import { Classifier } from './classifier.ts'
import { GIVEN } from './region.ts'

interface Watched {
  readonly entry: Entry
  /** The groups for which it is decided (-1: all together), and what tells its status for each. */
  readonly asked: readonly { readonly group: number; readonly classifier: Classifier }[]
  readonly promises: Promises
}

/** By rule, synchronous ones last: whether fairness promises its steps. And, by row, whether one of these changes the world. */
interface Promises {
  readonly isFair: readonly boolean[]
  /** 0: not looked at yet, 1: none does, 2: some does. */
  rows: Uint8Array
}

/**
 * Finds, while a search goes on, worlds in which a leads-to property is *given*, not fulfilled, and in which no promised step
 * changes anything: a run may stand still there for good. So a search that is cut short knows of these violations, too.
 */
export class Standstills {
  readonly #compiled: Compiled
  readonly #expander: Expander
  readonly #watched: readonly Watched[]

  constructor(compiled: Compiled, entries: readonly Entry[], expander: Expander) {
    this.#compiled = compiled
    this.#expander = expander
    const known = new Map<string, Promises>()
    this.#watched = entries.flatMap((entry): Watched[] => {
      const { property } = entry
      if (property.kind !== 'leads-to' || entry.proved) return []
      const scope = scopeOf(compiled.system, property)
      const isFair = fairnessOf(compiled, property)
      const promises = known.get(isFair.join()) ?? { isFair, rows: new Uint8Array(1024) }
      known.set(isFair.join(), promises)
      const asked = askedOf(scope).map((group) => ({
        group,
        classifier: new Classifier(compiled, property, scope, group),
      }))
      return [{ entry, asked, promises }]
    })
  }

  /** Looks at a block of states that has just been expanded. */
  look(states: Float64Array, digits: Int32Array, count: number, level: number): void {
    const columns = this.#compiled.codec.groups + 1
    for (const { entry, asked, promises } of this.#watched) {
      for (let i = 0; i < count && entry.hit === undefined; i++) {
        for (const { group, classifier } of asked) {
          if (classifier.status(digits, i * columns) !== GIVEN) continue
          entry.exercised = true
          if (this.#goesOn(promises, digits, i * columns)) continue
          entry.hit = { level, from: states[i]!, group }
          break
        }
      }
    }
  }

  /** Whether some promised step changes the world. */
  #goesOn(promises: Promises, digits: Int32Array, at: number): boolean {
    const { rows } = this.#expander
    const { codec, tables, system } = this.#compiled
    const { groups } = codec
    const hub = digits[at + groups]!
    for (let group = 0; group <= groups; group++) {
      const slice = group === groups ? 0 : digits[at + group]!
      const row = rows.pages[rows.pageOf[group * tables.slices + slice]! + hub]!
      if (row > 0 && this.#isMoved(promises, row)) return true
    }
    return tables.togetherHub.some((nextHub, rule) => {
      if (!promises.isFair[system.rules.length + rule] || nextHub[hub]! < 0) return false
      let changes = nextHub[hub] !== hub
      for (let group = 0; group < groups; group++) {
        const slice = digits[at + group]!
        const next = tables.togetherSlice[rule]![slice]!
        if (next < 0) return false
        changes ||= next !== slice
      }
      return changes
    })
  }

  #isMoved(promises: Promises, row: number): boolean {
    if (row >= promises.rows.length) {
      const longer = new Uint8Array(2 * Math.max(row, promises.rows.length))
      longer.set(promises.rows)
      promises.rows = longer
    }
    const known = promises.rows[row]!
    if (known > 0) return known === 2
    const { first, deltas, steps } = this.#expander.rows
    const { actRule, stepAct } = this.#compiled.tables
    let isMoved = false
    for (let k = first[row]!; k < first[row + 1]! && !isMoved; k++)
      isMoved = deltas[k] !== 0 && promises.isFair[actRule[stepAct[steps[k]!]!]!] === true
    promises.rows[row] = isMoved ? 2 : 1
    return isMoved
  }
}

function fairnessOf({ system }: Compiled, property: LeadsTo): boolean[] {
  return [...system.rules, ...(system.synchronous ?? [])].map(
    ({ name, fairness = 'none' }) => fairness !== 'none' || property.alsoFair?.includes(name) === true,
  )
}
