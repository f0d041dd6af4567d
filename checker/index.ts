/**
 * The checker: explores everything a system of *parts* and *rules* can reach and decides what is asked of it.
 * It knows no TCP. A rule is run once per distinct local input; the product of the parts is explored on integers.
 *
 * ```ts
 * import { check, events, mutex, mutexProperties, replayPath } from 'halfopen/checker'
 *
 * const report = check(mutex, mutexProperties)
 * report.states                                        // 8
 * report.findings.map(({ verdict }) => verdict)        // ['holds', 'holds']
 *
 * const careless = { ...mutex, rules: mutex.rules.map((rule) => ({ ...rule, fairness: 'weak' as const })) }
 * const { path } = check(careless, mutexProperties).findings[1]!   // A waits while B goes in and out for ever
 * replayPath(careless, path!).map(({ event }) => event.rule)
 * ```
 *
 * Read next: `system.ts` (parts, links, rules), `property.ts` (what can be asked), `interpret.ts` (the plain meaning),
 * `compile/` (from rules to integer tables), `search/` (one search per file), `liveness/` (fairness and lassos),
 * `simulate/` (random runs), `views/` (every number of groups); `docs/checker.md` is a tutorial.
 */
export { canonicalKey } from './canonical.ts'
export { check } from './check.ts'
export type * from './checkpoint/store.ts'
export type { Constraints, StateConstraint, StepConstraint } from './constraint.ts'
export { drawPath } from './draw.ts'
export { type Classic, classics } from './examples/classics/cases.ts'
export { mutex, mutexProperties } from './examples/mutex.ts'
export { Exploration } from './exploration.ts'
export { CheckerFault, type FaultCode, faultMeanings } from './faults.ts'
export { events, reduce } from './interpret.ts'
export { type Asked, asksAt, type Judgement, judge, type Moment } from './judge.ts'
export { checkNaively, type NaiveReport } from './naive.ts'
export { decodePath, encodePath, isPathOf, replayPath } from './path.ts'
export type * from './property.ts'
export type * from './report.ts'
export type * from './simulate/report.ts'
export { simulate } from './simulate/simulate.ts'
export * from './system.ts'
export type { OutcomeOf, Parts, ReadsOf, StepOf, Typed, ViewOf } from './typed.ts'
export { typed } from './typed.ts'
export { checkForEvery } from './views/check-every.ts'
export type { Counters } from './views/counters.ts'
export { type Family, familyOf } from './views/family.ts'
export type * from './views/report.ts'
export { explainTerm, type ReadValue, type Term } from './why.ts'
