/**
 * What the checker explores: *parts* and *rules*.
 *
 * A world is made of parts. Parts that belong together form a *group* (a connection, a process); parts that all groups
 * share (a listener, a budget) are *shared*. A rule names the parts it touches and is a pure function of them alone, so
 * it has to be run only once per distinct local input, however many worlds contain it.
 */
import type { Constraints } from './constraint.ts'

/** A local state of one part, or a label that passes between links: any plain immutable JSON value. */
// biome-ignore lint/suspicious/noExplicitAny: the checker never looks inside; the model's own types apply outside.
export type State = any
export type Label = State

/** One result of a link. */
export interface Outcome {
  readonly state: State
  /** Handed to the next link of the chain; `undefined` is a label too. */
  readonly label?: Label
  /** What was observable besides the state (counters, emitted segments): on the step, never in the state. */
  readonly effects?: readonly string[]
  /** Words for people: which segment, which call. Shown with the event. */
  readonly note?: string
  /** See `IMPOSSIBLE`. */
  readonly impossible?: true
}

/**
 * One link of a rule: it reads and writes one part. An empty result means that the rule is not enabled here.
 * A shared link is also told the index of the group the rule runs for; a link that does not use it keeps groups interchangeable.
 */
export interface Link {
  readonly part: string
  readonly shared?: boolean
  /** Whether `step` reads the index of the group. Told by its parameters; to be said where those do not show it. */
  readonly readsGroup?: boolean
  step(state: State, label: Label, group: number): readonly Outcome[]
}

/** A named transition of one group (or, without `kinds`, of the shared parts alone): links that meet in labels. */
export interface Rule {
  readonly name: string
  /** Kinds of groups it applies to; absent: the rule touches shared parts only. */
  readonly kinds?: readonly string[]
  /** Shared links stand next to each other: a chain visits the shared parts at most once. */
  readonly links: readonly Link[]
  /** The actor: shown in counterexamples. */
  readonly actor?: string
  /** RFC clause or kernel function. */
  readonly source?: string
  /** What liveness may assume of it: an enabled step is not postponed for ever. Default `none`. */
  readonly fairness?: 'none' | 'weak' | 'strong'
}

/**
 * A step that every part takes at once (`tick`, `accept`): the conjunction of one partial function per part.
 * `undefined` from any part blocks the whole step. A part without a function stands still.
 */
export interface SynchronousRule {
  readonly name: string
  readonly group: Readonly<Record<string, (state: State) => State | undefined>>
  readonly shared: Readonly<Record<string, (state: State) => State | undefined>>
  /** Effects and words of the step, if it has any. */
  readonly effects?: readonly string[]
  readonly actor?: string
  readonly source?: string
  readonly fairness?: 'none' | 'weak' | 'strong'
}

/** Groups of one kind have the same parts and rules and are explored with the same tables. */
export interface Group {
  readonly name: string
  readonly kind: string
}

export interface World {
  readonly shared: Readonly<Record<string, State>>
  readonly groups: readonly Readonly<Record<string, State>>[]
}

/**
 * Whether a world is a legitimate end. Where that asks the same of each group and nothing of the shared parts, `ofEach` says it of the
 * parts of one: sets of worlds are then asked group by group, however many worlds they hold.
 */
// biome-ignore lint/suspicious/noExplicitAny: the model's own types of world and group apply outside.
export type IsEnd = ((world: any) => boolean) & { readonly ofEach?: (group: any) => boolean }

export interface System {
  /** Tells it apart from systems with the same parts and rules that do something else: its settings, as text. */
  readonly identity?: string
  readonly groups: readonly Group[]
  /** All kinds that its rules may name; absent: those of its groups. */
  readonly kinds?: readonly string[]
  readonly rules: readonly Rule[]
  readonly synchronous?: readonly SynchronousRule[]
  /** At least one initial world. */
  readonly initial: readonly World[]
  /** Declares legitimate ends: a world from which nothing but stuttering is possible and which is no deadlock. */
  readonly isEnd?: IsEnd
  /** What a search is kept to. Replaying a path takes no notice of it. */
  readonly constraints?: Constraints
}

/** One enabled instance of a rule: enough to take the step again. `choice` counts the outcomes of the rule in this world. */
export interface Event {
  readonly rule: string
  readonly group?: number
  readonly choice: number
}

/** A step taken: the event, where it led, and what was seen on the way. */
export interface Step {
  readonly event: Event
  readonly world: World
  readonly effects: readonly string[]
  readonly note: string
}

/**
 * What a link returns for a combination that no reachable world contains (releasing a slot of an empty queue). Closing
 * the tables meets such combinations; a search that meets one stops with an internal fault.
 */
export const IMPOSSIBLE: readonly Outcome[] = Object.freeze([Object.freeze({ state: undefined, impossible: true })])

/** Whether a link has called this combination impossible. */
export const isImpossible = (outcomes: readonly Outcome[]): boolean => outcomes[0]?.impossible === true
