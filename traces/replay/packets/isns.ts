/** Which initial sequence numbers the server gave to its requests, read ahead: the model leaves them to the kernel. */
import { add, type Seq, seq } from '../../../model/index.ts'
import type { Observation } from './observation.ts'

/** What was read: for each request in order the client ISN that it has, and for each client ISN the numbers that were shown. */
interface ServerIsns {
  readonly order: readonly Seq[]
  readonly shown: ReadonlyMap<Seq, readonly Seq[]>
}

export const serverIsns = (observations: readonly Observation[]): ServerIsns => {
  const shown = new Map<Seq, Seq[]>()
  const order: Seq[] = []
  for (const o of observations) {
    if (o.from !== 'server' || o.flags !== 'S.' || o.seq === undefined || o.ack === undefined) continue
    const irs = add(o.ack, -1)
    const isns = shown.get(irs) ?? []
    if (!isns.includes(o.seq)) {
      isns.push(o.seq)
      order.push(irs)
    }
    shown.set(irs, isns)
  }
  return { order, shown }
}

/** The initial sequence number that the n-th request for a client ISN takes: the capture shows it, the model leaves it open. */
export type IssOf = (irs: Seq, made: number) => Seq

/** For the n-th request of a client ISN: the n-th new number that its SYN+ACKs show; past those, one nobody has seen. */
export const issOf =
  ({ order, shown }: ServerIsns): IssOf =>
  (irs, made) => {
    const isns = shown.get(irs) ?? []
    const earlier = order.slice(0, made).filter((x) => x === irs).length
    return isns[earlier] ?? seq(0xdead_0000 + made)
  }
