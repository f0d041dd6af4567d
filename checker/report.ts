/** What a check takes and gives back: plain data, ready to print or to store. */
import type { CheckpointOptions } from './checkpoint/store.ts'
import type { Finding } from './property.ts'

/** What may end a search before everything was explored. */
export type Bound = 'states' | 'depth' | 'seconds' | 'memory' | 'stopped' | 'first violation' | 'all shown' | 'tables'

export type VisitedName = 'bitset' | 'paged bitset' | 'hash table'

/** `auto`: explicit as far as that is the better choice, then symbolic. */
export type EngineChoice = 'auto' | 'explicit' | 'symbolic' | 'depth-first'

export interface CheckOptions {
  /** Stop once about this many distinct states are known. */
  readonly maxStates?: number
  /** Longest path to explore, in steps. */
  readonly maxDepth?: number
  readonly maxSeconds?: number
  /** Bytes for the visited set and the levels kept for counterexamples. Default 4 GiB. */
  readonly maxMemory?: number
  /** Local states (slices and hubs together) to tabulate before giving up as too large. Default 4 million. */
  readonly maxSlices?: number
  /** Stop at the first violation instead of deciding every property. */
  readonly stopAtFirstViolation?: boolean
  /**
   * Stop as soon as every property is violated or reached. A leads-to property is then shown by the nearest world in which a
   * run may stand still, where there is one.
   */
  readonly untilShown?: boolean
  /** Polled several times a second; `true` ends the search with the partial result. */
  readonly shouldStop?: () => boolean
  /** Called at most once a second. */
  readonly onProgress?: (progress: Progress) => void
  /**
   * How to search. `explicit`: state by state, breadth first. `depth-first`: state by state, with less memory and paths that
   * are not the shortest; leads-to stays inconclusive. `symbolic`: on sets of states; counts exactly beyond any
   * memory, and finds shortest paths as long as the layers on the way can be worked out. Default `auto`.
   */
  readonly engine?: EngineChoice
  /** Have the symbolic engine work out depth and levels even where that is much more work than all the rest. */
  readonly everyLevel?: boolean
  /**
   * Search one world for all that renaming alike groups makes equal. Counts and verdicts are those of all worlds. `auto`:
   * where that is sound; `on`: refused where it is not, as with leads-to properties.
   */
  readonly symmetry?: 'auto' | 'on' | 'off'
  /** Force a visited set instead of choosing by size. */
  readonly visited?: VisitedName
  /** Keep the breadth-first search now and then, to go on from should it be ended. Sets of states are not kept. */
  readonly checkpoint?: CheckpointOptions
}

export interface Progress {
  /** What is being done: filling the tables, the search itself, or a leads-to property. */
  readonly phase: 'compile' | 'search' | 'liveness'
  readonly depth: number
  readonly states: number
  readonly transitions: number
  /** States found and not yet expanded. */
  readonly queued: number
  readonly statesPerSecond: number
  readonly bytesPerState: number
  readonly seconds: number
}

export interface Report {
  /** In the order of the properties. */
  readonly findings: readonly Finding[]
  /** A world from which nothing leads on and which is no declared end: `violated` with its path, else `holds`/`inconclusive`. */
  readonly deadlock: Finding
  /** How many such worlds there are (among those explored). */
  readonly deadlocks: number
  /** Distinct reachable worlds, initial ones included. */
  readonly states: number
  /** How many of them were searched, where one stood for all that renaming alike groups makes equal to it. */
  readonly orbits?: number
  /** Steps taken, those that lead back to the same world included. */
  readonly transitions: number
  /** Length of the longest shortest path; at least that much, when `isDeeper`; depth first, of the longest path walked. */
  readonly depth: number
  /** The layers were not all worked out, though everything was explored: `depth` and `levels` go as far as is known. */
  readonly isDeeper?: true
  /** Worlds first reached after 0, 1, 2 … steps; not known depth first. */
  readonly levels: readonly number[]
  /** Everything reachable was explored. */
  readonly exhausted: boolean
  /** What ended the search early, and in words. */
  readonly bound?: Bound
  readonly boundDetail?: string
  readonly engine: 'breadth-first' | 'depth-first' | 'symbolic'
  /** Why `auto` went on with sets of states. */
  readonly engineReason?: string
  readonly visited: VisitedName | 'decision diagrams'
  /** Decimal digits of the number of states, exact where `states` is too large to be. */
  readonly exactStates?: string
  readonly bytesPerState: number
  /** Wall-clock seconds of the whole check; of which filling tables, searching, and deciding leads-to properties. */
  readonly seconds: number
  readonly secondsCompile: number
  readonly secondsSearch: number
  readonly secondsLiveness: number
  /** Distinct worlds per second of search. */
  readonly statesPerSecond: number
  readonly tables: TableSizes
  readonly coverage: Coverage
}

export interface TableSizes {
  /** Local states of groups (per kind tuples of parts), over all kinds. */
  readonly slices: number
  /** Local states of the shared parts together. */
  readonly hubs: number
  /** Size of the product index. */
  readonly index: number
  /** How often a link or synchronous function was run. */
  readonly reducerRuns: number
}

export interface Coverage {
  /** Rules of which no step was met; empty when the search was ended before it could be told. */
  readonly rulesNeverFired: readonly string[]
  /** Properties whose `given` never held on what was explored, and what was looked for and not met. */
  readonly propertiesNeverExercised: readonly string[]
}
