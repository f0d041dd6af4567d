import type { Compiled } from '../compile/index.ts'
import { Diagrams, EMPTY } from './diagrams.ts'
import { Images } from './images.ts'
import { type Move, possible, type Relation, Relations } from './relations.ts'
import { orderOfSlices } from './rounds.ts'

/** The reachable worlds, by hub: sets of tuples of slices. */
export interface Reached {
  readonly diagrams: Diagrams
  readonly images: Images
  readonly relations: Relations
  readonly sets: Int32Array
  /** Nothing was left to do. */
  readonly complete: boolean
}

/** Thrown by whoever watches the bounds to end the work; what was found so far remains. */
export class Enough extends Error {}

/** By hub: what each group may do there, and which relations leave the hub as it is. */
interface Corner {
  readonly moves: readonly (readonly Move[])[]
  readonly stay: readonly Relation[]
  readonly stayId: number
}

/**
 * All reachable worlds. Beside each hub the groups are let run until nothing new comes of it (on whole sets, level by
 * level), then the steps that change the hub and those that all parts take at once are taken, until no set grows.
 * @throws CheckerFault IMPOSSIBLE_MET
 * @param poll called often with the memory in use (bytes); may throw `Enough`.
 */
export function reachSymbolically(compiled: Compiled, poll: (bytes: number, hubs: number) => void): Reached {
  const { tables, closed, codec } = compiled
  let [work, waiting] = [0, 0]
  const pollNow = (): void => poll(diagrams.bytes + images.bytes, waiting)
  const diagrams = new Diagrams(pollNow)
  const images: Images = new Images(diagrams, orderOfSlices(compiled), () => {
    if (++work % 64 === 0) pollNow()
  })
  const relations = new Relations(compiled)
  const togetherIds = tables.togetherHub.map(() => images.newId())
  const stays = new Map<string, number>()
  const corners: (Corner | undefined)[] = []
  const cornerOf = (hub: number): Corner => {
    const moves = closed.kindOfGroup.map((_, group) => relations.movesOf(group, hub))
    const stay = moves.map(([first]) => first!.relation)
    const key = stay.map(({ id }) => id).join()
    const stayId = stays.get(key) ?? stays.size
    stays.set(key, stayId)
    const corner = { moves: moves.map((list) => list.slice(1)), stay, stayId }
    corners[hub] = corner
    return corner
  }
  const sets = new Int32Array(tables.hubs)
  const queue: number[] = []
  const queued = new Uint8Array(tables.hubs)
  const add = (hub: number, node: number): void => {
    if (node === EMPTY) return
    const both = diagrams.union(sets[hub]!, node)
    if (both === sets[hub]) return
    sets[hub] = both
    if (queued[hub] === 0) queue.push(hub)
    queued[hub] = 1
  }
  for (const digits of compiled.initialDigits) add(digits[codec.groups]!, diagrams.single([...digits.slice(0, -1)]))
  try {
    for (let hub = queue.shift(); hub !== undefined; hub = queue.shift()) {
      queued[hub] = 0
      waiting = queue.length
      const { moves, stay, stayId } = corners[hub] ?? cornerOf(hub)
      const set = images.closure(stay, stayId, sets[hub]!)
      sets[hub] = set
      moves.forEach((list, group) => {
        for (const { hub: to, relation } of list) add(to, images.step(relation, group, set))
      })
      tables.togetherHub.forEach((next, rule) => {
        if (next[hub]! >= 0) add(next[hub]!, images.map(tables.togetherSlice[rule]!, togetherIds[rule]!, set))
      })
      const [from, end] = [tables.hubLocalStart[hub]!, tables.hubLocalStart[hub + 1]!]
      for (let step = from; step < end; step++) add(possible(tables.stepTarget[step]!), set)
    }
  } catch (error) {
    if (error instanceof Enough) return { diagrams, images, relations, sets, complete: false }
    throw error
  }
  return { diagrams, images, relations, sets, complete: true }
}
