/**
 * What can be asked of a system. A property says what it *reads*, so that it is evaluated once per distinct local input:
 * parts of any one group (asked of every group), shared parts, or both. `everyGroup` reads whole worlds and is slower.
 */
import type { State, World } from './system.ts'

/** The parts a property reads, by name: `{ group: ['server'], shared: ['listener'] }`. */
export interface Reads {
  readonly group?: readonly string[]
  readonly shared?: readonly string[]
  /** The named group parts of all groups at once (as arrays); otherwise the property is asked of each group by itself. */
  readonly everyGroup?: boolean
  /** Only groups of these kinds count. */
  readonly kinds?: readonly string[]
}

/** What a predicate sees: the parts it reads by name (with `everyGroup`: an array per group part). */
// biome-ignore lint/suspicious/noExplicitAny: typed by whoever writes the property.
export type View = any

/** What a step predicate sees besides the parts before and after. */
export interface StepView {
  readonly before: View
  readonly after: View
  readonly rule: string
  readonly effects: readonly string[]
}

interface Named {
  readonly id: string
  readonly reads: Reads
  /**
   * Fields that a predicate looks at though no state may have them: their names, or all (a compiler has checked them). Any
   * other field that no state of the part has is taken for a mistake.
   */
  readonly mayLack?: true | readonly string[]
}

/** □(given ⇒ then). `given` is also what makes it apply: an invariant whose `given` never held is *not applicable*. */
export interface Invariant extends Named {
  readonly kind: 'invariant'
  readonly given?: (view: View) => boolean
  readonly then: (view: View) => boolean
  /** Of an invariant over all groups: `then` follows once each of these holds. So it can be decided for every number of groups. */
  readonly sums?: readonly Sum[]
}

/** A number of the shared parts that is the sum of what each group adds to it. Both are 0 in the beginning. */
export interface Sum {
  /** @param shared all shared parts by name; of those only what `reads` names, and parts that no rule reads */
  readonly total: (shared: View) => number
  /** @param group the parts of one group by name */
  readonly of: (group: View) => number
}

/**
 * □[given ⇒ then] over steps. With `reads.group` it is asked of steps in which that group takes part (its own rules and
 * synchronous ones); with shared parts only, of every step that touches them.
 */
export interface StepProperty extends Named {
  readonly kind: 'step'
  readonly given?: (step: StepView) => boolean
  readonly then: (step: StepView) => boolean
}

/** ◇ possible: some reachable world satisfies it. Proves that the model is not vacuous. */
export interface Reachable extends Named {
  readonly kind: 'reachable'
  readonly when: (view: View) => boolean
}

/** ◇ possible of a step: some reachable step satisfies it. Read like a step property. */
export interface Happens extends Named {
  readonly kind: 'happens'
  readonly when: (step: StepView) => boolean
}

/** □(given ⇒ ◇then), under the fairness of the rules (plus `alsoFair`: rule names that this property takes as weakly fair). */
export interface LeadsTo extends Named {
  readonly kind: 'leads-to'
  readonly given: (view: View) => boolean
  readonly then: (view: View) => boolean
  readonly alsoFair?: readonly string[]
}

export type Property = Invariant | StepProperty | Reachable | Happens | LeadsTo

export type Verdict = 'holds' | 'violated' | 'reached' | 'not reached' | 'not applicable' | 'inconclusive'

/**
 * A finite path from an initial world (`initial` is its place in `System.initial`). A lasso has `loop`: the last world is
 * the one after `loop` steps again; when `loop` equals the number of events, the run stands still there for good.
 */
export interface Path {
  readonly initial: number
  readonly events: readonly import('./system.ts').Event[]
  readonly loop?: number
}

export interface Finding {
  readonly property: string
  readonly verdict: Verdict
  /** Shortest counterexample, or shortest witness of a reachable property. */
  readonly path?: Path
  /** The group that violates it, where the property is decided group by group. */
  readonly group?: number
  /** Why there is no verdict, or no path, although everything was explored. */
  readonly reason?: string
}

export type { State, World }
