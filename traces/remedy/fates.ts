/** What became of the packets of the capture beyond the tap, by the run that explains the end they were sent to. */
import type { Segment } from '../../model/index.ts'
import { segmentKey } from '../replay/search/memo.ts'
import type { Run } from './calls.ts'

/**
 * Which packet, by its index, each segment is that passed the tap on its way to this end: of copies the latest so far. Filled
 * place by place along a run.
 */
export class Passed {
  readonly #packets = new Map<string, number>()

  note({ node, edge }: Run<unknown>[number]): void {
    if (edge === undefined || edge.isHidden) return
    const last = node.h.due.at(-1)
    if (last !== undefined && !edge.node.h.due.includes(last)) this.#packets.set(segmentKey(last), edge.node.layer)
  }

  get(segment: Segment): number | undefined {
    return this.#packets.get(segmentKey(segment))
  }
}

/** All that passed by the time that so many packets were seen. */
export const passedBy = (run: Run<unknown>, layer: number): Passed => {
  const passed = new Passed()
  for (const place of run) if (place.node.layer <= layer) passed.note(place)
  return passed
}

/** Indices of the packets that never arrived: overtaken and never seen again, or still on the way when the capture ends. */
export const lostOn = (run: Run<unknown>): Set<number> => {
  const lost = new Set<number>()
  const passed = new Passed()
  for (const place of run) {
    passed.note(place)
    const { node, edge } = place
    if (edge === undefined || !edge.isHidden) continue
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
