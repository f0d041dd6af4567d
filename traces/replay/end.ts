// LEAD: please read NOTE-FROM-LEAD.txt in the root of this worktree when you are at a good place, then delete this line.
/** One end of a connection, searched under each kernel that it may run. */
import type { ProfileName, Socket, Stack, Sysctls } from '../../model/index.ts'
import { type Surviving, surviving } from './beliefs.ts'
import { clientActor } from './clientActor.ts'
import { serverIssOf } from './isns.ts'
import { type Remembering, remembering } from './memory.ts'
import type { Observation } from './observation.ts'
import { clockedOffer } from './oldDuplicates.ts'
import { type Limits, type Searched, search, stages } from './search.ts'
import { type ServerEnd, serverActor } from './serverActor.ts'
import { replayStack } from './stacks.ts'

/** What bounds and informs the search for an end. */
export interface EndOptions {
  readonly limits?: Partial<Limits>
  readonly sysctls?: Partial<Sysctls>
  /** The segments carry clocks, and the ends look at them. */
  readonly clocked?: boolean
}

/** One end of a connection, searched under one kernel. */
export interface EndReplay<E> {
  readonly kernel: ProfileName
  readonly searched: Searched<E>
  readonly surviving: Surviving<E>
}

const stackOf = (kernel: ProfileName, { sysctls, clocked }: EndOptions): Stack => ({
  ...replayStack(kernel, sysctls),
  ...(clocked ? { offers: clockedOffer } : {}),
})

const clientOf = (kernel: ProfileName, options: EndOptions): Remembering<Socket> =>
  remembering(clientActor(stackOf(kernel, options)))

const serverOf = (kernel: ProfileName, options: EndOptions, o: readonly Observation[]): Remembering<ServerEnd> =>
  remembering(serverActor(stackOf(kernel, options), serverIssOf(o)))

/** The server's end of other observations than a connection's own, under one kernel: what if these packets had not come? */
export const replayServer = (o: readonly Observation[], kernel: ProfileName): EndReplay<ServerEnd> =>
  replayServers(o, [kernel], {})[0]!

export const replayClients = (
  o: readonly Observation[],
  kernels: readonly ProfileName[],
  options: EndOptions,
): EndReplay<Socket>[] => replayEnd(o, kernels, (k) => clientOf(k, options), options)

export const replayServers = (
  o: readonly Observation[],
  kernels: readonly ProfileName[],
  options: EndOptions,
): EndReplay<ServerEnd>[] => replayEnd(o, kernels, (k) => serverOf(k, options, o), options)

/** One end under each kernel, stage by stage, until under one of them something explains the whole capture. */
const replayEnd = <E extends object>(
  o: readonly Observation[],
  kernels: readonly ProfileName[],
  actorOf: (kernel: ProfileName) => Remembering<E>,
  options: EndOptions,
): EndReplay<E>[] => {
  let ends: EndReplay<E>[] = []
  const resets = o.some(({ flags }) => flags === 'R')
  for (const stage of stages.filter((s) => resets || !s.resetsOvertake)) {
    const limits = { ...stage, ...options.limits }
    ends = kernels.map((kernel) => {
      const searched = search(o, actorOf(kernel), limits)
      return { kernel, searched, surviving: surviving(searched, limits.slack) }
    })
    if (ends.some(fits)) break
  }
  return ends
}

const fits = (e: { readonly searched: { readonly failedAt?: number } }): boolean => e.searched.failedAt === undefined
export const reach = (e: EndReplay<Socket> | EndReplay<ServerEnd>): number =>
  e.searched.failedAt ?? Number.POSITIVE_INFINITY

/** The kernel that explains the whole capture with the least invention; if none does, the one that explains most of it. */
export const bestOf = <E extends EndReplay<Socket> | EndReplay<ServerEnd>>(ends: readonly E[]): E =>
  ends.reduce((best, e) =>
    reach(e) > reach(best) || (fits(e) && fits(best) && e.surviving.cheapest < best.surviving.cheapest) ? e : best,
  )

/** Those that explain all, with at most one invention more than the best needs. */
export const kernelsThatFit = (ends: readonly (EndReplay<Socket> | EndReplay<ServerEnd>)[]): ProfileName[] => {
  const fitting = ends.filter(fits)
  const least = Math.min(...fitting.map((e) => e.surviving.cheapest))
  return fitting.filter((e) => e.surviving.cheapest <= least + 1).map((e) => e.kernel)
}
