import type { CloseLimits } from './compile/close.ts'
import { type Compiled, compile } from './compile/index.ts'
import { validateConstraints } from './constraint.ts'
import { checkDepthFirst } from './depth-first.ts'
import { checkExplicitly } from './explicit.ts'
import { CheckerFault } from './faults.ts'
import type { Property } from './property.ts'
import type { CheckOptions, EngineChoice, Report } from './report.ts'
import { Bounds } from './search/bounds.ts'
import type { Entry } from './search/record.ts'
import { checkSymbolically } from './symbolic/check.ts'
import type { System } from './system.ts'
import { validateOptions, validateProperty } from './well-formed.ts'

const DEFAULT_SLICES = 4_000_000
/** Of a world that is bounded the tables seldom hold more. */
const MANY_SLICES = 100_000
/** States after which `auto` goes on with sets of states; sooner when leads-to is asked, which needs all steps at hand. */
const FIRST_STATES = 4_000_000
const FIRST_STATES_OF_RUNS = 1_000_000

/**
 * Explores everything the system can reach and decides every property.
 * A bound that is hit makes undecided properties `inconclusive`, never `holds`.
 * @throws CheckerFault for a malformed system, property or option, and when a reachable world was declared impossible.
 */
export function check(system: System, properties: readonly Property[], options: CheckOptions = {}): Report {
  refuseSenseless(options)
  const bounds = new Bounds(options)
  const shouldStop = (): boolean => bounds.interrupted() !== undefined
  const limits = { maxSlices: options.maxSlices ?? DEFAULT_SLICES, shouldStop }
  return decide(system, properties, options, bounds, () => compiledFor(system, limits, options))
}

/** The same, with tables that are there already. */
export function checkCompiled(compiled: Compiled, properties: readonly Property[], options: CheckOptions): Report {
  return decide(compiled.system, properties, options, new Bounds(options), () => compiled)
}

function decide(
  system: System,
  properties: readonly Property[],
  options: CheckOptions,
  bounds: Bounds,
  compiled: () => Compiled,
): Report {
  for (const property of properties) validateProperty(system, property)
  if (system.constraints !== undefined) refuseWithConstraints(system, properties, options)
  const entries: Entry[] = properties.map((property) => ({ property, exercised: false, hit: undefined }))
  try {
    return explore(compiled(), entries, options, bounds)
  } catch (fault) {
    if (fault instanceof CheckerFault && (fault.code === 'TABLES_TOO_LARGE' || fault.code === 'INDEX_TOO_LARGE')) {
      return tooLarge(properties, options, bounds, fault.message)
    }
    throw fault
  }
}

const ENGINES: readonly unknown[] = ['auto', 'explicit', 'symbolic', 'depth-first'] satisfies readonly EngineChoice[]

const OPTIONS = Object.keys({
  maxStates: 0,
  maxDepth: 0,
  maxSeconds: 0,
  maxMemory: 0,
  maxSlices: 0,
  stopAtFirstViolation: 0,
  untilShown: 0,
  shouldStop: 0,
  onProgress: 0,
  engine: 0,
  everyLevel: 0,
  symmetry: 0,
  visited: 0,
  checkpoint: 0,
} satisfies Record<keyof CheckOptions, 0>)

/** @throws CheckerFault BAD_OPTIONS */
function refuseSenseless(options: CheckOptions): void {
  validateOptions(options, OPTIONS)
  const { engine = 'auto' } = options
  if (!ENGINES.includes(engine))
    throw new CheckerFault('BAD_OPTIONS', `There is no engine ${engine}; choose one of ${ENGINES.join(', ')}.`)
  for (const name of ['maxStates', 'maxDepth', 'maxSeconds', 'maxMemory', 'maxSlices'] as const) {
    const value = options[name]
    if (value !== undefined && !(value >= 0))
      throw new CheckerFault('BAD_OPTIONS', `${name} is ${value}; give a number that is not negative.`)
  }
}

/**
 * A part that nothing else bounds is tabulated as far as a search of that depth meets it. Sets of worlds are not searched to a
 * depth; and what is kept must fit a search that goes deeper later.
 */
function compiledFor(system: System, limits: CloseLimits, { maxDepth, engine, checkpoint }: CheckOptions): Compiled {
  if (maxDepth === undefined || engine === 'symbolic' || checkpoint !== undefined) return compile(system, limits)
  try {
    return compile(system, { ...limits, maxSlices: Math.min(limits.maxSlices, MANY_SLICES) })
  } catch (fault) {
    if (!(fault instanceof CheckerFault && fault.code === 'TABLES_TOO_LARGE')) throw fault
    return compile(system, { ...limits, maxDepth })
  }
}

function explore(compiled: Compiled, entries: Entry[], options: CheckOptions, bounds: Bounds): Report {
  const { engine = 'auto', maxStates, maxDepth, visited } = options
  if (engine === 'symbolic') return checkSymbolically(compiled, entries, options, bounds)
  if (engine === 'depth-first') return checkDepthFirst(compiled, entries, options, bounds)
  const isFree = engine === 'auto' && maxStates === undefined && maxDepth === undefined && visited === undefined
  if (!isFree || compiled.system.constraints !== undefined) return checkExplicitly(compiled, entries, options, bounds)
  if (compiled.codec.size > Number.MAX_SAFE_INTEGER) {
    const engineReason = `${compiled.codec.size.toExponential(1)} combinations of local states cannot be numbered exactly`
    return { ...checkSymbolically(compiled, entries, options, bounds), engineReason }
  }
  const asksOfRuns = entries.some(({ property }) => property.kind === 'leads-to')
  bounds.limitStates(asksOfRuns ? FIRST_STATES_OF_RUNS : FIRST_STATES)
  const first = checkExplicitly(compiled, entries, options, bounds)
  bounds.limitStates(undefined)
  if (first.bound !== 'states' && first.bound !== 'memory') return first
  const why = first.bound === 'states' ? 'there are more' : 'the memory given holds no more'
  const engineReason = `after ${first.states} states one by one, as ${why}`
  return { ...checkSymbolically(compiled, entries, options, bounds, first), engineReason }
}

/** @throws CheckerFault for what cannot be decided on an exploration that constraints cut short. */
function refuseWithConstraints(system: System, properties: readonly Property[], { engine }: CheckOptions): void {
  validateConstraints(system)
  const leadsTo = properties.find(({ kind }) => kind === 'leads-to')
  if (leadsTo !== undefined) {
    const why = 'a run that a constraint cuts off has not come to its end'
    throw new CheckerFault('BAD_PROPERTY', `Property ${leadsTo.id} cannot be decided under constraints: ${why}.`)
  }
  if (engine === 'symbolic') {
    const remedy = 'use the explicit engine'
    throw new CheckerFault('BAD_SYSTEM', `Constraints are asked world by world, not of sets of worlds; ${remedy}.`)
  }
}

function tooLarge(
  properties: readonly Property[],
  { engine = 'auto' }: CheckOptions,
  bounds: Bounds,
  boundDetail: string,
): Report {
  const seconds = bounds.seconds
  return {
    findings: properties.map(({ id }) => ({ property: id, verdict: 'inconclusive' })),
    deadlock: { property: 'deadlock', verdict: 'inconclusive' },
    deadlocks: 0,
    states: 0,
    transitions: 0,
    depth: 0,
    levels: [],
    exhausted: false,
    bound: bounds.interrupted() ?? 'tables',
    boundDetail,
    engine: engine === 'auto' || engine === 'explicit' ? 'breadth-first' : engine,
    visited: 'bitset',
    bytesPerState: 0,
    seconds,
    secondsCompile: seconds,
    secondsSearch: 0,
    secondsLiveness: 0,
    statesPerSecond: 0,
    tables: { slices: 0, hubs: 0, index: 0, reducerRuns: 0 },
    coverage: { rulesNeverFired: [], propertiesNeverExercised: [] },
  }
}
