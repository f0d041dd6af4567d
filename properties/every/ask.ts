/** Asks a scenario's properties of every number of clients. */
import { checkForEvery, type EveryFinding, type EveryOptions, type EveryReport } from '../../checker/index.ts'
import { propertyNamed } from '../families/index.ts'
import type { TcpProperty } from '../property.ts'
import type { Scenario } from '../scenario.ts'
import { type AnyOverrides, familyOfScenario, settingOfAny, settingOfSize } from './family.ts'

export interface EveryAnswers {
  readonly scenario: Scenario
  readonly overrides: AnyOverrides
  readonly report: EveryReport
  readonly asked: readonly { readonly property: TcpProperty; readonly finding: EveryFinding }[]
}

/** @param only ids of the properties to ask; all of the scenario's if absent */
export const askForEvery = (
  scenario: Scenario,
  overrides: AnyOverrides = {},
  options: EveryOptions = {},
  only: readonly string[] = scenario.properties,
): EveryAnswers => {
  const properties = only.map((id) => propertyNamed(id)!)
  const ask = (clients: number | undefined) => {
    const setting =
      clients === undefined ? settingOfAny(scenario, overrides) : settingOfSize(scenario, overrides, clients)
    return properties.map((property) => property.ask(setting))
  }
  const report = checkForEvery(familyOfScenario(scenario, overrides), ask, options)
  return {
    scenario,
    overrides,
    report,
    asked: properties.map((property, i) => ({ property, finding: report.findings[i]! })),
  }
}
