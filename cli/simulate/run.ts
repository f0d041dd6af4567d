/** Random runs through one scenario's world. */
import {
  type Path,
  type SimulateOptions,
  type SimulationFinding,
  type SimulationReport,
  simulate,
} from '../../checker/index.ts'
import { type Model, modelOf, type Setting } from '../../model/index.ts'
import { type Overrides, properties, type Scenario, settingOf, type TcpProperty } from '../../properties/index.ts'
import type { Io } from '../io.ts'
import { checkWorld } from '../options/world.ts'
import { endProgress } from '../words/progress.ts'
import { overall } from '../words/verdict.ts'
import { progressTo } from './progress.ts'

export interface Question {
  readonly scenario: Scenario
  readonly overrides: Overrides
  readonly options: SimulateOptions
  /** Ids of the properties to ask; all of the scenario's if absent. */
  readonly only?: readonly string[]
}

export interface Met {
  readonly property: TcpProperty
  readonly finding: SimulationFinding
}

export interface Simulated {
  readonly scenario: Scenario
  readonly setting: Setting
  readonly model: Model
  readonly report: SimulationReport
  readonly asked: readonly Met[]
  /** All of the scenario's properties were asked, so a dead end counts, too. */
  readonly isWhole: boolean
}

/** @throws UsageError for a world that cannot be */
export const simulated = ({ scenario, overrides, options, only }: Question, io: Io): Simulated => {
  checkWorld(scenario, overrides)
  const setting = settingOf(scenario, overrides)
  const model = modelOf(setting)
  const questions = (only ?? scenario.properties).map((id) => properties.find((property) => property.id === id)!)
  try {
    const report = simulate(
      model,
      questions.map((property) => property.ask(setting)),
      { ...options, ...(io.shouldStop && { shouldStop: io.shouldStop }), ...progressTo(io) },
    )
    const asked = questions.map((property, i) => ({ property, finding: report.findings[i]! }))
    return { scenario, setting, model, report, asked, isWhole: only === undefined }
  } finally {
    endProgress(io)
  }
}

/** `holds` only where all that was asked was to be reached, and was. */
export const verdictOf = ({ asked, report, isWhole }: Simulated) =>
  overall([...asked.map(({ finding }) => finding.verdict), ...(isWhole ? [report.deadlock.verdict] : [])])

export const deadEnd = ({ report, isWhole }: Simulated): Path | undefined =>
  isWhole ? report.deadlock.path : undefined
