import type { Compiled } from '../compile/index.ts'
import type { Bound } from '../report.ts'
import type { Bounds } from '../search/bounds.ts'
import type { Entry } from '../search/record.ts'
import { EMPTY } from './diagrams.ts'
import { type Inspected, inspect } from './inspect.ts'
import { Enough, reachSymbolically } from './reach.ts'

export interface SymbolicSearched {
  readonly states: bigint
  readonly bound?: Bound
  /** Absent when the search was cut short. */
  readonly inspected?: Inspected
  /** Bytes held at the end, and nodes of all diagrams. */
  readonly bytes: number
  readonly nodes: number
}

/** Counts what is reachable on sets of worlds, and decides on them what is asked of worlds and steps. */
export function searchSymbolically(compiled: Compiled, entries: readonly Entry[], bounds: Bounds): SymbolicSearched {
  let bound: Bound | undefined
  const reached = reachSymbolically(compiled, (bytes, queued) => {
    bound = bounds.hit({ phase: 'search', depth: 0, states: 0, transitions: 0, queued, bytes })
    if (bound !== undefined) throw new Enough()
  })
  const { diagrams, sets } = reached
  let states = 0n
  for (const set of sets) if (set !== EMPTY) states += diagrams.count(set)
  const bytes = diagrams.bytes + reached.images.bytes
  const found = { states, bytes, nodes: diagrams.nodes }
  if (bound !== undefined) return { ...found, bound }
  return { ...found, inspected: inspect(compiled, reached, entries) }
}
