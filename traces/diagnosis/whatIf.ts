/** What a remedy would have done: the server of the cheapest hypothesis meets the same arrival with one setting changed. */
import type { Segment } from '../../model/index.ts'
import { cheapestEnd, runThrough } from '../replay/beliefs.ts'
import type { Replayed } from '../replay/connection.ts'
import { serverIssOf } from '../replay/isns.ts'
import { serverActor } from '../replay/serverActor.ts'
import { replayStack } from '../replay/stacks.ts'
import type { Diagnosis } from './diagnosis.ts'

export const remedies = ['tcp_abort_on_overflow=1', 'backlog', 'accept=faster'] as const
export type Remedy = (typeof remedies)[number]

export interface WhatIf {
  readonly remedy: Remedy
  /** The packet from whose arrival on the answers would differ; absent if none would, or none can be told. */
  readonly from?: number
  /** One sentence. */
  readonly words: string
}

/** @param found what the connection was diagnosed with */
export const whatIf = (r: Replayed, remedy: Remedy, found: readonly Diagnosis[]): WhatIf => {
  if (found.some(({ id }) => id === 'listener-gone'))
    return { remedy, words: 'nothing would change: the listener was closed' }
  if (r.connection.verdict !== 'conforms' || r.server === undefined)
    return { remedy, words: 'cannot be told: the replay does not explain the capture' }
  const { surviving, kernel } = r.server
  const turn = runThrough(surviving, cheapestEnd(surviving)).find(({ edge }) =>
    edge?.invents?.startsWith('the accept queue is full'),
  )
  const before = turn?.edge?.node
  const arriving = before?.h.due.find((s) => ![...turn!.node.h.due, ...turn!.node.h.stray].includes(s))
  if (before === undefined || arriving === undefined)
    return { remedy, words: 'nothing would change: no packet here is best explained by a full accept queue' }
  const sysctls = remedy === 'tcp_abort_on_overflow=1' ? { tcp_abort_on_overflow: 1 as const } : {}
  const actor = serverActor(replayStack(kernel, sysctls), serverIssOf(r.observations))
  const aborts = remedy === 'tcp_abort_on_overflow=1'
  const moves = actor.arrive({ ...before.h.end, full: aborts, aborts }, arriving)
  const move = aborts ? moves.find((m) => m.send.some(isReset)) : moves[0]
  const packet = r.observations.findLast((o, i) => i < before.layer && o.segment === arriving)?.packet
  const from = packet === undefined ? {} : { from: packet }
  const at = packet === undefined ? 'the packet that finds the queue full' : `packet ${packet}`
  if (move === undefined) return { remedy, words: `nothing would change: ${at} is dropped with this setting, too` }
  if (aborts)
    return {
      remedy,
      ...from,
      words: `the server would answer ${at} with RST, and the client get ECONNRESET${earlier(r, packet)}`,
    }
  const state = actor.name(move.to)
  const condition = remedy === 'backlog' ? 'one large enough for this connection' : 'one accept() before'
  return {
    remedy,
    ...from,
    words: `with ${condition}, the server would be ${state} after ${at}; how many waited in the queue the capture cannot tell`,
  }
}

const isReset = (s: Segment): boolean => s.flags.includes('R')

/** How much earlier than it got one, or that it got none until the capture ends. */
const earlier = (r: Replayed, packet: number | undefined): string => {
  const then = r.observations.find((o) => o.packet === packet)
  const reset = r.observations.find((o) => o.from === 'server' && o.flags.includes('R'))
  if (reset === undefined) return '; in the capture it gets none'
  const gain = then?.time === undefined || reset.time === undefined ? '' : `, ${(reset.time - then.time).toFixed(1)} s`
  return gain === '' ? ` before packet ${reset.packet}` : `${gain} earlier than by packet ${reset.packet}`
}
