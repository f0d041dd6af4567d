import type { Compiled } from '../compile/index.ts'
import { PairMap } from '../compile/pair-map.ts'
import { Diagrams, EMPTY } from './diagrams.ts'
import { Images } from './images.ts'
import { Relations } from './relations.ts'
import { Saturation } from './saturation.ts'

/** The reachable worlds, by hub: sets of tuples of slices. */
export interface Reached {
  readonly diagrams: Diagrams
  readonly images: Images
  readonly relations: Relations
  /** Empty unless complete. */
  readonly sets: Int32Array
  /** How many worlds were found. */
  readonly states: bigint
  /** Nothing was left to do. */
  readonly complete: boolean
}

/** Thrown by whoever watches the bounds to end the work; what was found so far remains. */
export class Enough extends Error {}

/**
 * All reachable worlds. The groups are let run until nothing new comes of it, then the steps are taken that all take at once,
 * over and over. What was made on the way is given up before the worlds are handed over.
 * @throws CheckerFault IMPOSSIBLE_MET
 * @param poll called often with the memory in use (bytes); may throw `Enough`.
 */
export function reachSymbolically(compiled: Compiled, poll: (bytes: number, queued: number) => void): Reached {
  const { tables, codec } = compiled
  let work = 0
  const diagrams: Diagrams = new Diagrams(() => poll(diagrams.bytes + besides, 0))
  const images: Images = new Images(diagrams, tables.slices, () => {
    if (++work % 64 === 0) poll(diagrams.bytes + images.bytes, 0)
  })
  const closed = closeAll(compiled, poll)
  const { states } = closed
  let besides = closed.bytes
  const reached = { diagrams, images, relations: new Relations(compiled), states }
  const nothing = { ...reached, sets: new Int32Array(tables.hubs), complete: false }
  if (!closed.complete) return nothing
  try {
    const sets = beside(closed, codec.groups, diagrams, tables.hubs)
    besides = 0
    return { ...reached, sets, complete: true }
  } catch (error) {
    if (!(error instanceof Enough)) throw error
    diagrams.abandon()
    return nothing
  }
}

interface Closed {
  readonly diagrams: Diagrams
  /** The worlds as tuples of slices and the hub. */
  readonly node: number
  readonly states: bigint
  readonly complete: boolean
  /** Held by all this. */
  readonly bytes: number
}

function closeAll(compiled: Compiled, poll: (bytes: number, queued: number) => void): Closed {
  const { tables, initialDigits } = compiled
  let work = 0
  const bytes = (): number => diagrams.bytes + saturation.bytes
  const diagrams: Diagrams = new Diagrams(() => poll(bytes(), 1))
  const saturation: Saturation = new Saturation(compiled, diagrams, () => {
    if (++work % 64 === 0) poll(bytes(), 1)
  })
  let found = EMPTY
  const closed = (complete: boolean): Closed => ({
    diagrams,
    node: found,
    states: diagrams.count(found),
    complete,
    bytes: bytes(),
  })
  try {
    for (const digits of initialDigits) found = diagrams.union(found, diagrams.single([...digits]))
    let last = EMPTY
    for (const digits of initialDigits) last = diagrams.union(last, saturation.single([...digits]))
    for (found = last; last !== EMPTY; ) {
      const next = tables.togetherHub.reduce(
        (set, _, rule) => diagrams.union(set, saturation.together(rule, last)),
        EMPTY,
      )
      const both = diagrams.union(found, next)
      last = both === found ? EMPTY : next
      found = both
    }
    return closed(true)
  } catch (error) {
    if (!(error instanceof Enough)) throw error
    diagrams.abandon()
    return closed(false)
  }
}

/** By hub, the tuples of slices beside it, in diagrams of their own. */
function beside({ diagrams: from, node: all }: Closed, groups: number, into: Diagrams, hubs: number): Int32Array {
  const known = new PairMap()
  const cases = new PairMap()
  const take = (hub: number, node: number, level: number): number => {
    if (level === groups) return from.child(node, hub)
    const what = cases.number(hub, level)
    const before = known.get(what, node)
    if (before >= 0) return before
    const entries = from.entries(node)
    const pairs: number[] = []
    for (let i = 0; i < entries.length; i += 2) pairs.push(entries[i]!, take(hub, entries[i + 1]!, level + 1))
    into.begin()
    for (let i = 0; i < pairs.length; i += 2) into.push(pairs[i]!, pairs[i + 1]!)
    const result = into.finish()
    known.add(what, node, result)
    return result
  }
  return Int32Array.from({ length: hubs }, (_, hub) => (all === EMPTY ? EMPTY : take(hub, all, 0)))
}
