/** A check of every number of clients, for programs. */
import { modelOf } from '../../model/index.ts'
import { type EveryAnswers, scenarioKernel, settingOfSize } from '../../properties/index.ts'
import { traceOf } from '../../traces/index.ts'
import { codeOf } from '../check/counterexample.ts'
import { traceJson } from '../trace/json.ts'
import { foundInSizes } from './text.ts'
import { overallOf } from './words.ts'

export const everyJson = (answers: EveryAnswers, reproduce: string) => {
  const { scenario, overrides, report, asked } = answers
  const { views, size, sums, many, searched, obstacle, seconds, tables } = report
  return {
    scenario: scenario.name,
    shows: scenario.shows,
    kernel: scenarioKernel(scenario, overrides),
    clients: 'any',
    bounds: 'each client within the bounds of the scenario',
    ...(Object.keys(overrides).length > 0 && { overrides }),
    verdict: overallOf(answers),
    views,
    viewsOf: size,
    sums,
    ...(many !== undefined && { many }),
    ...(obstacle !== undefined && { obstacle }),
    searched: searched.map(({ groups, ...more }) => ({ clients: groups, ...more })),
    tables,
    seconds,
    properties: asked.map((one) => propertyJson(answers, one)),
    reproduce,
  }
}

const propertyJson = (answers: EveryAnswers, { property, finding }: EveryAnswers['asked'][number]) => {
  const { verdict, forEvery, smallest, andMore, reason } = finding
  return {
    id: property.id,
    name: property.sentence,
    kind: property.kind,
    verdict,
    ...(forEvery && { forEvery, views: answers.report.views }),
    ...(smallest !== undefined && { smallest, andMore: andMore ?? false }),
    ...(reason !== undefined && { reason }),
    formula: property.formula,
    source: property.source,
    ...counterexampleOf(answers, property.id),
  }
}

const counterexampleOf = (answers: EveryAnswers, id: string) => {
  const found = foundInSizes(answers).find(({ property }) => property.id === id)
  if (found === undefined) return {}
  const model = modelOf(settingOfSize(answers.scenario, answers.overrides, found.clients))
  return { counterexample: { path: codeOf({ model }, found), ...traceJson(traceOf(model, found.path)) } }
}
