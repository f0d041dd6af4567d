/** A path taken on the bench: the world after each step, and what could come next. */
import { canonicalKey, type Judgement, judge, type Property } from '../../checker/index.ts'
import { type Event, events, type Model, modelOf, type Setting, type Step, type World } from '../../model/index.ts'
import { type Overrides, propertyNamed, scenarioNamed, settingOf, type TcpProperty } from '../../properties/index.ts'
import type { WorldSpec } from './spec.ts'

/** A world with what is asked of it. */
export interface Bench {
  readonly spec: WorldSpec
  readonly setting: Setting
  readonly model: Model
  readonly initial: World
  readonly asked: readonly AskedProperty[]
}

export interface AskedProperty {
  readonly property: TcpProperty
  readonly question: Property
}

/** @throws RangeError for an unknown scenario */
export const benchOf = (spec: WorldSpec, more: Overrides = {}): Bench => {
  const scenario = scenarioNamed(spec.scenario)
  if (scenario === undefined) throw new RangeError(`there is no scenario ${spec.scenario}`)
  const overrides = { ...spec.overrides, ...more, sysctls: { ...spec.overrides.sysctls, ...more.sysctls } }
  const asIs = settingOf(scenario, overrides)
  const most = Math.min(asIs.backlog, asIs.serverStack.sysctls.somaxconn) + 1
  // Of others no more can have been queued than the queue takes.
  const setting = { ...asIs, alreadyQueued: Math.min(asIs.alreadyQueued, most) }
  const model = modelOf(setting)
  const asked = scenario.properties.flatMap((id): AskedProperty[] => {
    const property = propertyNamed(id)
    return property ? [{ property, question: property.ask(setting) }] : []
  })
  return { spec, setting, model, initial: model.initial[0]!, asked }
}

const isSame = (a: Event, b: Event): boolean => a.rule === b.rule && a.group === b.group && a.choice === b.choice

export interface Taken {
  readonly steps: readonly Step[]
  /** The first event that is not possible where the path has it, counted from 0. */
  readonly misfit?: number
}

/** Takes a path; steps that an earlier run of the same model has taken are not taken again. */
export const take = (bench: Bench, path: readonly Event[], before?: Taken): Taken => {
  const steps: Step[] = []
  let world = bench.initial
  for (const [i, event] of path.entries()) {
    const known = before?.steps[i]
    const isKnown =
      known !== undefined && steps.length === i && isSame(known.event, event) && sameWay(before!, steps, i)
    const step = isKnown ? known : events(bench.model, world).find((s) => isSame(s.event, event))
    if (step === undefined) return { steps, misfit: i }
    steps.push(step)
    world = step.world
  }
  return { steps }
}

/** The events of steps that another setting's world was taken through: the same rules with the same words, however they are numbered here. */
export const again = (bench: Bench, steps: readonly Step[]): Event[] => {
  const path: Event[] = []
  let world = bench.initial
  for (const { event, note } of steps) {
    const step = events(bench.model, world).find(
      (s) => s.event.rule === event.rule && s.event.group === event.group && s.note === note,
    )
    if (step === undefined) return path
    path.push(step.event)
    world = step.world
  }
  return path
}

const sameWay = (before: Taken, steps: readonly Step[], i: number): boolean =>
  i === 0 || before.steps[i - 1] === steps[i - 1]

export const worldAfter = (bench: Bench, steps: readonly Step[], at = steps.length): World =>
  at === 0 ? bench.initial : steps[at - 1]!.world

/** An event that can be taken, and what it leads to. */
export interface Choice {
  readonly step: Step
  readonly source: string
  readonly actor: string
  /** `stays`: nothing changes; a number: the world after that many steps of the path. */
  readonly leads: 'new' | 'visited' | 'stays' | number
  /** Ids of properties that the step violates, and of those that it is the first to reach. */
  readonly violates: readonly string[]
  readonly reaches: readonly string[]
}

export const choicesAt = (
  bench: Bench,
  steps: readonly Step[],
  at: number,
  visited: ReadonlySet<string> = new Set(),
): Choice[] => {
  const world = worldAfter(bench, steps, at)
  const key = canonicalKey(world)
  const onPath = [bench.initial, ...steps.slice(0, at).map((s) => s.world)].map((w) => canonicalKey(w))
  const rules = [...bench.model.rules, ...bench.model.synchronous]
  return events(bench.model, world).map((step): Choice => {
    const next = canonicalKey(step.world)
    const earlier = onPath.indexOf(next)
    const leads = next === key ? 'stays' : earlier >= 0 ? earlier : visited.has(next) ? 'visited' : 'new'
    const { actor, source } = rules.find(({ name }) => name === step.event.rule)!
    return { step, source, actor, leads, ...judged(bench, world, step) }
  })
}

const safety = ['invariant', 'step']
const existence = ['reachable', 'happens']

const judged = ({ model, asked }: Bench, before: World, step: Step): Pick<Choice, 'violates' | 'reaches'> => {
  const says = ({ question }: AskedProperty): Judgement['verdict'] =>
    judge(model, question, { world: step.world, before, step }).verdict
  const ids = (all: readonly AskedProperty[]) => all.map(({ property }) => property.id)
  const isNew = ({ question }: AskedProperty): boolean =>
    question.kind === 'happens' || judge(model, question, { world: before }).verdict === 'not reached'
  return {
    violates: ids(asked.filter((a) => safety.includes(a.question.kind) && says(a) === 'violated')),
    reaches: ids(asked.filter((a) => existence.includes(a.question.kind) && says(a) === 'reached' && isNew(a))),
  }
}
