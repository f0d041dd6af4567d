/** What the page knows of a replayed capture: a summary first, a connection when it is looked at. */
import type { Belief, Diagnosis, Divergence, ReplayVerdict } from '../../traces/index.ts'

export interface ConnectionSummary {
  readonly index: number
  readonly client: string
  readonly server: string
  readonly packets: number
  readonly verdict: ReplayVerdict
  readonly diagnoses: readonly string[]
}

export interface ReplayedCapture {
  readonly name: string
  readonly packets: number
  readonly verdict: ReplayVerdict
  readonly notes: readonly string[]
  readonly connections: readonly ConnectionSummary[]
  /** So many more connections the capture has, which a page does not replay. */
  readonly left: number
  /** What only many connections together show. */
  readonly diagnoses: readonly Pick<Diagnosis, 'id' | 'words'>[]
}

export interface ShownPacket {
  readonly number: number
  readonly time?: number
  readonly from: 'client' | 'server'
  readonly text: string
}

export interface ReplayedOne extends ConnectionSummary {
  readonly reason?: string
  readonly divergence?: Divergence
  readonly timeline: readonly Belief[]
  readonly shown: readonly ShownPacket[]
  /** With which numbers either end begins in the capture: those that are shown count from them. */
  readonly base: { readonly client: number; readonly server: number }
  /** There are more packets than are shown. */
  readonly more: number
  readonly found: readonly Diagnosis[]
  readonly invents: readonly string[]
  readonly supposes: readonly string[]
  readonly fits: { readonly client: readonly string[]; readonly server: readonly string[] }
}
