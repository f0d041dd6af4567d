/**
 * A reading of a capture: a list of packets to explain, what it assumes of the capture to come to that list, and what else is
 * known. A capture that shows everything, and nothing else, has one reading that assumes nothing.
 */
import type { Connection } from '../../capture.ts'
import type { Bound } from '../bound.ts'
import type { Divergence } from '../divergence.ts'
import type { AboutConnection, ReplayOptions } from '../options.ts'
import type { Observation } from '../packets/observation.ts'
import type { ReplayVerdict } from '../verdict.ts'

export type AssumptionId =
  | 'clock-step'
  | 'tap-order'
  | 'self-connect'
  | 'earlier-connection'
  | 'injected'
  | 'suspected-forged'
  | 'own-reset'
  | 'testified'
  | 'not-captured'
  | 'departure'
  | 'aside'
  | 'evidence'
  | 'offload'
  | 'one-direction'
  | 'midstream'
  | 'old-duplicate'
  | 'split-syn-ack'

export interface Assumption {
  readonly id: AssumptionId
  /** Numbers of the packets that it is about. */
  readonly packets: readonly number[]
  /** The best verdict that an explanation under it allows. */
  readonly ceiling: ReplayVerdict
  /** What is assumed, for the report. */
  readonly words: string
  /** Packets whose divergence it may account for: there the reading is inconclusive. */
  readonly excuses?: 'all' | readonly number[]
}

export interface Reading {
  /** In the order of the capture. */
  readonly packets: readonly Observation[]
  readonly assumes: readonly Assumption[]
  readonly evidence: AboutConnection
  /** The end of which a capture of one direction shows nothing. */
  readonly silent?: Observation['from']
  /** Seconds by which the clock of the capture was set forward meanwhile, in all; the packets have it steady. */
  readonly clockAhead?: number
}

/** What readings are made of: the connection as it was captured, and what was asked for. */
export interface Captured {
  readonly connection: Connection
  readonly observed: readonly Observation[]
  readonly options: ReplayOptions
}

/** Where a reading is not explained, and why: the words of the divergence are made when they are read. */
export interface Failure {
  readonly packet: number
  readonly divergence: () => Divergence
  /** A bound of the search dropped hypotheses: one of them may explain the packet. */
  readonly cut: boolean
  /** The bound of the connection that was met, if it is that. */
  readonly bound?: Bound
}

export const assuming = (r: Reading, change: Partial<Reading>, ...more: readonly Assumption[]): Reading => ({
  ...r,
  ...change,
  assumes: [...r.assumes, ...more],
})

/** Whether a reading assumes this. */
export const assumed = ({ assumes }: Reading, id: AssumptionId): Assumption | undefined =>
  assumes.find((a) => a.id === id)
