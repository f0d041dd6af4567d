/** What no accept queue can have done, if the capture shows all connections of the listener. */
import { profiles } from '../../model/index.ts'
import { hadRoom, kernelsOf, leastBacklog } from './backlog.ts'
import type { ListenerFacts } from './facts.ts'
import { type FullSpan, overflowsOf } from './queue.ts'
import { atMost } from './sorted.ts'

export interface Conflict {
  readonly packet: number
  readonly words: string
}

/** @param backlog B, if it is known */
export const conflictsOf = (
  all: readonly ListenerFacts[],
  full: readonly FullSpan[],
  backlog: number | undefined,
): Conflict[] => {
  const least = leastBacklog(all)
  const overflows = overflowsOf(all).flatMap(({ fact }): Conflict[] => {
    const why = hadRoom(all, fact, backlog ?? least?.value)
    return why === undefined
      ? []
      : [{ packet: fact.packet, words: `packet ${fact.packet} met a full accept queue, but ${why}` }]
  })
  const crowd =
    backlog === undefined || least === undefined || least.value <= backlog
      ? []
      : [
          {
            packet: least.packets.at(-1)!,
            words: `packets ${least.packets.join(', ')} admit requests that wait at once, which takes a backlog of ${least.value} at least`,
          },
        ]
  return [...overflows, ...crowd, ...admittedWhileFull(all, full)].sort((a, b) => a.packet - b.packet)
}

/** linux: tcp_conn_request drops every SYN while the accept queue is full (since 4.10) */
const admittedWhileFull = (all: readonly ListenerFacts[], full: readonly FullSpan[]): Conflict[] => {
  if (!kernelsOf(all).every((name) => profiles[name].dialect.synOnFullAcceptQueue === 'drop')) return []
  const admitted = all.flatMap((c) => c.admitted).sort((a, b) => a.from - b.from)
  const begins = admitted.map(({ from }) => from)
  return full.flatMap((span) =>
    admitted
      .slice(atMost(begins, span.from), atMost(begins, span.to))
      .filter(({ to }) => to < span.to)
      .map(({ packet }) => ({
        packet,
        words: `packet ${packet} answers a SYN, but the accept queue is full from packet ${span.packets[0]} to packet ${span.packets[1]}`,
      })),
  )
}
