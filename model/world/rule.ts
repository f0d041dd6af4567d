/**
 * Rules: named transitions made of links that meet in labels. Each link is a function of one part and the label that the
 * link before it handed over, so a rule can be run once per distinct local input, or composed into a whole step.
 */

// biome-ignore-start lint/suspicious/noExplicitAny: links of one rule agree among themselves what a label is.
export interface Outcome {
  readonly state: any
  readonly label?: any
  /** What was observable on the step: `sent …`, `received …`, and names of counters. */
  readonly effects?: readonly string[]
  readonly note?: string
  /** No reachable world asks for this: whoever meets it in a run has found a fault in the model. */
  readonly impossible?: true
}

export interface Link {
  readonly part: string
  readonly shared?: boolean
  step(state: any, label: any, group: number): readonly Outcome[]
}

export interface SynchronousRule {
  readonly name: string
  readonly group: Readonly<Record<string, (state: any) => any>>
  readonly shared: Readonly<Record<string, (state: any) => any>>
  readonly actor: string
  readonly source: string
  readonly fairness: 'none' | 'weak'
}
// biome-ignore-end lint/suspicious/noExplicitAny: see above

export interface Rule {
  readonly name: string
  /** The kinds of connections it applies to: the names of their clients. */
  readonly kinds: readonly string[]
  readonly links: readonly Link[]
  readonly actor: string
  readonly source: string
  readonly fairness: 'none' | 'weak'
}

export const IMPOSSIBLE: readonly Outcome[] = [{ state: undefined, impossible: true }]
