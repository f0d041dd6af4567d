import type { Compiled } from '../compile/index.ts'
import type { Bound } from '../report.ts'
import type { Bounds, Counts } from '../search/bounds.ts'
import type { Entry } from '../search/record.ts'
import type { Diagrams } from './diagrams.ts'
import { type Inspected, inspect } from './inspect.ts'
import { Layers } from './layers.ts'
import { type Broken, brokenPromise } from './leads-to.ts'
import { findPaths, type Witness } from './paths.ts'
import { Enough, type Reached, reachSymbolically } from './reach.ts'
import { roundsOf } from './rounds.ts'
import { count } from './sets.ts'
import { Ways } from './ways.ts'

/** Depth and levels are worked out for their own sake up to so many states, and while all sets take at most so many bytes. */
const CHEAP_STATES = 4_000_000_000n
const CHEAP_BYTES = 1.5 * 2 ** 30

export interface SymbolicSearched {
  readonly diagrams: Diagrams
  readonly states: bigint
  readonly bound?: Bound
  /** Absent when the search was cut short. */
  readonly inspected?: Inspected
  /** Of leads-to properties that there was time for: how they are broken, if they are. */
  readonly promises: ReadonlyMap<Entry, Broken | 'holds' | 'too many'>
  readonly witnesses: ReadonlyMap<Entry | 'deadlock', Witness>
  /** Sizes of the layers that were worked out; `complete`: of all. */
  readonly levels: readonly bigint[]
  readonly complete: boolean
  readonly secondsLiveness: number
  /** Bytes held at the end, and nodes of all diagrams. */
  readonly bytes: number
  readonly nodes: number
}

/**
 * Counts what is reachable on sets of worlds, decides on them what is asked of worlds, steps and runs, and finds shortest
 * paths layer by layer.
 * @param everyLevel work out depth and levels whatever it takes
 * @param wants whether a path is wanted for an entry, or for a deadlock
 */
export function searchSymbolically(
  compiled: Compiled,
  entries: readonly Entry[],
  bounds: Bounds,
  everyLevel: boolean,
  wants: (what: Entry | 'deadlock') => boolean,
): SymbolicSearched {
  let bound: Bound | undefined
  let counts: Counts = { phase: 'search', depth: 0, states: 0, transitions: 0, queued: 0, bytes: 0 }
  const reached = reachSymbolically(compiled, (bytes, queued) => {
    bound = bounds.hit({ ...counts, queued, bytes })
    if (bound !== undefined) throw new Enough()
  })
  const { diagrams, images, states } = reached
  const promises = new Map<Entry, Broken | 'holds' | 'too many'>()
  const found = {
    diagrams,
    states,
    promises,
    witnesses: new Map<Entry | 'deadlock', Witness>(),
    levels: [],
    complete: false,
    secondsLiveness: 0,
    bytes: diagrams.bytes + images.bytes,
    nodes: diagrams.nodes,
  }
  const inspected = reached.complete ? unlessEnough(reached, () => inspect(compiled, reached, entries)) : undefined
  if (inspected === undefined) return { ...found, ...(bound && { bound }) }
  const ways = new Ways(compiled, reached)
  const leadsTo = entries.filter(({ property }) => property.kind === 'leads-to')
  const before = bounds.seconds
  counts = { ...counts, phase: 'liveness', states: Number(states) }
  unlessEnough(reached, () => {
    const rounds = leadsTo.length === 0 ? undefined : roundsOf(compiled)
    for (const entry of leadsTo) {
      const broken = brokenPromise(compiled, reached, ways, rounds, entry)
      promises.set(entry, broken)
    }
  })
  const secondsLiveness = bounds.seconds - before
  counts = { ...counts, phase: 'search' }
  const layers = new Layers(compiled, reached, ways)
  unlessEnough(reached, () => {
    findPaths(compiled, reached, layers, ways, entries, { inspected, promises, wants }, found.witnesses)
    const isCheap = (): boolean => states <= CHEAP_STATES && diagrams.bytes < CHEAP_BYTES
    const goesOn = (): boolean => everyLevel || isCheap()
    while (goesOn() && layers.grow()) counts = { ...counts, depth: layers.all.length - 1 }
  })
  return {
    ...found,
    inspected,
    levels: layers.all.map((sets) => count(diagrams, sets)),
    complete: layers.complete,
    secondsLiveness,
    bytes: diagrams.bytes + images.bytes,
    nodes: diagrams.nodes,
  }
}

/** What the work gives, or `undefined` when a bound ended it. */
function unlessEnough<Result>({ diagrams, images }: Reached, work: () => Result): Result | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Enough)) throw error
    diagrams.abandon()
    images.abandon()
    return undefined
  }
}
