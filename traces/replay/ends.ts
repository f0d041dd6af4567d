/** Both ends of a connection as its packets show them, searched once for all connections that are alike. */
import type { Socket } from '../../model/index.ts'
import type { ServerEnd } from './actors/server-end.ts'
import { explanationOf, statesAfter } from './beliefs.ts'
import {
  type AboutEnd,
  bestOf,
  type EndOptions,
  type EndReplay,
  kernelsThatFit,
  reach,
  replayClients,
  replayServers,
} from './end.ts'
import type { AboutConnection, Candidates, ReplayOptions } from './options.ts'
import { comesBack, mayBeCookies } from './packets/cookie.ts'
import { inOwnNumbers } from './packets/numbers.ts'
import type { Observation } from './packets/observation.ts'
import { type PerEnd, perEnd } from './readings/per-end.ts'
import type { Belief, Replayed, ReplayedConnection } from './replayed.ts'
import { cacheKeyOf } from './result-cache.ts'
import { searchedOnce } from './searched-once.ts'

type SearchOptions = ReplayOptions & Pick<EndOptions, 'budget'>

/** What the search finds for both ends: the same for all connections that are alike. */
export interface Ends {
  readonly client: EndReplay<Socket>
  readonly server: EndReplay<ServerEnd>
  readonly tried: NonNullable<Replayed['tried']>
  readonly kernels: ReplayedConnection['kernels']
  readonly fits: ReplayedConnection['fits']
  /** What each may be from the packet of that index until the next, as far as both are explained. */
  statesAt(i: number): Omit<Belief, 'packet'>
  /** What explains both, where something does. */
  readonly explained?: Pick<ReplayedConnection, 'invents' | 'alternatives'>
}

/** Searched in normalised sequence numbers, or taken from a connection that is alike. */
export const endsOf = (
  o: readonly Observation[],
  seen: Omit<PerEnd, 'assumes'>,
  candidates: Candidates,
  options: SearchOptions,
): Ends => {
  const { clocked } = seen
  const isPlain = seen.forClient === o && seen.forServer === o
  const isUsual =
    isPlain &&
    o.length <= MOST_ALIKE &&
    !o.some(({ forged }) => forged) &&
    !isTold(options.about) &&
    options.limits?.tapAt === undefined
  const numbers = inOwnNumbers(o)
  const cookies = comesBack(o) || (sendsCookies(options) && mayBeCookies(o))
  const likeness =
    isUsual && options.alike ? `${cacheKeyOf(o, numbers)}${toldOfHosts(options.about)}${cookies}` : undefined
  const known = likeness === undefined ? undefined : options.alike!.get(likeness)
  if (known) return known
  const ends = told(bothSearched(o, numbers.observations(), { clocked, isPlain, cookies }, candidates, options))
  // One that diverges is told by its packet, which is its own.
  if (likeness !== undefined && ends.explained !== undefined) options.alike!.set(likeness, ends)
  return ends
}

interface Both {
  readonly clients: readonly EndReplay<Socket>[]
  readonly servers: readonly EndReplay<ServerEnd>[]
}

/** @param own the packets in numbers of their own */
const bothSearched = (
  o: readonly Observation[],
  own: readonly Observation[],
  { clocked, isPlain, cookies }: { readonly clocked: boolean; readonly isPlain: boolean; readonly cookies: boolean },
  candidates: Candidates,
  options: SearchOptions,
): Both => {
  const { about = {}, limits } = options
  const { forClient, forServer } = isPlain ? { forClient: own, forServer: own } : perEnd(own)
  const ofServer = { ...merged(about.server, options), clocked, cookies }
  return {
    clients: clientsSearched(o, forClient, clocked, candidates, options),
    servers: searchedOnce(o, ['server', candidates.server, ofServer, limits], () =>
      replayServers(forServer, candidates.server, { ...options, ...ofServer }),
    ),
  }
}

const clientsSearched = (
  o: readonly Observation[],
  forClient: readonly Observation[],
  clocked: boolean,
  { client }: Candidates,
  options: SearchOptions,
): readonly EndReplay<Socket>[] => {
  const ofClient = { ...merged(options.about?.client, options), clocked }
  return searchedOnce(o, ['client', client, ofClient, options.limits], () =>
    replayClients(forClient, client, { ...options, ...ofClient }),
  )
}

/** Whether something explains the client's end. Where nothing does, the server need not be searched to know that not all is explained. */
export const isClientExplained = (
  o: readonly Observation[],
  clocked: boolean,
  candidates: Candidates,
  options: SearchOptions,
): boolean => {
  const { forClient } = perEnd(inOwnNumbers(o).observations())
  return clientsSearched(o, forClient, clocked, candidates, options).some((e) => reach(e) === Number.POSITIVE_INFINITY)
}

/** Holds nothing of the packets: a report keeps what is told of all connections. */
const told = ({ clients, servers }: Both): Ends => {
  const [client, server] = [bestOf(clients), bestOf(servers)]
  const explains = Math.min(reach(client), reach(server)) === Number.POSITIVE_INFINITY
  return {
    ...(explains && { explained: explanationOfBoth(client, server) }),
    client,
    server,
    tried: { client: clients, server: servers },
    kernels: { client: client.kernel, server: server.kernel },
    fits: { client: kernelsThatFit(clients), server: kernelsThatFit(servers) },
    statesAt: (i) => statesAt(i, client, server),
  }
}

/** It is known that the server sends cookies while its SYN queue is full. */
const sendsCookies = (options: ReplayOptions): boolean =>
  merged(options.about?.server, options).sysctls?.tcp_syncookies === 1

/** Packets of a connection that may be like another. Of longer ones hardly two are, and what tells it takes as long as a search. */
const MOST_ALIKE = 2_000

/** Whether evidence is about this connection alone. */
const isTold = ({ client, server, beyond }: AboutConnection = {}): boolean =>
  beyond !== undefined || (client?.known ?? []).length > 0 || (server?.known ?? []).length > 0

/** The part of the key for evidence about hosts: it holds for all connections of a host. */
const toldOfHosts = ({ client, server }: AboutConnection = {}): string =>
  [client, server].map((e) => (e === undefined ? '' : JSON.stringify([e.sysctls, e.neverFull]))).join()

/** Settings in the options outweigh those known of the host. */
const merged = (about: AboutEnd = {}, { sysctls }: ReplayOptions): AboutEnd => ({
  ...about,
  sysctls: { ...about.sysctls, ...sysctls },
})

const statesAt = (i: number, client: EndReplay<Socket>, server: EndReplay<ServerEnd>): Omit<Belief, 'packet'> => {
  const [c, s] = [statesAfter(client.surviving, i), statesAfter(server.surviving, i)]
  return {
    client: c.cheapest,
    server: s.cheapest,
    possible: { client: c.possible, server: s.possible },
  }
}

const explanationOfBoth = (client: EndReplay<Socket>, server: EndReplay<ServerEnd>): NonNullable<Ends['explained']> => {
  const [ofClient, ofServer] = [explanationOf(client.surviving), explanationOf(server.surviving)]
  return {
    invents: [...ofClient.invents, ...ofServer.invents],
    alternatives: [...ofClient.alternatives, ...ofServer.alternatives],
  }
}
