/** Pins: what a scenario is expected to give. */
import type { Verdict } from '../checker/index.ts'

/** A change of semantics shows here and must be explained. */
export interface Pin {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly verdicts: Readonly<Record<string, Verdict>>
}
