import type { Compiled } from '../compile/index.ts'
import type { StepProperty } from '../property.ts'
import { askedOf, concernsRule, type Scope, scopeOf, viewOf } from '../scope.ts'
import { type Classes, hubClasses, sliceClasses, union } from './classes.ts'
import type { StepWatch } from './expand.ts'
import type { Entry } from './record.ts'
import { type StepPairs, stepPairs } from './step-pairs.ts'

interface Watched {
  readonly entry: Entry
  readonly property: StepProperty
  readonly scope: Scope
}

/** Evaluates step properties once per distinct local step that a search takes, and notes which rules fired. */
export class StepRecorder implements StepWatch {
  /** The level of the states being expanded; set by the search. */
  level = 0
  /** Names of the rules that were taken. */
  readonly fired = new Set<string>()
  readonly stepSeen: Uint8Array
  readonly pairs: StepPairs | undefined
  readonly onEvery: StepWatch['onEvery']
  readonly #compiled: Compiled
  readonly #ofGroup: readonly Watched[]
  readonly #withShared: readonly Watched[]
  /** Properties that have to look at every transition: of whole worlds, or with too many combinations for a table. */
  readonly #slow: readonly Watched[]
  readonly #slowSeen = new Set<string>()
  readonly #slices: Classes
  readonly #hubs: Classes
  /** Per synchronous rule: combinations of classes already looked at. */
  readonly #togetherSeen: readonly Uint8Array[]

  constructor(compiled: Compiled, entries: readonly Entry[]) {
    this.#compiled = compiled
    const watched = entries.flatMap((entry) =>
      entry.property.kind === 'step'
        ? [{ entry, property: entry.property, scope: scopeOf(compiled.system, entry.property) }]
        : [],
    )
    this.#slices = sliceClasses(compiled, union(watched.map(({ scope }) => scope.groupParts)))
    this.#hubs = hubClasses(compiled, union(watched.map(({ scope }) => scope.sharedParts)))
    this.stepSeen = new Uint8Array(compiled.tables.stepTarget.length)
    this.#ofGroup = watched.filter(({ scope }) => scope.of === 'group')
    const withShared = watched.filter(({ scope }) => scope.of === 'shared' || scope.of === 'group and shared')
    this.pairs = withShared.length > 0 ? stepPairs(compiled, this.#slices, this.#hubs) : undefined
    this.#withShared = this.pairs === undefined ? [] : withShared
    const whole = watched.filter(({ scope }) => scope.of === 'every group')
    this.#slow = this.pairs === undefined ? [...whole, ...withShared] : whole
    this.onEvery = this.#slow.length > 0 ? (step, group, from, to) => this.#every(step, group, from, to) : undefined
    const rules = compiled.system.synchronous ?? []
    const fast = this.#ofGroup.length + this.#withShared.length > 0
    this.#togetherSeen = rules.map(() => new Uint8Array(fast ? (this.#slices.count + 1) * this.#hubs.count : 0))
  }

  onStep(step: number, group: number, from: number, to: number): void {
    this.stepSeen[step] = 1
    this.fired.add(this.#ruleOf(step))
    for (const watched of this.#ofGroup) this.#evaluate(watched, step, group, from, to)
    if (group < 0) for (const watched of this.#withShared) this.#evaluate(watched, step, -1, from, to)
  }

  onPair(pair: number, step: number, group: number, from: number, to: number): void {
    this.pairs!.seen[pair] = 1
    for (const watched of this.#withShared) {
      this.#evaluate(watched, step, watched.scope.of === 'shared' ? -1 : group, from, to)
    }
  }

  onTogether(rule: number, digits: Int32Array, at: number, from: number, to: number): void {
    const seen = this.#togetherSeen[rule]!
    if (seen.length === 0) {
      if (!this.fired.has(this.#ruleOf(-1 - rule))) this.fired.add(this.#ruleOf(-1 - rule))
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
      for (const watched of this.#ofGroup) this.#evaluate(watched, -1 - rule, g, from, to)
      for (const watched of this.#withShared) this.#evaluate(watched, -1 - rule, g, from, to)
    }
  }

  #every(step: number, group: number, from: number, to: number): void {
    const { codec, tables } = this.#compiled
    const digits = new Int32Array(2 * (codec.groups + 1))
    codec.digits(Float64Array.of(from, to), 2, digits)
    let key = step < 0 ? `${step}` : `${tables.stepRule[step]};${tables.stepEffects[step]}`
    digits.forEach((digit, i) => {
      key += `,${i % (codec.groups + 1) === codec.groups ? this.#hubs.classOf[digit] : this.#slices.classOf[digit]}`
    })
    if (this.#slowSeen.has(`${key}/${group}`)) return
    this.#slowSeen.add(`${key}/${group}`)
    for (const watched of this.#slow) {
      const asked = askedOf(watched.scope)
      for (const g of asked) if (g < 0 || group < 0 || g === group) this.#evaluate(watched, step, g, from, to)
    }
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
    if (property.given !== undefined && !property.given(view)) return
    entry.exercised = true
    if (!property.then(view)) entry.hit = { level: this.level, from, to, group }
  }

  #ruleOf(step: number): string {
    const { system, tables } = this.#compiled
    return step < 0 ? system.synchronous![-1 - step]!.name : system.rules[tables.stepRule[step]!]!.name
  }
}
