import type { Graph } from './graph.ts'
import type { Instances } from './instances.ts'

/** Bits of a state's status for a leads-to property. */
export const GIVEN = 1
export const THEN = 2

/** The worlds a broken promise may linger in: reachable from *given and not yet then* without ever meeting *then*. */
export interface Region {
  /** Members, nearest to the initial worlds first. */
  readonly members: Int32Array
  /** By state: its place in `members`, or -1. */
  readonly placeOf: Int32Array
  /** By place: the state before it on a shortest path inside the region; -1 where the region is entered. */
  readonly parents: Int32Array
  /** The first world in which no fair instance could change anything: here everything may stop for good; -1: none. */
  readonly firstStop: number
}

/** Walks the region level by level. `status` has the bits of every state. */
export function buildRegion(graph: Graph, status: Uint8Array, instances: Instances): Region {
  const { size, order, levels, edges, targets } = graph
  const placeOf = new Int32Array(size).fill(-1)
  let members = new Int32Array(1024)
  let parents = new Int32Array(1024)
  let found = 0
  let expanded = 0
  let firstStop = -1
  const add = (id: number, parent: number): void => {
    if (found === members.length) {
      members = doubled(members)
      parents = doubled(parents)
    }
    placeOf[id] = found
    members[found] = id
    parents[found++] = parent
  }
  for (let level = 0; level < levels.length || expanded < found; level++) {
    for (let at = levels[level] ?? size; at < (levels[level + 1] ?? size); at++) {
      const id = order[at]!
      if (status[id] === GIVEN && placeOf[id]! < 0) add(id, -1)
    }
    for (const end = found; expanded < end; expanded++) {
      const id = members[expanded]!
      let stops = true
      for (let e = edges[id]!; e < edges[id + 1]!; e++) {
        if (stops && instances.isFair(graph.instances[e]!)) stops = false
        const target = targets[e]!
        if (placeOf[target]! < 0 && (status[target]! & THEN) === 0) add(target, id)
      }
      if (stops && firstStop < 0) firstStop = id
    }
  }
  return { members: members.slice(0, found), placeOf, parents: parents.subarray(0, found), firstStop }
}

function doubled(items: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(items.length * 2)
  larger.set(items)
  return larger
}
