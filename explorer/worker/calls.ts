/** What the page asks of its worker: calls by name, what they take and give. Everything is plain data. */
import type { Path, Verdict } from '../../checker/index.ts'
import type { Event } from '../../model/index.ts'
import type { Overrides } from '../../properties/index.ts'
import type { ReplayedCapture, ReplayedOne } from '../state/replayed.ts'
import type { Beside, WorldSpec } from '../state/spec.ts'
import type { Quotient } from './quotient.ts'

export interface Found {
  readonly path?: readonly Event[]
  readonly states: number
  readonly exhausted: boolean
}

export interface CheckedProperty {
  readonly id: string
  readonly verdict: Verdict
  readonly reason?: string
  readonly path?: Path
  readonly group?: number
}

export interface Checked {
  readonly states: number
  readonly depth: number
  readonly exhausted: boolean
  readonly bound?: string
  readonly findings: readonly CheckedProperty[]
}

export interface Described {
  readonly lines: readonly string[]
  /** What can follow. */
  readonly next: readonly { readonly rule: string; readonly to: number }[]
}

/** Part of the state graph, as far as it is explored. Arrays are parallel. */
export interface GraphPart {
  readonly nodes: number
  readonly expanded: number
  readonly isComplete: boolean
  readonly depths: Int32Array<ArrayBuffer>
  readonly parents: Int32Array<ArrayBuffer>
  readonly from: Int32Array<ArrayBuffer>
  readonly to: Int32Array<ArrayBuffer>
}

export interface Calls {
  runUntil: {
    takes: { spec: WorldSpec; path: readonly Event[]; predicate?: string; property?: string }
    gives: Found
  }
  parting: { takes: { spec: WorldSpec; beside: Beside }; gives: Found }
  check: { takes: { spec: WorldSpec; only?: readonly string[]; more?: Overrides }; gives: Checked }
  /** Other runs to where the property is decided: random ones, made shorter. Of one that holds: runs to where it has something to say. */
  anotherRun: {
    takes: { spec: WorldSpec; property: string; seed: number; holds: boolean }
    gives: { path?: readonly Event[] }
  }
  explore: { takes: { spec: WorldSpec; limit: number }; gives: GraphPart }
  pathTo: { takes: { node: number }; gives: { path: readonly Event[] } }
  describe: { takes: { node: number }; gives: Described }
  nodeOf: { takes: { path: readonly Event[] }; gives: { nodes: readonly number[] } }
  matching: { takes: { predicate: string }; gives: { nodes: Int32Array<ArrayBuffer> } }
  /** By a property, or by a field as `2.client.state`: then the values by their numbers, those that are met most often first. */
  colour: { takes: { by: string }; gives: { values: Uint8Array<ArrayBuffer>; names?: readonly string[] } }
  fold: { takes: { fields: readonly string[] }; gives: Quotient }
  edgesOf: { takes: Record<string, never>; gives: { rules: readonly string[]; rule: Int32Array<ArrayBuffer> } }
  replay: { takes: { bytes: Uint8Array; name: string }; gives: ReplayedCapture }
  connection: { takes: { index: number }; gives: ReplayedOne }
  whatIf: { takes: { index: number; remedy: string }; gives: { sentences: readonly string[] } }
}

export type CallName = keyof Calls

export interface Request<N extends CallName = CallName> {
  readonly id: number
  readonly name: N
  readonly takes: Calls[N]['takes']
}

export type Reply =
  | { readonly id: number; readonly gives: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly id: number; readonly progress: unknown }
