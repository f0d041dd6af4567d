/** Flags that say how to search, and when to stop. */
import { type Command, Option } from 'commander'
import type { CheckOptions, EngineChoice, VisitedName } from '../../checker/index.ts'
import { UsageError } from '../error.ts'
import type { Io } from '../io.ts'
import { progressTo } from '../words/progress.ts'
import { duration, memory, whole } from './values.ts'

export interface SearchOptions {
  readonly engine?: EngineChoice
  readonly visited?: keyof typeof visitedSets
  readonly maxStates?: number
  readonly maxDepth?: number
  readonly time?: number
  readonly memory?: number
  /** False: stop at the first violation. */
  readonly continue?: boolean
}

const FOREVER = Number.POSITIVE_INFINITY

const engines = ['auto', 'explicit', 'depth-first', 'symbolic'] as const satisfies readonly EngineChoice[]

const visitedSets = { bitset: 'bitset', paged: 'paged bitset', hash: 'hash table' } as const satisfies Readonly<
  Record<string, VisitedName>
>

/** Flags that end a search early. */
export const addSearchOptions = (command: Command): Command =>
  command
    .option('--max-states <n>', 'stop after about so many states', whole('--max-states', { min: 1, max: FOREVER }))
    .option('--max-depth <n>', 'no path longer than this', whole('--max-depth', { min: 0, max: FOREVER }))
    .option('--time <duration>', 'stop after so long, as in 90, 90s, 5m, 2h', duration('--time', 0.001))
    .option('--memory <size>', 'for tables and the states that are known, as in 512M', memory('--memory'))

/** Flags that say how to search. */
export const addEngineOptions = (command: Command): Command => {
  const engine =
    'state by state (explicit: breadth first), on sets of states, or the better of both (auto, as without it)'
  const visited = 'how to remember the states that are known; chosen by size if absent'
  return command
    .addOption(new Option('--engine <name>', engine).choices(engines))
    .addOption(new Option('--visited <set>', visited).choices(Object.keys(visitedSets)))
    .option('--continue', 'decide every property, whatever is violated (as without it)')
    .option('--no-continue', 'stop at the first violation')
}

/** @throws UsageError for flags that the engine cannot respect */
export const searchOf = (o: SearchOptions, io: Io): CheckOptions => {
  checkEngine(o)
  return {
    ...(o.engine !== undefined && { engine: o.engine }),
    ...(o.visited !== undefined && { visited: visitedSets[o.visited] }),
    ...(o.maxStates !== undefined && { maxStates: o.maxStates }),
    ...(o.maxDepth !== undefined && { maxDepth: o.maxDepth }),
    ...(o.time !== undefined && { maxSeconds: o.time }),
    ...(o.memory !== undefined && { maxMemory: o.memory, maxSlices: slicesIn(o.memory) }),
    ...(o.continue === false && { stopAtFirstViolation: true }),
    ...(io.shouldStop && { shouldStop: io.shouldStop }),
    ...progressTo(io),
  }
}

const checkEngine = (o: SearchOptions): void => {
  if (o.engine !== 'symbolic') return
  const given = [
    ['--max-states', o.maxStates],
    ['--max-depth', o.maxDepth],
    ['--visited', o.visited],
    ['--no-continue', o.continue === false ? true : undefined],
  ] as const
  const place = given.find(([, value]) => value !== undefined)?.[0]
  if (place === undefined) return
  const cause = 'sets of states are not searched state by state'
  throw new UsageError({ code: 'E_OPTION', place, cause, remedy: 'leave it out, or use --engine explicit' })
}

/** The flags that give the same search again. */
export const searchFlags = (o: SearchOptions): string[] => [
  ...(o.engine === undefined ? [] : ['--engine', o.engine]),
  ...(o.visited === undefined ? [] : ['--visited', o.visited]),
  ...(o.maxStates === undefined ? [] : ['--max-states', `${o.maxStates}`]),
  ...(o.maxDepth === undefined ? [] : ['--max-depth', `${o.maxDepth}`]),
  ...(o.time === undefined ? [] : ['--time', `${o.time}`]),
  ...(o.memory === undefined ? [] : ['--memory', size(o.memory)]),
  ...(o.continue === false ? ['--no-continue'] : []),
]

/** Local states whose tables fit: an estimate, and never so few that a small world would not. */
const slicesIn = (bytes: number): number => Math.min(4_000_000, Math.max(4096, Math.floor(bytes / 256)))

const size = (bytes: number): string => (bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20}M` : `${bytes}`)
