/** Packets of the capture and segments of the model, matched: the n-th of those that say the same is the n-th. */
import { add, distance, type Segment, type Seq } from '../../model/index.ts'
import type { Observation, Side } from '../replay/packets/observation.ts'
import type { Run } from './calls.ts'

/** Connections that are alike share a search, which has the numbers of one of them: by how much they differ. */
export interface Shift {
  readonly client: number
  readonly server: number
}

export const shiftOf = (o: readonly Observation[], toClient: Run<unknown>, toServer: Run<unknown>): Shift => ({
  client: shiftOn(o, toServer, 'client'),
  server: shiftOn(o, toClient, 'server'),
})

const shiftOn = (o: readonly Observation[], run: Run<unknown>, from: Side): number => {
  for (const { node, edge } of run) {
    if (edge === undefined || node.layer === edge.node.layer) continue
    const [seen, own] = [node.h.due.at(-1), o[edge.node.layer]]
    if (own?.from === from && seen !== undefined && seen !== edge.node.h.due.at(-1))
      return distance(own.segment.seq, seen.seq)
  }
  return 0
}

/** An acknowledgment number tells a bare ACK from another; of the rest it may differ from course to course. */
const keyOf = (from: Side, { flags, seq, ack, len }: Segment, { client, server }: Shift): string => {
  const [own, peer] = from === 'client' ? [client, server] : [server, client]
  const bare = flags === '.' && len === 0 && ack !== undefined
  return `${from} ${flags} ${shifted(seq, own)} ${len} ${bare ? shifted(ack, peer) : ''}`
}

const shifted = (n: Seq, by: number): Seq => add(n, by)
const NONE: Shift = { client: 0, server: 0 }

/** Hands out, for each segment of the model, the packet that it is in the capture, once. */
export class Copies {
  readonly #left = new Map<string, number[]>()

  /** @param indices of the packets that may be met again */
  constructor(o: readonly Observation[], indices: readonly number[], shift: Shift) {
    for (const index of indices) {
      const key = keyOf(o[index]!.from, o[index]!.segment, shift)
      this.#left.set(key, [...(this.#left.get(key) ?? []), index])
    }
  }

  /** The index of its packet in the capture, if it has one. */
  take(from: Side, segment: Segment): number | undefined {
    return this.#left.get(keyOf(from, segment, NONE))?.shift()
  }

  /** Of the packets that the model does not send. */
  left(): number[] {
    return [...this.#left.values()].flat().sort((a, b) => a - b)
  }
}
