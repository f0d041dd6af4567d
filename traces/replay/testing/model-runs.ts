/** Captures of random runs of the model: what a tap at one end shows of a scenario's world, each possible step as likely as any other. */
import { type End, events, modelOf, type Step, type World } from '../../../model/index.ts'
import { type Overrides, scenarioKernel, scenarioNamed, settingOf } from '../../../properties/index.ts'
import type { Capture } from '../../capture.ts'
import { readCapture } from '../../readers/index.ts'
import { pcapng } from '../../writers/pcapng.ts'
import type { TraceStep } from '../../writers/trace.ts'

export interface ModelRun {
  readonly capture: Capture
  readonly kernel: ReturnType<typeof scenarioKernel>
}

/** @param choices of each step, in turn: a share of what is possible there, from 0 to below 1 */
export const modelRun = (
  scenario: string,
  tap: End,
  choices: readonly number[],
  overrides: Overrides = {},
): ModelRun => {
  const found = scenarioNamed(scenario)!
  const setting = settingOf(found, overrides)
  const model = modelOf(setting)
  const [initial] = model.initial as [World]
  const steps: TraceStep[] = []
  let world = initial
  for (const choice of choices) {
    const possible = events(model, world)
    const step = possible[Math.floor(choice * possible.length)]
    if (step === undefined) break
    steps.push(traced(step, steps.length + 1))
    world = step.world
  }
  return { capture: readCapture(pcapng({ initial, steps }, [tap])), kernel: scenarioKernel(found, overrides) }
}

const traced = ({ event, effects, note, world }: Step, number: number): TraceStep => ({
  number,
  event,
  actor: '',
  rule: event.rule,
  source: '',
  ...(event.group !== undefined && { connection: event.group + 1 }),
  note,
  effects,
  changes: [],
  world,
})
