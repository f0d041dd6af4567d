/**
 * The same systems and properties, with their parts typed: a mistyped part or field is an error of the compiler.
 *
 * ```ts
 * interface Parts { group: { at: 'idle' | 'inside' }; shared: { lock: 'free' | 'taken' } }
 * const { link, shared, invariant } = typed<Parts>()
 *
 * link('at', (at) => (at === 'idle' ? [{ state: 'inside' }] : []))
 * invariant('one-inside', { reads: { group: ['at'], everyGroup: true }, then: ({ at }) => at.filter(isInside).length <= 1 })
 * ```
 */
import type { Happens, Invariant, LeadsTo, Property, Reachable, StepProperty, StepView } from './property.ts'
import type { Label, Link, Outcome } from './system.ts'

/** The parts of a group, and those that all groups share, by name. Groups of several kinds: all parts of all kinds. */
export interface Parts {
  readonly group: object
  readonly shared: object
}

type Name<T> = keyof T & string

/** What a property may say it reads. */
export interface ReadsOf<P extends Parts> {
  readonly group?: readonly Name<P['group']>[]
  readonly shared?: readonly Name<P['shared']>[]
  readonly everyGroup?: boolean
  readonly kinds?: readonly string[]
}

type Named<R, Side extends 'group' | 'shared'> = R extends { readonly [S in Side]: readonly (infer N)[] } ? N : never

/** What a predicate sees that says it reads `R`. */
export type ViewOf<P extends Parts, R extends ReadsOf<P>> = {
  readonly [N in Named<R, 'shared'> & keyof P['shared']]: P['shared'][N]
} & {
  readonly [N in Named<R, 'group'> & keyof P['group']]: R extends { readonly everyGroup: true }
    ? readonly P['group'][N][]
    : P['group'][N]
}

export interface StepOf<V> extends StepView {
  readonly before: V
  readonly after: V
}

type Asks<P extends Parts, R extends ReadsOf<P>> = { readonly reads: R; readonly mayLack?: true | readonly string[] }
type OfWorld<P extends Parts, R extends ReadsOf<P>> = (view: ViewOf<P, R>) => boolean
type OfStep<P extends Parts, R extends ReadsOf<P>> = (step: StepOf<ViewOf<P, R>>) => boolean

/** One result of a link whose part has states `S`. */
export interface OutcomeOf<S> extends Outcome {
  readonly state: S
}

/** Helpers for systems and properties with these parts. */
export interface Typed<P extends Parts> {
  /** A link of a part of the group. */
  link<N extends Name<P['group']>>(
    part: N,
    step: (state: P['group'][N], label: Label) => readonly OutcomeOf<P['group'][N]>[],
  ): Link
  /** A link of a shared part; told the index of the group where `readsGroup` says so. */
  shared<N extends Name<P['shared']>>(
    part: N,
    step: (state: P['shared'][N], label: Label, group: number) => readonly OutcomeOf<P['shared'][N]>[],
    more?: { readonly readsGroup: boolean },
  ): Link
  invariant<const R extends ReadsOf<P>>(
    id: string,
    asks: Asks<P, R> & { readonly given?: OfWorld<P, R>; readonly then: OfWorld<P, R> },
  ): Invariant
  step<const R extends ReadsOf<P>>(
    id: string,
    asks: Asks<P, R> & { readonly given?: OfStep<P, R>; readonly then: OfStep<P, R> },
  ): StepProperty
  reachable<const R extends ReadsOf<P>>(id: string, asks: Asks<P, R> & { readonly when: OfWorld<P, R> }): Reachable
  happens<const R extends ReadsOf<P>>(id: string, asks: Asks<P, R> & { readonly when: OfStep<P, R> }): Happens
  leadsTo<const R extends ReadsOf<P>>(
    id: string,
    asks: Asks<P, R> & {
      readonly given: OfWorld<P, R>
      readonly then: OfWorld<P, R>
      readonly alsoFair?: readonly string[]
    },
  ): LeadsTo
}

const ask = (kind: Property['kind']) => (id: string, asks: object) => ({ id, kind, ...asks }) as never

/** Helpers whose functions know the parts `P`. They add nothing: each gives the plain link or property. */
export const typed = <P extends Parts>(): Typed<P> => ({
  link: (part, step) => ({ part, step }),
  shared: (part, step, more) => ({ part, shared: true, step, ...more }),
  invariant: ask('invariant'),
  step: ask('step'),
  reachable: ask('reachable'),
  happens: ask('happens'),
  leadsTo: ask('leads-to'),
})
