/** A check of one scenario, for programs. */
import type { Answers, Asked, Overrides } from '../../properties/index.ts'
import { traceOf } from '../../traces/index.ts'
import { traceJson } from '../trace/json.ts'
import { codeOf, type Found } from './counterexample.ts'
import { verdictOf } from './verdicts.ts'

export const checkJson = (answers: Answers, kernel: string, overrides: Overrides, reproduce: string) => {
  const { scenario, report, asked, asPinned } = answers
  return {
    scenario: scenario.name,
    shows: scenario.shows,
    kernel: overrides.kernel ?? scenario.world.kernel ?? kernel,
    ...(Object.keys(overrides).length > 0 && { overrides }),
    engine: report.engine,
    ...(report.engineReason && { engineReason: report.engineReason }),
    visited: report.visited,
    ...(report.orbits !== undefined && { orbits: report.orbits }),
    states: report.states,
    ...(report.exactStates && { exactStates: report.exactStates }),
    transitions: report.transitions,
    depth: report.depth,
    ...(report.isDeeper && { isDeeper: report.isDeeper }),
    exhausted: report.exhausted,
    ...(report.bound && { bound: report.bound }),
    ...(report.boundDetail && { boundDetail: report.boundDetail }),
    seconds: report.seconds,
    verdict: verdictOf(answers),
    ...(asPinned !== undefined && { asPinned }),
    deadlocks: report.deadlocks,
    properties: asked.map((a) => propertyJson(answers, a)),
    rulesNeverFired: report.coverage.rulesNeverFired,
    propertiesNeverExercised: report.coverage.propertiesNeverExercised,
    reproduce,
  }
}

/** `counterexample` of a property that was reached is its witness. */
const propertyJson = (answers: Answers, asked: Asked) => {
  const { property, finding, expected } = asked
  const { path } = finding
  return {
    id: property.id,
    name: property.sentence,
    kind: property.kind,
    verdict: finding.verdict,
    ...(finding.reason && { reason: finding.reason }),
    ...(expected !== undefined && { expected }),
    formula: property.formula,
    source: property.source,
    ...(path && {
      counterexample: {
        path: codeOf(answers, { ...asked, path } as Found),
        ...traceJson(traceOf(answers.model, path)),
      },
    }),
  }
}
