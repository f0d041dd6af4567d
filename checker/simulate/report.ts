/** What a simulation takes and gives back: plain data. */
import type { Finding } from '../property.ts'
import type { Coverage, TableSizes } from '../report.ts'

export interface SimulateOptions {
  /** How many runs. Default 1000. */
  readonly runs?: number
  /** Longest run, in steps. Default 200. */
  readonly steps?: number
  /** 0 … 2³² - 1; the same seed gives the same runs. Default 1. */
  readonly seed?: number
  readonly maxSeconds?: number
  /** Stop after the run in which something was violated. */
  readonly stopAtFirstViolation?: boolean
  /** Polled often; `true` ends the simulation with what is known. */
  readonly shouldStop?: () => boolean
  /** Called at most once a second. */
  readonly onProgress?: (progress: SimulationProgress) => void
}

export interface SimulationProgress {
  readonly runs: number
  readonly steps: number
  readonly stepsPerSecond: number
  readonly seconds: number
}

/** How often something was seen: in how many worlds (of a step property: steps), and in how many runs. */
export interface Seen {
  readonly times: number
  readonly runs: number
}

/**
 * Its verdict is `violated`, `reached` or `inconclusive`: runs prove nothing about what they have not met. `path` is
 * locally minimal: no single step of it can be left out.
 */
export interface SimulationFinding extends Finding {
  /** Violations of what must hold, witnesses of what is looked for. */
  readonly seen: Seen
  /** Where the property applied (`given`). */
  readonly given: Seen
  /** The run, from 0, that met it first, and after how many steps. */
  readonly first?: { readonly run: number; readonly steps: number }
}

export interface SimulationReport {
  readonly seed: number
  /** Runs made, and steps taken in all of them. */
  readonly runs: number
  readonly steps: number
  /** In the order of the properties. */
  readonly findings: readonly SimulationFinding[]
  /** A world from which nothing leads on and which is no declared end. */
  readonly deadlock: SimulationFinding
  /** Runs that came to a declared end; runs that were as long as a run may be. */
  readonly ended: number
  readonly cutShort: number
  /** Steps of the longest run. */
  readonly longest: number
  /** How often each rule was taken, by name, in the order of the rules. */
  readonly fired: readonly { readonly rule: string; readonly times: number }[]
  readonly coverage: Coverage
  /** What ended the simulation before all runs were made. */
  readonly bound?: 'seconds' | 'stopped' | 'first violation'
  /** Local states that were met; nothing else is tabulated. */
  readonly tables: Omit<TableSizes, 'index'>
  readonly seconds: number
  readonly stepsPerSecond: number
}
