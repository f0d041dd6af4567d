import { validateConstraints } from '../constraint.ts'
import type { Property, Verdict } from '../property.ts'
import { HIT } from '../search/question.ts'
import { isWitness } from '../search/record.ts'
import type { Event, System } from '../system.ts'
import { validateOptions, validateProperty } from '../well-formed.ts'
import { Asker } from './asker.ts'
import { Course, type Ended } from './course.ts'
import { Pace } from './pace.ts'
import { Random } from './random.ts'
import type { SimulateOptions, SimulationFinding, SimulationReport } from './report.ts'
import { type Ends, shrink } from './shrink.ts'
import { Stepper } from './stepper.ts'
import { type First, PlainTally, Tally } from './tally.ts'

const OPTIONS = Object.keys({
  runs: 0,
  steps: 0,
  seed: 0,
  maxSeconds: 0,
  stopAtFirstViolation: 0,
  shouldStop: 0,
  onProgress: 0,
} satisfies Record<keyof SimulateOptions, 0>)

/**
 * Goes through a system at random, many times, and says what was met. It needs no tables, so the system may be as large as
 * it likes; and it proves nothing, so what was not met is inconclusive.
 * @throws CheckerFault for a malformed system or property, and when a world met was declared impossible.
 */
export function simulate(
  system: System,
  properties: readonly Property[],
  options: SimulateOptions = {},
): SimulationReport {
  validateOptions(options, OPTIONS)
  for (const property of properties) validateProperty(system, property)
  const { runs = 1000, steps = 200, seed = 1 } = options
  const stepper = new Stepper(system)
  validateConstraints(system)
  const course = new Course(stepper)
  const tallies = properties.map((property) => new Tally(new Asker(stepper, property)))
  const deadEnds = new PlainTally()
  const origins = new Map<First, Origin>()
  const fired = new Float64Array(system.rules.length + (system.synchronous?.length ?? 0))
  const endings: Record<Ended, number> = { 'declared end': 0, 'dead end': 0, constraint: 0, 'as long as it may be': 0 }
  const pace = new Pace(options)
  let longest = 0
  let run = 0
  for (; run < runs && pace.bound === undefined; run++) {
    pace.look(run)
    const keep = (first: First | undefined): void => {
      if (first) origins.set(first, { start: course.start, events: course.events })
    }
    const ended = course.run(new Random(seed, run), steps, {
      world: (world) => {
        for (const tally of tallies) if (tally.world(run, course.moves.length, world)) keep(tally.first)
      },
      isOver: () => pace.bound !== undefined,
      step: (before, move) => {
        fired[move.rule]!++
        pace.step(run)
        for (const tally of tallies) if (tally.step(run, course.moves.length, before, move)) keep(tally.first)
      },
    })
    endings[ended]++
    longest = Math.max(longest, course.moves.length)
    if (ended === 'dead end' && deadEnds.note(run, course.moves.length)) keep(deadEnds.first)
    const isViolated = tallies.some(({ first, asker }) => first && !isWitness(asker.property)) || deadEnds.first
    if (options.stopAtFirstViolation && isViolated) pace.bound = 'first violation'
  }
  const found = (property: string, verdict: Verdict, first: First, ends: Ends) => {
    const { start, events } = origins.get(first)!
    const path = { initial: start, events: shrink(stepper, course.starts[start]!, events, ends, course.allows) }
    return { property, verdict, path, first: { run: first.run, steps: first.steps } }
  }
  const findings = tallies.map((tally): SimulationFinding => {
    const { asker, first, seen, given } = tally
    const { id } = asker.property
    const counted = { seen: plain(seen), given: plain(given) }
    if (first === undefined) return { property: id, verdict: 'inconclusive', ...counted }
    const which = asker.asked.indexOf(first.group)
    const ends: Ends = (world, before, move) =>
      asker.isOfSteps
        ? before !== undefined && move !== undefined && (asker.ofStep(which, before, move) & HIT) !== 0
        : (asker.ofWorld(which, world) & HIT) !== 0
    const verdict = isWitness(asker.property) ? 'reached' : 'violated'
    return { ...found(id, verdict, first, ends), ...counted, ...(first.group >= 0 && { group: first.group }) }
  })
  const isDeadEnd: Ends = (world) => course.isStuck(world) && !system.isEnd?.(stepper.decode(world))
  const deadlock: SimulationFinding = {
    ...(deadEnds.first
      ? found('deadlock', 'violated', deadEnds.first, isDeadEnd)
      : { property: 'deadlock', verdict: 'inconclusive' }),
    seen: plain(deadEnds.seen),
    given: { times: pace.steps + run, runs: run },
  }
  const rules = [...system.rules, ...(system.synchronous ?? [])].map(({ name }, at) => ({
    rule: name,
    times: fired[at]!,
  }))
  const exercised = ({ asker, seen, given }: Tally): boolean =>
    isWitness(asker.property) ? seen.times > 0 : given.times > 0
  return {
    seed,
    runs: run,
    steps: pace.steps,
    findings,
    deadlock,
    ended: endings['declared end'],
    cutShort: endings['as long as it may be'] + endings.constraint,
    longest,
    fired: rules,
    coverage: {
      rulesNeverFired: rules.filter(({ times }) => times === 0).map(({ rule }) => rule),
      propertiesNeverExercised: tallies.filter((tally) => !exercised(tally)).map(({ asker }) => asker.property.id),
    },
    ...(pace.bound && { bound: pace.bound }),
    tables: { ...stepper.sizes, reducerRuns: stepper.runner.runs },
    seconds: pace.seconds,
    stepsPerSecond: Math.round(pace.steps / pace.seconds),
  }
}

/** Where a run began and what was done in it. */
interface Origin {
  readonly start: number
  readonly events: readonly Event[]
}

function plain({ times, runs }: { readonly times: number; readonly runs: number }) {
  return { times, runs }
}
