/**
 * What *must* hold, and the bounded worlds in which it is asked.
 *
 * A property (`families/`) is a plain sentence, a formula, a source and a predicate; a scenario (`scenarios/`) is a world
 * with the properties that are asked in it; `pins.ts` is what each scenario gives.
 *
 * @example
 * const { asked } = ask(scenarioNamed('accept-queue')!)
 * asked.find((a) => a.property.id === 'Q1')?.finding.verdict   // 'holds'
 *
 * Read next: `scenarios/ghostConnection.ts`, `families/queues.ts`, `remedies.ts`.
 */
import { scenarios } from './scenarios/index.ts'

export { type Comparison, compareProfiles, parting } from './against.ts'
export * from './ask.ts'
export * from './claims/index.ts'
export { type Broken, brokenProperties } from './counterexamples.ts'
export { type Effect, effectsOf, tryEffect } from './effects.ts'
export * from './every/index.ts'
export { properties, propertyNamed } from './families/index.ts'
export { namesOf } from './names.ts'
export { ownProperty, type TcpParts, tcp } from './own.ts'
export type { Pin } from './pin.ts'
export { pins } from './pins.ts'
export {
  changed,
  happens,
  invariant,
  leadsTo,
  reachable,
  type Step,
  same,
  socketsOf,
  stepProperty,
  type TcpProperty,
  type View,
  type WholeView,
} from './property.ts'
export * from './remedies.ts'
export type { Overrides, Scenario, World } from './scenario.ts'
export { client, rival, scenarioKernel, settingOf } from './scenario.ts'
export { scenarios } from './scenarios/index.ts'
export { decideAll } from './verdicts/decide.ts'
export { allVerdictRows, type ByProfile, expectedVerdicts, type VerdictRow, verdictRows } from './verdicts/index.ts'
export { verdictProfiles } from './verdicts/world.ts'
export const scenarioNamed = (name: string) => scenarios.find((s) => s.name === name)
