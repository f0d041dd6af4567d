/** A path taken again through the model: each step with its actor, its rule, its source and what it changed. */
import type { Path } from '../../checker/index.ts'
import type { Event, Model, Step, World } from '../../model/index.ts'
import { stepsOf } from '../../properties/index.ts'
import { type Change, changesBetween } from './changes.ts'

export interface TraceStep {
  /** From 1. */
  readonly number: number
  readonly event: Event
  readonly actor: string
  readonly rule: string
  /** RFC clause or kernel function. */
  readonly source: string
  /** From 1; absent for a step that every part takes. */
  readonly connection?: number
  readonly note: string
  /** What was observable: segments received and sent, counters that rose; see model/world/effects.ts. */
  readonly effects: readonly string[]
  readonly changes: readonly Change[]
  readonly world: World
}

export interface Trace {
  readonly initial: World
  readonly steps: readonly TraceStep[]
  /** After the last step the world is again as it was after this many steps. */
  readonly loop?: number
}

/** @throws RangeError for a path of another world */
export const traceOf = (model: Model, path: Path): Trace => {
  const { initial, steps } = stepsOf(model, path)
  return { ...traceOfSteps(model, initial, steps), ...(path.loop !== undefined && { loop: path.loop }) }
}

/** Of steps that were taken already, each from the world of the one before. */
export const traceOfSteps = (model: Model, initial: World, steps: readonly Step[]): Trace => ({
  initial,
  steps: steps.map((step, i) => {
    const known = traced.get(step)
    if (known?.number === i + 1) return known
    const made = traceStep(model, step, i === 0 ? initial : steps[i - 1]!.world, i + 1)
    traced.set(step, made)
    return made
  }),
})

/** A step is traced once, however often the run that it is of grows. */
const traced = new WeakMap<Step, TraceStep>()

const traceStep = (model: Model, step: Step, before: World, number: number): TraceStep => {
  const { event, effects, note, world } = step
  const rule = [...model.rules, ...model.synchronous].find((r) => r.name === event.rule)!
  return {
    number,
    event,
    actor: rule.actor,
    rule: rule.name,
    source: rule.source,
    ...(event.group !== undefined && { connection: event.group + 1 }),
    note,
    effects,
    changes: changesBetween(before, world),
    world,
  }
}

export const lastWorld = ({ initial, steps }: Trace): World => steps.at(-1)?.world ?? initial
