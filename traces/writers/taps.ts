/** The packets of a trace as a capture at either end would show them. */
import { type End, receivedIn, type Segment, sentIn } from '../../model/index.ts'
import { clientState, serverState } from './facts.ts'
import type { Trace, TraceStep } from './trace.ts'

export interface TappedPacket {
  readonly tap: End
  /** From 1. */
  readonly connection: number
  readonly from: End
  readonly segment: Segment
  /** Seconds since the beginning. */
  readonly time: number
  /** Which step, by which rule, and how things are after it. */
  readonly comment: string
}

/** A tick is a second, as the first retransmission timeout has it; what happens within one is a little apart. */
const APART = 0.001

const other = (end: End): End => (end === 'client' ? 'server' : 'client')

export const tapped = (trace: Trace, taps: readonly End[] = ['client', 'server']): TappedPacket[] => {
  let [ticks, within] = [0, 0]
  return trace.steps.flatMap((step) => {
    if (step.rule === 'tick') {
      ticks++
      within = 0
      return []
    }
    within++
    const time = ticks + within * APART
    return packetsOf(step, time).filter(({ tap }) => taps.includes(tap))
  })
}

const packetsOf = (step: TraceStep, time: number): TappedPacket[] => {
  const { connection, effects } = step
  if (connection === undefined) return []
  const comment = commentOf(step, connection)
  return (['client', 'server'] as const).flatMap((tap) => {
    const received = receivedIn(effects, tap)
    const packet = (from: End, segment: Segment): TappedPacket => ({ tap, connection, from, segment, time, comment })
    return [
      ...(received ? [packet(other(tap), received)] : []),
      ...sentIn(effects, tap).map((segment) => packet(tap, segment)),
    ]
  })
}

const commentOf = ({ number, rule, world }: TraceStep, connection: number): string => {
  const { client, server } = world.groups[connection - 1]!
  const { requests, acceptQueue, backlog } = world.shared.listener
  return [
    `step ${number}: ${rule}`,
    `client ${clientState(client)}, server ${serverState(server)}`,
    `SYN queue ${requests}, accept queue ${acceptQueue} (backlog ${backlog})`,
  ].join(' · ')
}
