/** Searches for the bench and the properties: shortest runs, verdicts. */
import {
  type CheckOptions,
  check,
  Exploration,
  type Finding,
  type Progress,
  type Property,
  simulate,
  type View,
} from '../../checker/index.ts'
import { type Event, events, type World } from '../../model/index.ts'
import { parting, propertyNamed } from '../../properties/index.ts'
import { readPredicate } from '../state/predicate.ts'
import { type Bench, benchOf, take, worldAfter } from '../state/run.ts'
import type { CheckedProperty, Found } from './calls.ts'
import type { Answering } from './main.ts'

/** What a page can hold. */
const MOST_STATES = 4_000_000
const MOST_BYTES = 2 ** 30
const MOST_LOOKED_AT = 400_000

/** The model as it is from a world on. */
const from = (bench: Bench, world: World) => ({ ...bench.model, initial: [world] })

const untilProperty = (bench: Bench, world: World, id: string): Found => {
  const property = propertyNamed(id)
  if (property === undefined) throw new RangeError(`there is no property ${id}`)
  const options: CheckOptions = { stopAtFirstViolation: true, maxStates: MOST_STATES, maxMemory: MOST_BYTES }
  const report = check(from(bench, world), [property.ask(bench.setting)], options)
  const path = report.findings[0]?.path?.events
  return { states: report.states, exhausted: report.exhausted, ...(path && { path }) }
}

const untilPredicate = (bench: Bench, world: World, text: string): Found => {
  const predicate = readPredicate(text)
  if (predicate === undefined) throw new RangeError('this is no predicate')
  const exploration = new Exploration(from(bench, world))
  for (let looked = 0, limit = 1000; ; limit *= 3) {
    exploration.advance(Math.min(limit, MOST_LOOKED_AT))
    for (; looked < exploration.nodes; looked++) {
      if (predicate(exploration.world(looked) as unknown as World))
        return { path: exploration.pathTo(looked).events, states: looked + 1, exhausted: false }
    }
    if (exploration.isComplete || limit >= MOST_LOOKED_AT)
      return { states: exploration.nodes, exhausted: exploration.isComplete }
  }
}

const checked = ({ property, verdict, reason, path, group }: Finding): CheckedProperty => ({
  id: property,
  verdict,
  ...(reason !== undefined && { reason }),
  ...(path && { path }),
  ...(group !== undefined && { group }),
})

/** Of the first run that is asked for. */
const FIRST_SEED = 2

/** Where a property that holds has something to say. */
const occasionOf = (question: Property): Property | undefined => {
  if (!('given' in question) || question.given === undefined) return undefined
  const { id, reads } = question
  return question.kind === 'step'
    ? { id, reads, kind: 'happens', when: question.given, mayLack: true }
    : { id, reads, kind: 'reachable', when: question.given as (view: View) => boolean, mayLack: true }
}

/** Steps of a run that shows nothing in particular. */
const SOME = 40

/** A run of any length, to where nothing is owed. */
const randomRun = (bench: Bench, seed: number): Event[] => {
  const path: Event[] = []
  let [world, x] = [bench.initial, seed]
  while (path.length < SOME && !(path.length > 4 && bench.model.isEnd(world))) {
    const moving = events(bench.model, world).filter((step) => step.world !== world)
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0
    const step = moving[Math.floor((x / 2 ** 32) * moving.length)]
    if (step === undefined) break
    path.push(step.event)
    world = step.world
  }
  return path
}

export const searchCalls = {
  runUntil({ spec, path, predicate, property }) {
    const bench = benchOf(spec)
    const world = worldAfter(bench, take(bench, path).steps)
    return property !== undefined
      ? untilProperty(bench, world, property)
      : untilPredicate(bench, world, predicate ?? '')
  },
  parting({ spec, beside }) {
    const { report, path } = parting(benchOf(spec).model, benchOf(spec, beside).model, { maxStates: MOST_STATES })
    return { states: report.states, exhausted: report.exhausted, ...(path && { path: path.events }) }
  },
  check({ spec, only, more }, tell) {
    const { model, asked } = benchOf(spec, more)
    const questions = asked.filter(({ property }) => only?.includes(property.id) ?? true).map((a) => a.question)
    const onProgress = ({ states, depth }: Progress) => tell({ states, depth })
    const report = check(model, questions, { maxMemory: MOST_BYTES, onProgress })
    const { states, depth, exhausted, bound } = report
    return { states, depth, exhausted, ...(bound && { bound }), findings: report.findings.map(checked) }
  },
  anotherRun({ spec, property: id, seed, holds }) {
    const bench = benchOf(spec)
    const property = propertyNamed(id)
    if (property === undefined) throw new RangeError(`there is no property ${id}`)
    const question = property.ask(bench.setting)
    // The first run to where it has something to say; whole runs after it.
    const wanted = !holds ? question : seed === FIRST_SEED ? occasionOf(question) : undefined
    const options = { runs: 400, steps: 200, seed, maxSeconds: 10 }
    const path = wanted && simulate(bench.model, [wanted], options).findings[0]?.path?.events
    if (path !== undefined && path.length > 0) return { path }
    return holds ? { path: randomRun(bench, seed) } : {}
  },
} satisfies Partial<Answering>
