/** Asks a scenario's properties of its world. */
import { type CheckOptions, check, type Finding, type Path, type Report, type Verdict } from '../checker/index.ts'
import { type Model, modelOf, reduce, type Setting, type Step, type World } from '../model/index.ts'
import { propertyNamed } from './families/index.ts'
import type { Pin } from './pin.ts'
import { pins } from './pins.ts'
import type { TcpProperty } from './property.ts'
import { type Overrides, type Scenario, settingOf } from './scenario.ts'

export interface Asked {
  readonly property: TcpProperty
  readonly finding: Finding
  /** What the scenario expects; absent when its bounds were moved. */
  readonly expected?: Verdict
}

export interface Answers {
  readonly scenario: Scenario
  readonly setting: Setting
  readonly model: Model
  readonly report: Report
  readonly asked: readonly Asked[]
  /** Whether everything is as pinned; undefined when the bounds were moved or only some properties were asked. */
  readonly asPinned?: boolean
}

/**
 * Explores the scenario's world and decides its properties.
 * @param only ids of the properties to ask; all of the scenario's if absent
 * @param own properties that are not among the shipped ones
 */
export const ask = (
  scenario: Scenario,
  overrides: Overrides = {},
  options: CheckOptions = {},
  only: readonly string[] = scenario.properties,
  own: readonly TcpProperty[] = [],
): Answers => {
  const setting = settingOf(scenario, overrides)
  const model = modelOf(setting)
  const questions = only.map((id) => own.find((p) => p.id === id) ?? propertyNamed(id)!)
  const report = check(
    model,
    questions.map((q) => q.ask(setting)),
    options,
  )
  const pin = Object.keys(overrides).length === 0 ? pins[scenario.name] : undefined
  const asked = questions.map((property, i): Asked => {
    const expected = pin?.verdicts[property.id]
    return { property, finding: report.findings[i]!, ...(expected === undefined ? {} : { expected }) }
  })
  const whole = only === scenario.properties && pin !== undefined
  return {
    scenario,
    setting,
    model,
    report,
    asked,
    ...(whole ? { asPinned: isAsPinned(pin, report, asked) } : {}),
  }
}

const isAsPinned = (pin: Pin, report: Report, asked: readonly Asked[]): boolean =>
  report.exhausted &&
  report.states === pin.states &&
  report.transitions === pin.transitions &&
  (report.engine === 'depth-first' || report.depth === pin.depth) &&
  report.deadlock.verdict === 'holds' &&
  asked.every((a) => a.finding.verdict === a.expected)

export const pinOf = ({ report, asked }: Answers): Pin => ({
  states: report.states,
  transitions: report.transitions,
  depth: report.depth,
  verdicts: Object.fromEntries(asked.map((a) => [a.property.id, a.finding.verdict])),
})

/** A violated verdict, or a state that should be reachable and is not, counts against a scenario. */
export const isBad = (verdict: Verdict): boolean => verdict === 'violated'

/** The steps of a path, taken again through the model. */
export const stepsOf = (model: Model, path: Path): { initial: World; steps: Step[] } => {
  let world = model.initial[path.initial]!
  const initial = world
  const steps = path.events.map((event) => {
    const step = reduce(model, world, event)
    world = step.world
    return step
  })
  return { initial, steps }
}
