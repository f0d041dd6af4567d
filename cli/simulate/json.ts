/** Random runs of one scenario, for programs. */
import { encodePath, type Path } from '../../checker/index.ts'
import type { Overrides } from '../../properties/index.ts'
import { traceOf } from '../../traces/index.ts'
import { traceJson } from '../trace/json.ts'
import { type Met, type Simulated, verdictOf } from './run.ts'

export const simulationJson = (simulated: Simulated, overrides: Overrides, reproduce: string) => {
  const { scenario, report, asked } = simulated
  const { deadlock, coverage } = report
  return {
    scenario: scenario.name,
    shows: scenario.shows,
    kernel: overrides.kernel ?? 'linux-6.18',
    ...(Object.keys(overrides).length > 0 && { overrides }),
    engine: 'simulation',
    seed: report.seed,
    runs: report.runs,
    steps: report.steps,
    longest: report.longest,
    ended: { declared: report.ended, dead: deadlock.seen.runs, cutShort: report.cutShort },
    ...(report.bound && { bound: report.bound }),
    seconds: report.seconds,
    verdict: verdictOf(simulated),
    properties: asked.map((met) => metJson(simulated, met)),
    ...(deadlock.path && { deadlock: pathJson(simulated, deadlock.path) }),
    rules: report.fired,
    rulesNeverFired: coverage.rulesNeverFired,
    propertiesNeverExercised: coverage.propertiesNeverExercised,
    reproduce,
  }
}

/** `counterexample` of a property that was reached is its witness. */
const metJson = (simulated: Simulated, { property, finding }: Met) => ({
  id: property.id,
  name: property.sentence,
  kind: property.kind,
  verdict: finding.verdict,
  seen: finding.seen,
  applied: finding.given,
  ...(finding.first && { first: finding.first }),
  formula: property.formula,
  source: property.source,
  ...(finding.path && { counterexample: pathJson(simulated, finding.path) }),
})

const pathJson = ({ model }: Simulated, path: Path) => ({
  path: encodePath(model, path),
  ...traceJson(traceOf(model, path)),
})
