/** Replays one connection: does the model allow what the capture shows, and what must both ends have been? */
import type { ProfileName, Socket, Sysctls } from '../../model/index.ts'
import { type Connection, endpointText } from '../capture.ts'
import { tooEarly } from './backoff.ts'
import {
  type Alternative,
  alternatives,
  cheapestEnd,
  inventions,
  type Surviving,
  statesAfter,
  surviving,
} from './beliefs.ts'
import { clientActor } from './clientActor.ts'
import { type Divergence, divergenceOf } from './divergence.ts'
import { type Forged, markForged } from './forged.ts'
import { serverIssOf } from './isns.ts'
import { type Remembering, remembering } from './memory.ts'
import { type Observation, observationsOf } from './observation.ts'
import { type Limits, type Searched, search, stages } from './search.ts'
import { type ServerEnd, serverActor } from './serverActor.ts'
import { replayStack } from './stacks.ts'
import { type Tap, tapOf } from './tap.ts'

export type ReplayVerdict = 'conforms' | 'diverges' | 'inconclusive'

/** What both ends may be from a packet until the next. */
export interface Belief {
  readonly packet: number
  /** In the cheapest hypotheses, those that invent least. */
  readonly client: readonly string[]
  readonly server: readonly string[]
  /** In all hypotheses within the bound. */
  readonly possible: { readonly client: readonly string[]; readonly server: readonly string[] }
}

export interface ReplayOptions {
  readonly tap?: Tap
  readonly limits?: Partial<Limits>
  readonly sysctls?: Partial<Sysctls>
  /** Packets that were put on the wire by somebody else. */
  readonly forged?: readonly Forged[]
}

/** One end of a connection, searched under one kernel. */
export interface EndReplay<E> {
  readonly kernel: ProfileName
  readonly searched: Searched<E>
  readonly surviving: Surviving<E>
}

const clientOf = (kernel: ProfileName, options: ReplayOptions): Remembering<Socket> =>
  remembering(clientActor(replayStack(kernel, options.sysctls)))

const serverOf = (kernel: ProfileName, options: ReplayOptions, o: readonly Observation[]): Remembering<ServerEnd> =>
  remembering(serverActor(replayStack(kernel, options.sysctls), serverIssOf(o)))

/** The server's end of other observations than a connection's own, under one kernel: what if these packets had not come? */
export const replayServer = (o: readonly Observation[], kernel: ProfileName): EndReplay<ServerEnd> =>
  replayEnd(o, [kernel], (k) => serverOf(k, {}, o), {})[0]!

/** One end under each kernel, stage by stage, until under one of them something explains the whole capture. */
const replayEnd = <E extends object>(
  o: readonly Observation[],
  kernels: readonly ProfileName[],
  actorOf: (kernel: ProfileName) => Remembering<E>,
  options: ReplayOptions,
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

export interface ReplayedConnection {
  readonly client: string
  readonly server: string
  readonly packets: number
  readonly tap: Tap
  readonly kernels: { readonly client: ProfileName; readonly server: ProfileName }
  /** Shipped profiles that explain each end, where they were tried. */
  readonly fits: { readonly client: readonly ProfileName[]; readonly server: readonly ProfileName[] }
  readonly verdict: ReplayVerdict
  /** Why nothing can be said. */
  readonly reason?: string
  readonly divergence?: Divergence
  readonly timeline: readonly Belief[]
  /** What the cheapest hypotheses had to invent. */
  readonly invents: readonly string[]
  /** What else the ends could be at the end, and what that would have to invent. */
  readonly alternatives: readonly Alternative[]
  /** Numbers of the packets that are known to be forged: nobody has to account for them. */
  readonly forged: readonly number[]
}

export interface Replayed {
  readonly connection: ReplayedConnection
  readonly observations: readonly Observation[]
  readonly client?: EndReplay<Socket>
  readonly server?: EndReplay<ServerEnd>
}

/** The kernels to try for each end, the likeliest first. */
export interface Candidates {
  readonly client: readonly ProfileName[]
  readonly server: readonly ProfileName[]
}

export const replayConnection = (c: Connection, candidates: Candidates, options: ReplayOptions = {}): Replayed => {
  const observations = markForged(c, observationsOf(c), options.forged ?? [])
  const reason = whyNot(c, observations)
  const head = {
    client: endpointText(c.client),
    server: endpointText(c.server),
    packets: observations.length,
    tap: options.tap ?? tapOf(observations),
    forged: observations.filter((o) => o.forged).map((o) => o.packet),
  }
  if (reason !== undefined) {
    const kernels = { client: candidates.client[0]!, server: candidates.server[0]! }
    const nothing = { timeline: [], invents: [], alternatives: [], fits: { client: [], server: [] } }
    return { connection: { ...head, ...nothing, kernels, verdict: 'inconclusive', reason }, observations }
  }
  const clients = replayEnd(observations, candidates.client, (k) => clientOf(k, options), options)
  const servers = replayEnd(observations, candidates.server, (k) => serverOf(k, options, observations), options)
  const client = bestOf(clients)
  const server = bestOf(servers)
  const explained = Math.min(reach(client), reach(server))
  const timeline = observations.slice(0, explained).map((o, i) => beliefAt(o, i, client, server))
  const connection: ReplayedConnection = {
    ...head,
    kernels: { client: client.kernel, server: server.kernel },
    fits: { client: kernelsThatFit(clients), server: kernelsThatFit(servers) },
    timeline,
    ...judge(observations, client, server),
  }
  return { connection, observations, client, server }
}

const fits = (e: { readonly searched: { readonly failedAt?: number } }): boolean => e.searched.failedAt === undefined
const reach = (e: EndReplay<Socket> | EndReplay<ServerEnd>): number => e.searched.failedAt ?? Number.POSITIVE_INFINITY

/** The kernel that explains the whole capture with the least invention; if none does, the one that explains most of it. */
const bestOf = <E extends EndReplay<Socket> | EndReplay<ServerEnd>>(ends: readonly E[]): E =>
  ends.reduce((best, e) =>
    reach(e) > reach(best) || (fits(e) && fits(best) && e.surviving.cheapest < best.surviving.cheapest) ? e : best,
  )

/** Those that explain all, with at most one invention more than the best needs. */
const kernelsThatFit = (ends: readonly (EndReplay<Socket> | EndReplay<ServerEnd>)[]): ProfileName[] => {
  const fitting = ends.filter(fits)
  const least = Math.min(...fitting.map((e) => e.surviving.cheapest))
  return fitting.filter((e) => e.surviving.cheapest <= least + 1).map((e) => e.kernel)
}

const beliefAt = (o: Observation, i: number, client: EndReplay<Socket>, server: EndReplay<ServerEnd>): Belief => {
  const [c, s] = [statesAfter(client.surviving, i), statesAfter(server.surviving, i)]
  return {
    packet: o.packet,
    client: c.cheapest,
    server: s.cheapest,
    possible: { client: c.possible, server: s.possible },
  }
}

type Judged = Pick<ReplayedConnection, 'verdict' | 'reason' | 'divergence' | 'invents' | 'alternatives'>

const judge = (o: readonly Observation[], client: EndReplay<Socket>, server: EndReplay<ServerEnd>): Judged => {
  const failed = reach(client) <= reach(server) ? client : server
  const early = tooEarly(o)
  if (early !== undefined && early.at < reach(failed))
    return { verdict: 'diverges', divergence: early.divergence, invents: [], alternatives: [] }
  if (failed.searched.failedAt !== undefined) {
    const cut = failed.searched.cut
    return {
      verdict: cut ? 'inconclusive' : 'diverges',
      ...(cut ? { reason: 'there were too many hypotheses to follow them all' } : {}),
      divergence: divergenceOf(o, failed.searched as Searched<unknown>),
      invents: [],
      alternatives: [],
    }
  }
  return {
    verdict: 'conforms',
    invents: [
      ...inventions(client.surviving, cheapestEnd(client.surviving)),
      ...inventions(server.surviving, cheapestEnd(server.surviving)),
    ],
    alternatives: [...alternatives(client.surviving), ...alternatives(server.surviving)],
  }
}

/** What cannot be replayed yet. */
const whyNot = (c: Connection, observations: readonly Observation[]): string | undefined => {
  const first = observations[0]
  if (first === undefined) return 'the connection has no packets'
  if (c.numbering.client === 'relative' || c.numbering.server === 'relative')
    return 'the capture gives relative sequence numbers and does not show the SYN they count from'
  return first.flags.includes('S') || first.forged
    ? undefined
    : `the capture begins in the middle of the connection: its first packet, ${first.packet}, is no SYN`
}
