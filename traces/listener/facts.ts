/** What one connection tells about the listener that it shares: when it entered the accept queue, when it met a full one. */
import type { ProfileName, Stack, Sysctls } from '../../model/index.ts'
import type { ServerEnd } from '../replay/actors/server-end.ts'
import { replayStack } from '../replay/actors/stacks.ts'
import type { Surviving } from '../replay/beliefs.ts'
import type { Replayed } from '../replay/index.ts'
import type { Observation } from '../replay/packets/observation.ts'
import type { Tap } from '../replay/packets/tap.ts'
import { isPromotion, metFullQueue, runsOf } from './arrivals.ts'
import { type Happening, happenings, type Runs } from './counting.ts'

/** Something happened at the listener once within [from, to]: seconds of the capture's clock. */
export interface Fact {
  readonly from: number
  readonly to: number
  /** The packet that caused it, or the first that may have. */
  readonly packet: number
  /** All runs that were counted agree that it happened. */
  readonly certain: boolean
}

export interface Overflow extends Fact {
  /** A SYN was not admitted, or an ACK not honoured. */
  readonly dropped: 'SYN' | 'ACK'
  /** A bare ACK that TCP_DEFER_ACCEPT might as well have kept waiting. */
  readonly deferrable: boolean
}

export interface ListenerFacts {
  readonly client: string
  /** Kernels that explain the server. */
  readonly kernels: readonly ProfileName[]
  /** It became a child and entered the accept queue. */
  readonly promoted?: Fact | undefined
  /** Each time that it met a full accept queue, as it seems. */
  readonly overflows: readonly Overflow[]
  /** An ACK answered by RST: if a listener was there, it met a full accept queue, and tcp_abort_on_overflow is 1. */
  readonly reset?: Overflow | undefined
  /** The server's application was seen to act: it had accepted the connection by then. */
  readonly acted?: { readonly time: number; readonly packet: number } | undefined
  /** It surely was a request, in SYN_RECV, all this time. */
  readonly request?: { readonly from: number; readonly to: number; readonly packet: number } | undefined
  /** When it may have been one, at most. */
  readonly mayRequest?: { readonly from: number; readonly to: number } | undefined
  /** SYNs that were answered: none of them met a full accept queue, in most kernels. */
  readonly admitted: readonly Fact[]
  /** Nothing explains it: whether it was promoted is unknown. */
  readonly unexplained: boolean
}

export interface FactsOptions {
  /** Where the capture was taken, judged by all connections of the listener. */
  readonly tap: Tap
  /** When the capture ends, seconds. */
  readonly until: number
  readonly sysctls?: Partial<Sysctls>
}

const NONE: readonly Overflow[] = []

/** Undefined where nothing can be told, for the capture has no times. */
export const factsOf = (replayed: Replayed, { tap, until, sysctls }: FactsOptions): ListenerFacts | undefined => {
  const { connection, observations: o, server } = replayed
  const { client } = connection
  if (o.some(({ time }) => time === undefined)) return undefined
  if (server === undefined || connection.verdict !== 'conforms') return unexplained(client, o)
  const stack = replayStack(server.kernel, sysctls)
  const [runs, promotions] = believable(server.surviving, o, tap, until)
  if (promotions === undefined) return unexplained(client, o)
  const at = (h: Happening): Fact => factOf(h, o, tap)
  const refused = (what: 'admit' | 'promote'): Fact[] =>
    happenings(runs, what, metFullQueue(stack, what))?.map(at) ?? []
  const promoted = promotions[0] && at(promotions[0])
  const acted = o.find((x) => x.from === 'server' && !x.forged && (x.len > 0 || x.flags.includes('F')))
  const dropped = refused('promote')
  const overflows = [
    ...(dropsSyns(stack) ? refused('admit') : []).map((f) => ({ ...f, dropped: 'SYN', deferrable: false }) as const),
    ...dropped
      .filter((f) => isRepeatedAfter(f, o))
      .map((f) => ({ ...f, dropped: 'ACK', deferrable: mayBeDeferred(f, dropped[0]!, o) }) as const),
  ]
  // All members, absent or not: a busy listener has very many of these, and one shape takes least room.
  return {
    client,
    kernels: connection.fits.server,
    overflows: overflows.length === 0 ? NONE : overflows,
    promoted,
    acted: acted && { time: acted.time!, packet: acted.packet },
    request: requestOf(replayed, until).request,
    reset: resetOf(runs, stack, at, o).reset,
    mayRequest: mayRequest(replayed, promoted, until).mayRequest,
    admitted: admissions(o),
    unexplained: false,
  }
}

/** At the server's interface nothing is lost beyond the tap; where that leaves nothing, the cheapest runs. */
const believable = (s: Surviving<ServerEnd>, o: readonly Observation[], tap: Tap, until: number) => {
  for (const where of [tap, 'unknown'] as const) {
    const runs = runsOf(s, o, where, until)
    const promotions = happenings(runs, 'promotion', isPromotion)
    if (promotions !== undefined) return [runs, promotions] as const
  }
  return []
}

/** linux: tcp_check_req (tcp_abort_on_overflow), and tcp_v4_rcv where the listener was closed meanwhile */
const resetOf = (
  runs: Runs<ServerEnd>,
  stack: Stack,
  at: (h: Happening) => Fact,
  o: readonly Observation[],
): Pick<ListenerFacts, 'reset'> => {
  if (!o.some(({ from, flags }) => from === 'server' && flags === 'R')) return {}
  const heard: Runs<ServerEnd> = {
    ...runs,
    likeness: `${runs.likeness} somebody listens`,
    allows: (along, layer) => along.to.end.listening && runs.allows(along, layer),
  }
  const met = happenings(heard, 'promote', metFullQueue(stack, 'promote'))?.map(at) ?? []
  const reset = met.find(({ packet, certain }) => {
    const answer = o.find((x) => x.packet > packet && x.from === 'server')
    return certain && answer?.flags === 'R'
  })
  return reset ? { reset: { ...reset, dropped: 'ACK', deferrable: false } } : {}
}

/** It may have been promoted by any packet of the client. */
const unexplained = (client: string, o: readonly Observation[]): ListenerFacts => {
  const acks = o.filter(({ from, flags }) => from === 'client' && !/[SR]/.test(flags))
  const first = acks[0]
  const to = Number.POSITIVE_INFINITY
  return {
    client,
    kernels: [],
    overflows: [],
    admitted: [],
    ...(first && { promoted: { from: first.time!, to, packet: first.packet, certain: false } }),
    ...(o[0] && { mayRequest: { from: o[0].time!, to } }),
    unexplained: true,
  }
}

/** linux: tcp_conn_request; RFC 9293 knows no queue that could be full. */
const dropsSyns = ({ dialect }: Stack): boolean => dialect.synOnFullAcceptQueue !== 'admit'

/** The SYN+ACK that comes after it shows that it was not honoured. */
const isRepeatedAfter = ({ packet }: Fact, o: readonly Observation[]): boolean =>
  o.some((x) => x.packet > packet && x.from === 'server' && x.flags === 'S.' && !x.forged)

/** TCP_DEFER_ACCEPT ignores a bare ACK, but none after a SYN+ACK that was repeated since. linux: tcp_check_req, syn_ack_recalc */
const mayBeDeferred = ({ packet }: Fact, first: Fact, o: readonly Observation[]): boolean => {
  const cause = o.find((x) => x.packet === packet)
  if (cause === undefined || cause.len > 0 || cause.flags.includes('F')) return false
  return !o.some((x) => x.packet > first.packet && x.packet < packet && x.from === 'server' && x.flags === 'S.')
}

/** Seconds on the way from the tap to the server, at most. */
const LONGEST = 2

/**
 * A packet of the client causes it; one of the server may have been sent after it. At the server's own interface packets
 * are dealt with in the order in which the tap sees them.
 */
const factOf = ({ first, by, certain }: Happening, o: readonly Observation[], tap: Tap): Fact => {
  const cause = o.slice(0, first).findLast(({ from }) => from === 'client') ?? o[0]!
  const latest = by <= o.length ? o[Math.max(0, by - 1)]!.time! : Number.POSITIVE_INFINITY
  const near = lastCause(o, first, by) + (tap === 'server' ? 0 : LONGEST)
  const from = cause.time!
  return { from, to: Math.max(from, Math.min(latest, near)), packet: cause.packet, certain }
}

/** The last packet of the client that may still have caused it: what it was by when this passed the tap, it was before this arrived. */
const lastCause = (o: readonly Observation[], first: number, by: number): number =>
  o.slice(0, Math.min(by - 1, o.length)).findLast(({ from }, i) => from === 'client' && i >= first - 1)?.time ??
  o[Math.max(0, first - 1)]!.time!

/** Each new SYN+ACK answers a SYN. linux: tcp_conn_request asks sk_acceptq_is_full before it sends a cookie, too */
const admissions = (o: readonly Observation[]): Fact[] => {
  let syn: Observation | undefined
  /** Numbers of SYN+ACKs, forged ones too. */
  const known = new Set<Observation['seq']>()
  const facts: Fact[] = []
  for (const x of o) {
    if (x.from === 'client' && x.flags === 'S') syn = x
    if (x.from !== 'server' || x.flags !== 'S.') continue
    if (!x.forged && !known.has(x.seq) && syn !== undefined)
      facts.push({ from: syn.time!, to: x.time!, packet: x.packet, certain: true })
    known.add(x.seq)
  }
  return facts
}

/** From the belief after each packet, which holds until the next. A cookie is no request: only one repeats its SYN+ACK. */
const requestOf = ({ beliefs, observations: o }: Replayed, until: number): Pick<ListenerFacts, 'request'> => {
  const isRepeated = (x: Observation, i: number): boolean =>
    x.flags === 'S.' && x.from === 'server' && i > 0 && o[i - 1]!.flags !== 'S'
  if (!o.some(isRepeated)) return {}
  const timeline = beliefs()
  const endOf = (i: number): number => o[i + 1]?.time ?? until
  const only = timeline.findIndex(({ possible: { server } }) => server.join() === 'SYN_RECV')
  const after = timeline.findIndex(({ possible: { server } }, i) => i > only && server.join() !== 'SYN_RECV')
  const last = (after < 0 ? timeline.length : after) - 1
  const repeats = o.some((x, i) => i > only && isRepeated(x, i))
  return only >= 0 && repeats ? { request: { from: o[only]!.time!, to: endOf(last), packet: o[only]!.packet } } : {}
}

/** From the SYN until it is promoted or surely gone; never, where no SYN+ACK was seen. */
const mayRequest = (
  { beliefs, observations: o }: Replayed,
  promoted: Fact | undefined,
  until: number,
): Pick<ListenerFacts, 'mayRequest'> => {
  const answer = o.findIndex(({ from, flags }) => from === 'server' && flags === 'S.')
  const syn = o.slice(0, Math.max(0, answer)).findLast(({ flags }) => flags === 'S')
  if (syn === undefined) return {}
  if (promoted?.certain) return { mayRequest: { from: syn.time!, to: promoted.to } }
  const last = beliefs().findLastIndex(({ possible: { server } }) => server.includes('SYN_RECV'))
  return { mayRequest: { from: syn.time!, to: o[last + 1]?.time ?? until } }
}
