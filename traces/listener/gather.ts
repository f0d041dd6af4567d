/** Gathers, connection by connection, what a capture tells of each listener. */
import type { Sysctls } from '../../model/index.ts'
import { type Connection, endpointText } from '../capture.ts'
import type { Replayed } from '../replay/index.ts'
import type { Place } from '../replay/packets/place.ts'
import type { Tap } from '../replay/packets/tap.ts'
import { withAborts } from './aborts.ts'
import { concludeListener, type ListenerConclusion } from './conclude.ts'
import { factsOf, type ListenerFacts } from './facts.ts'
import { keptSmall } from './ordinary.ts'

export interface GatherOptions {
  readonly backlog?: number
  readonly sysctls?: Partial<Sysctls>
}

export interface Listener {
  readonly conclusion: ListenerConclusion
  readonly facts: readonly ListenerFacts[]
}

/** @returns `take` each replayed connection, in any order; `conclude` when all are */
export const gatherListeners = ({ until, tapAt }: Place, options: GatherOptions) => {
  const groups = new Map<string, { tap: Tap; facts: ListenerFacts[]; timed: boolean }>()
  const groupOf = ({ server }: Connection) => {
    const listener = endpointText(server)
    const known = groups.get(listener)
    if (known !== undefined) return known
    const group = { tap: tapAt(server.address), facts: [], timed: true }
    groups.set(listener, group)
    return group
  }
  return {
    take: (replayed: Replayed, c: Connection): void => {
      const group = groupOf(c)
      const facts = factsOf(replayed, {
        tap: group.tap,
        until: until - (replayed.clockAhead ?? 0),
        ...(options.sysctls && { sysctls: options.sysctls }),
      })
      if (facts === undefined) group.timed = false
      else group.facts.push(keptSmall(facts))
    },
    conclude: (): Listener[] =>
      [...groups]
        .filter(([, { facts, timed }]) => timed && facts.length > 1)
        .map(([listener, { tap, facts: told }]) => {
          const facts = withAborts(told)
          return { facts, conclusion: concludeListener(listener, facts, tap === 'server', options.backlog) }
        }),
  }
}
