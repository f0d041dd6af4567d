/** A stranger's segment, with the numbers that the connection really has. */
import type { End, Segment } from '../../../model/index.ts'
import type { Framed } from '../frame.ts'
import { frameOf } from '../frame.ts'
import { ADDRESS, type Network, other } from '../network.ts'
import type { Sent } from '../wire.ts'
import type { Numbers } from './numbers.ts'
import { clientPort, SERVER_PORT } from './states.ts'

/** How much older than the last timestamp that the end has sent, where the model's is older. */
const OLDER = 500

/** Undefined where the numbers that it speaks of are not known. `last`: what each end has sent last on this connection. */
export const forgery = (
  from: End,
  group: number,
  { flags, seq: number, ack, len, options }: Segment,
  numbers: Numbers,
  network: Network,
  last: (end: End) => Framed | undefined,
): Sent | undefined => {
  const seq = numbers.real(from, number)
  const acked = ack === undefined ? undefined : numbers.real(other(from), ack)
  if (seq === undefined || (ack !== undefined && acked === undefined)) return undefined
  const clock = (end: End) => last(end)?.segment.options?.timestamp?.val ?? 0
  const timestamp = options?.timestamp && { val: clock(from) - OLDER, echo: clock(other(from)) }
  const ports = [clientPort(group), SERVER_PORT] as const
  const [sourcePort, destinationPort] = from === 'client' ? ports : ([ports[1], ports[0]] as const)
  const framed: Framed = {
    sourcePort,
    destinationPort,
    segment: {
      flags,
      seq,
      len,
      ...(acked === undefined ? {} : { ack: acked }),
      ...(timestamp && { options: { timestamp } }),
    },
  }
  const frame = network.addressed(from, frameOf(framed, ADDRESS[from], ADDRESS[other(from)]))
  return { from, frame, framed, at: 0 }
}
