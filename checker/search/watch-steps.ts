import type { Compiled } from '../compile/index.ts'
import type { Happens, StepProperty } from '../property.ts'
import { askedOf, concernsRule, type Scope, scopeOf, viewOf } from '../scope.ts'
import { type Classes, hubClasses, sliceClasses, union } from './classes.ts'
import type { Entry } from './record.ts'
import type { Rows } from './rows.ts'
import { stepClasses } from './step-classes.ts'

interface Watched {
  readonly entry: Entry
  readonly property: StepProperty | Happens
  readonly scope: Scope
}

/** Evaluates step properties once per distinct local step that a search takes, and notes which rules fired. */
export class StepRecorder {
  /** The level of the states being expanded; set by the search. */
  level = 0
  /** Names of the rules that were taken. */
  readonly fired = new Set<string>()
  /** Whether some property looks at whole worlds: then every single step has to be shown to `look`. */
  readonly needsEvery: boolean
  readonly #compiled: Compiled
  readonly #local: readonly Watched[]
  readonly #whole: readonly Watched[]
  readonly #slices: Classes
  readonly #hubs: Classes
  readonly #steps: Classes
  readonly #stepSeen: Uint8Array
  readonly #seen = new Set<number>()
  readonly #wholeSeen = new Set<string>()
  /** Per synchronous rule: combinations of classes already looked at. */
  readonly #togetherSeen: readonly Uint8Array[]

  constructor(compiled: Compiled, entries: readonly Entry[]) {
    this.#compiled = compiled
    const watched = entries.flatMap((entry) =>
      entry.property.kind === 'step' || entry.property.kind === 'happens'
        ? [{ entry, property: entry.property, scope: scopeOf(compiled.system, entry.property) }]
        : [],
    )
    this.#local = watched.filter(({ scope }) => scope.of !== 'every group')
    this.#whole = watched.filter(({ scope }) => scope.of === 'every group')
    this.needsEvery = this.#whole.length > 0
    this.#slices = sliceClasses(compiled, union(watched.map(({ scope }) => scope.groupParts)))
    this.#hubs = hubClasses(compiled, union(watched.map(({ scope }) => scope.sharedParts)))
    this.#steps = stepClasses(compiled.tables, this.#slices)
    this.#stepSeen = new Uint8Array(compiled.tables.stepTarget.length)
    const classes = this.#local.length > 0 ? (this.#slices.count + 1) * this.#hubs.count : 1
    this.#togetherSeen = (compiled.system.synchronous ?? []).map(() => new Uint8Array(classes))
  }

  onRow(group: number, hub: number, state: number, rows: Rows, row: number): void {
    const end = rows.first[row + 1]!
    for (let k = rows.first[row]!; k < end; k++) {
      const step = rows.steps[k]!
      const to = state + rows.deltas[k]!
      if (this.#stepSeen[step] === 0) {
        this.#stepSeen[step] = 1
        this.fired.add(this.#ruleOf(step))
      } else if (this.#local.length === 0) continue
      const hubs = this.#hubs.count
      const change = this.#hubs.classOf[hub]! * hubs + this.#hubs.classOf[to % this.#compiled.tables.hubs]!
      const key = group < 0 ? -1 - (step * hubs * hubs + change) : this.#steps.classOf[step]! * hubs * hubs + change
      if (this.#seen.has(key)) continue
      this.#seen.add(key)
      for (const watched of this.#local) {
        this.#evaluate(watched, step, watched.scope.of === 'shared' ? -1 : group, state, to)
      }
    }
  }

  onTogether(rule: number, digits: Int32Array, at: number, from: number, to: number): void {
    const seen = this.#togetherSeen[rule]!
    if (this.#local.length === 0) {
      if (seen[0] === 0) this.fired.add(this.#ruleOf(-1 - rule))
      seen[0] = 1
      return
    }
    const { groups } = this.#compiled.codec
    const { classOf, count } = this.#slices
    const base = this.#hubs.classOf[digits[at + groups]!]! * (count + 1)
    for (let g = -1; g < groups; g++) {
      const pair = base + (g < 0 ? count : classOf[digits[at + g]!]!)
      if (seen[pair] !== 0) continue
      seen[pair] = 1
      this.fired.add(this.#ruleOf(-1 - rule))
      for (const watched of this.#local) this.#evaluate(watched, -1 - rule, g, from, to)
    }
  }

  /** Shows one step to the properties of whole worlds; `step` is -1 - rule for synchronous ones. */
  lookAtWhole(step: number, from: number, to: number): void {
    const { codec, tables } = this.#compiled
    const digits = new Int32Array(2 * (codec.groups + 1))
    codec.digits(Float64Array.of(from, to), 2, digits)
    let key = step < 0 ? `${step}` : `${tables.stepRule[step]};${tables.stepEffects[step]}`
    digits.forEach((digit, i) => {
      key += `,${i % (codec.groups + 1) === codec.groups ? this.#hubs.classOf[digit] : this.#slices.classOf[digit]}`
    })
    if (this.#wholeSeen.has(key)) return
    this.#wholeSeen.add(key)
    for (const watched of this.#whole) this.#evaluate(watched, step, -1, from, to)
  }

  #evaluate({ entry, property, scope }: Watched, step: number, group: number, from: number, to: number): void {
    const { codec, system, closed, tables } = this.#compiled
    const rule = this.#ruleOf(step)
    if (entry.hit !== undefined || !askedOf(scope).includes(group) || !concernsRule(system, scope, rule)) return
    const [a, b] = [codec.decode(from), codec.decode(to)]
    const effects: readonly string[] =
      step < 0
        ? (system.synchronous![-1 - step]!.effects ?? [])
        : closed.runner.effects.states[tables.stepEffects[step]!]
    const view = {
      before: viewOf(
        scope,
        group,
        (g) => a.groups[g]!,
        () => a.shared,
      ),
      after: viewOf(
        scope,
        group,
        (g) => b.groups[g]!,
        () => b.shared,
      ),
      rule,
      effects,
    }
    if (property.kind === 'happens') {
      if (property.when(view)) entry.hit = { level: this.level, from, to, group }
      return
    }
    if (property.given !== undefined && !property.given(view)) return
    entry.exercised = true
    if (!property.then(view)) entry.hit = { level: this.level, from, to, group }
  }

  #ruleOf(step: number): string {
    const { system, tables } = this.#compiled
    return step < 0 ? system.synchronous![-1 - step]!.name : system.rules[tables.stepRule[step]!]!.name
  }
}
