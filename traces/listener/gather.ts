/** Gathers, connection by connection, what a capture tells of each listener. */
import type { ProfileName, Sysctls } from '../../model/index.ts'
import { ByEndpoint } from '../by-endpoint.ts'
import type { Connection } from '../capture.ts'
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

interface Group {
  readonly tap: Tap
  readonly facts: ListenerFacts[]
  /** Connections that tell nothing but which kernels fit: of those with the same kernels, one is among the facts. */
  silent: number
  readonly silentKernels: Set<string>
  timed: boolean
}

/** @returns `take` each replayed connection, in any order; `conclude` when all are */
export const gatherListeners = ({ until, tapAt }: Place, options: GatherOptions) => {
  const groups = new ByEndpoint(
    ({ address }): Group => ({ tap: tapAt(address), facts: [], silent: 0, silentKernels: new Set(), timed: true }),
  )
  return {
    /** One more like a connection that was taken: whether that told nothing, so that this one tells nothing either. */
    takeAlike: (kernels: readonly ProfileName[], c: Connection): boolean => {
      const group = groups.of(c.server)
      // At the server's interface it counts for how long nothing followed.
      const isSilent = group.tap !== 'server' && group.silentKernels.has(kernels.join())
      if (isSilent) group.silent += 1
      return isSilent
    },
    take: (replayed: Replayed, c: Connection): void => {
      const group = groups.of(c.server)
      const facts = factsOf(replayed, {
        tap: group.tap,
        until: until - (replayed.clockAhead ?? 0),
        ...(options.sysctls && { sysctls: options.sysctls }),
      })
      if (facts === undefined) group.timed = false
      else if (isSilent(facts) && group.silentKernels.has(facts.kernels.join())) group.silent += 1
      else group.facts.push(keptSmall(facts))
      if (facts !== undefined && isSilent(facts)) group.silentKernels.add(facts.kernels.join())
    },
    conclude: (): Listener[] =>
      [...groups.entries()]
        .filter(([, { facts, silent, timed }]) => timed && facts.length + silent > 1)
        .map(([listener, { tap, facts: told, silent }]) => {
          const facts = withAborts(told)
          const about = { hard: tap === 'server', silent, backlog: options.backlog }
          return { facts, conclusion: concludeListener(listener, facts, about) }
        }),
  }
}

/** It was never in a queue, and met none that was full. */
const isSilent = (f: ListenerFacts): boolean =>
  !f.unexplained &&
  f.overflows.length === 0 &&
  f.admitted.length === 0 &&
  f.promoted === undefined &&
  f.reset === undefined &&
  f.acted === undefined &&
  f.request === undefined &&
  f.mayRequest === undefined
