import { concernsRule, type Scope, scopeOf, viewOf } from '../scope.ts'
import type { State, System } from '../system.ts'
import type { Opened } from './close.ts'
import type { KindTable } from './kind.ts'

type Parts = Readonly<Record<string, State>>

/**
 * What constraints forbid by looking at one group alone: there the tables need not be filled, so that a system can be
 * tabulated which only its constraints keep finite.
 */
export class LocalConstraints {
  readonly #closed: Opened
  readonly #names: readonly string[]
  readonly #states: readonly { readonly scope: Scope; readonly passes: (parts: Parts) => boolean }[]
  readonly #steps: readonly {
    readonly scope: Scope
    readonly concerns: readonly boolean[]
    readonly passes: (before: Parts, after: Parts, act: number) => boolean
  }[]

  constructor(system: System, closed: Opened) {
    const { states = [], steps = [] } = system.constraints ?? {}
    const { acts, runner } = closed
    this.#closed = closed
    this.#names = [...system.rules, ...(system.synchronous ?? [])].map(({ name }) => name)
    this.#states = states.flatMap((constraint) => {
      const scope = scopeOf(system, constraint)
      if (scope.of !== 'group') return []
      return [{ scope, passes: (parts) => constraint.when(viewOfParts(scope, parts)) }]
    })
    this.#steps = steps.flatMap((constraint) => {
      const scope = scopeOf(system, constraint)
      if (scope.of !== 'group' && (scope.of !== 'shared' || scope.sharedParts.length > 0)) return []
      const concerns = this.#names.map((name) => concernsRule(system, scope, name))
      const passes = (before: Parts, after: Parts, act: number): boolean =>
        constraint.when({
          before: viewOfParts(scope, before),
          after: viewOfParts(scope, after),
          rule: this.#names[acts.rule.at(act)]!,
          effects: runner.effects.states[acts.effects.at(act)],
        })
      return [{ scope, concerns, passes }]
    })
  }

  /** Whether some search may enter worlds with this slice. */
  admits(kind: KindTable, slice: number): boolean {
    if (this.#states.length === 0) return true
    const parts = this.#partsOf(kind, kind.slices.digits, slice * kind.slices.width)
    return this.#states.every(({ scope, passes }) => !isAsked(scope, kind) || passes(parts))
  }

  /** Whether some search may take a step of a group by itself, from a slice to these parts. */
  permits(kind: KindTable, from: number, to: Int32Array, act: number): boolean {
    if (this.#steps.length === 0) return true
    const before = this.#partsOf(kind, kind.slices.digits, from * kind.slices.width)
    const after = this.#partsOf(kind, to, 0)
    const rule = this.#closed.acts.rule.at(act)
    return this.#steps.every(
      ({ scope, concerns, passes }) => !concerns[rule] || !isAsked(scope, kind) || passes(before, after, act),
    )
  }

  #partsOf({ partNames }: KindTable, digits: Int32Array, at: number): Parts {
    const { runner } = this.#closed
    return Object.fromEntries(partNames.map((name, i) => [name, runner.part(name, false).states[digits[at + i]!]]))
  }
}

function isAsked({ of, groups }: Scope, kind: KindTable): boolean {
  return of === 'shared' || groups.includes(kind.groups[0]!)
}

function viewOfParts(scope: Scope, parts: Parts) {
  return viewOf(
    scope,
    0,
    () => parts,
    () => ({}),
  )
}
