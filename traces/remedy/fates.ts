/** What became of the packets of the capture beyond the tap, by the run that explains the end they were sent to. */
import type { Segment } from '../../model/index.ts'
import { segmentKey } from '../replay/search/memo.ts'
import type { Run } from './calls.ts'

/** Which packet, by its index, each segment is that passed the tap on its way to this end. */
export const passedIn = (run: Run<unknown>): Map<Segment, number> => {
  const passed = new Map<Segment, number>()
  for (const { node, edge } of run) {
    if (edge === undefined || node.layer === edge.node.layer) continue
    const last = node.h.due.at(-1)
    if (last !== undefined && !edge.node.h.due.includes(last)) passed.set(last, edge.node.layer)
  }
  return passed
}

/** Indices of the packets that never arrived: overtaken and never seen again, or still on the way when the capture ends. */
export const lostOn = (run: Run<unknown>): Set<number> => {
  const lost = new Set<number>()
  const passed = passedIn(run)
  for (const { node, edge } of run) {
    if (edge === undefined || node.layer !== edge.node.layer) continue
    const left = new Set(node.h.due.map(segmentKey))
    const gone = edge.node.h.due.filter((s) => !left.has(segmentKey(s)))
    for (const s of gone.slice(0, -1)) note(lost, passed.get(s))
    const late = new Set([...node.h.stray, ...node.h.due].map(segmentKey))
    const strays = edge.node.h.stray.filter((s) => !late.has(segmentKey(s)))
    if (gone.length === 0) for (const s of strays) lost.delete(passed.get(s) ?? -1)
  }
  for (const s of run.at(-1)?.node.h.due ?? []) note(lost, passed.get(s))
  return lost
}

const note = (indices: Set<number>, index: number | undefined): void => {
  if (index !== undefined) indices.add(index)
}
