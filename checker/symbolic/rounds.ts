import type { Compiled } from '../compile/index.ts'
import { components } from '../liveness/components.ts'
import type { Only } from './relations.ts'

/** A graph: node `n` leads to `targets[edges[n]] … targets[edges[n + 1]]`. */
interface Leads {
  readonly edges: Int32Array
  readonly targets: Int32Array
}

/** Where each slice may lead, whatever the shared parts answer. */
function slicesLead({ tables }: Compiled): Leads {
  const { slices, localStart, entryStart, entryBase, answerStart, stepTarget, togetherSlice } = tables
  const edges = new Int32Array(slices + 1)
  const targets: number[] = []
  const add = (slice: number, target: number): void => {
    if (target >= 0 && target !== slice) targets.push(target)
  }
  const baseOf = (entry: number): number => (entry < entryBase.length ? entryBase[entry]! : answerStart.length - 1)
  for (let slice = 0; slice < slices; slice++) {
    for (let step = localStart[slice]!; step < localStart[slice + 1]!; step++) add(slice, stepTarget[step]!)
    const [from, end] = [answerStart[baseOf(entryStart[slice]!)]!, answerStart[baseOf(entryStart[slice + 1]!)]!]
    for (let step = from; step < end; step++) add(slice, stepTarget[step]!)
    for (const next of togetherSlice) add(slice, next[slice]!)
    edges[slice + 1] = targets.length
  }
  return { edges, targets: Int32Array.from(targets) }
}

/** Where each hub may lead, whoever asks. */
function hubsLead({ tables }: Compiled): Leads {
  const { hubs, askBase, rowStart, rowHub, hubLocalStart, stepTarget, togetherHub } = tables
  const leads = Array.from({ length: hubs }, () => new Set<number>())
  const rows = rowStart.length - 1
  for (let ask = 0; ask < askBase.length; ask++) {
    for (let row = askBase[ask]!; row < (askBase[ask + 1] ?? rows); row++) {
      const from = leads[(row - askBase[ask]!) % hubs]!
      for (let r = rowStart[row]!; r < rowStart[row + 1]!; r++) from.add(rowHub[r]!)
    }
  }
  leads.forEach((from, hub) => {
    for (let step = hubLocalStart[hub]!; step < hubLocalStart[hub + 1]!; step++) from.add(stepTarget[step]!)
    for (const next of togetherHub) from.add(next[hub]!)
    from.delete(hub)
    from.delete(-1)
  })
  const edges = new Int32Array(hubs + 1)
  leads.forEach((from, hub) => {
    edges[hub + 1] = edges[hub]! + from.size
  })
  return { edges, targets: Int32Array.from(leads.flatMap((from) => [...from])) }
}

/** Slices numbered so that each comes before those it leads to, as far as they do not lead back. */
export function orderOfSlices(compiled: Compiled): Int32Array {
  const { edges, targets } = slicesLead(compiled)
  const size = edges.length - 1
  const before = new Int32Array(size)
  for (const target of targets) before[target]!++
  const order = new Int32Array(size).fill(-1)
  const queue: number[] = []
  for (let slice = 0; slice < size; slice++) if (before[slice] === 0) queue.push(slice)
  for (let at = 0; at < queue.length; at++) {
    const slice = queue[at]!
    order[slice] = at
    for (let e = edges[slice]!; e < edges[slice + 1]!; e++) if (--before[targets[e]!]! === 0) queue.push(targets[e]!)
  }
  let next = queue.length
  return order.map((place) => (place < 0 ? next++ : place))
}

/**
 * The steps that may be part of a round: no slice and no hub on a round leads anywhere from where it cannot come back.
 * `undefined`: there are none, so every run stops changing the world.
 */
export function roundsOf(compiled: Compiled): Only | undefined {
  const slices = componentsOf(slicesLead(compiled))
  const hubs = componentsOf(hubsLead(compiled))
  if (!slices.any && !hubs.any) return undefined
  return { key: 'rounds', slices: slices.of, hubs: hubs.of }
}

/** Numbers nodes alike that lead to each other; `any`: some do. */
function componentsOf({ edges, targets }: Leads): { readonly of: Int32Array; readonly any: boolean } {
  const of = Int32Array.from({ length: edges.length - 1 }, (_, node) => node)
  let any = false
  components(edges, targets, of.slice(), new Int32Array(of.length), 0, (members) => {
    any = true
    const [first] = members
    for (const member of members) of[member] = first!
  })
  return { of, any }
}
