/** One end of a connection, searched under each kernel that it may run. */
import type { ProfileName, Socket, Stack, Sysctls } from '../../model/index.ts'
import { clientActor } from './actors/client-actor.ts'
import type { Actor } from './actors/hypothesis.ts'
import { serverActor } from './actors/server-actor.ts'
import type { ServerEnd } from './actors/server-end.ts'
import { replayStack } from './actors/stacks.ts'
import { type Surviving, surviving } from './beliefs.ts'
import { type IssOf, issOf, serverIsns } from './packets/isns.ts'
import type { Observation } from './packets/observation.ts'
import { haveOneOrder } from './packets/order.ts'
import { clockedOffer } from './readings/old-duplicates.ts'
import { type Automata, AutomataPool, askedBy } from './search/automata.ts'
import { Budget } from './search/budget.ts'
import { type Limits, SHORT, stages } from './search/limits.ts'
import type { Asked } from './search/memo.ts'
import { Oracle } from './search/oracle.ts'
import { type Searched, search } from './search/search.ts'
import { type Path, pathOf } from './search/steps.ts'
import { type Constrained, constrainedBy, neverBecoming, type StateEvidence } from './state-evidence.ts'

/** What is known of an end beside its packets. */
export interface AboutEnd {
  readonly sysctls?: Partial<Sysctls>
  /** States in which another source saw it. */
  readonly known?: readonly StateEvidence[]
  /** No segment met a full accept queue. */
  readonly neverFull?: true
}

/** What bounds and informs the search for an end. */
export interface EndOptions extends AboutEnd {
  readonly limits?: Partial<Limits>
  /** Timestamps matter: the segments carry them, and the ends check them (PAWS). */
  readonly clocked?: boolean
  /** Automata learnt from other connections of the capture. */
  readonly asked?: AskedBefore
  /** How many hypotheses the connection may cost; the default bound, if absent. */
  readonly budget?: Budget
}

/** Automata learnt from the ends of other connections: similar connections take mostly the same transitions. */
export interface AskedBefore {
  readonly client: AutomataPool<Socket, ProfileName>
  readonly server: AutomataPool<ServerEnd, ProfileName>
}

/** One end of a connection, searched under one kernel. */
export interface EndReplay<E> {
  readonly kernel: ProfileName
  readonly searched: Searched<E>
  readonly surviving: Surviving<E>
  /** Evidence that no hypothesis agrees with; the search leaves it out. */
  readonly contradicted?: string
}

const stackOf = (kernel: ProfileName, { sysctls, clocked }: EndOptions): Stack => ({
  ...replayStack(kernel, sysctls),
  ...(clocked ? { offers: clockedOffer } : {}),
})

const withRoom = (actor: Actor<ServerEnd>, { neverFull }: EndOptions): Actor<ServerEnd> =>
  neverFull ? neverBecoming(actor, ({ full }) => full) : actor

/** The server's end of a changed list of packets, under one kernel: what if some had not come? */
export const replayServer = (o: readonly Observation[], kernel: ProfileName): EndReplay<ServerEnd> =>
  replayServers(o, [kernel], {})[0]!

export const replayClients = (
  o: readonly Observation[],
  kernels: readonly ProfileName[],
  options: EndOptions,
): EndReplay<Socket>[] => {
  const { client = new AutomataPool<Socket, ProfileName>() } = options.asked ?? {}
  const automata = client.of(told(kernels, options), kernels, (k) => clientActor(stackOf(k, options)))
  return replayEnd(o, automata, options, (irs) => irs)
}

export const replayServers = (
  o: readonly Observation[],
  kernels: readonly ProfileName[],
  options: EndOptions & { readonly cookies?: boolean },
): EndReplay<ServerEnd>[] => {
  const { server = new AutomataPool<ServerEnd, ProfileName>() } = options.asked ?? {}
  const { cookies = false } = options
  const settings = cookies ? { ...options, sysctls: { tcp_syncookies: 1, ...options.sysctls } } : options
  const automata = server.of(`${told(kernels, settings)} ${cookies}`, kernels, (k) =>
    withRoom(serverActor(stackOf(k, settings), cookies), options),
  )
  return replayEnd(o, automata, options, issOf(serverIsns(o)))
}

/** All that an end's automata depend on beside the packets. */
const told = (kernels: readonly ProfileName[], { sysctls, clocked, neverFull }: EndOptions): string =>
  JSON.stringify([kernels, sysctls, clocked, neverFull])

/** One end under each kernel, stage by stage, until under one of them something explains the whole capture. */
const replayEnd = <E extends object>(
  o: readonly Observation[],
  automata: Automata<E, ProfileName>,
  options: EndOptions,
  issOf: IssOf,
): EndReplay<E>[] => {
  let ends: EndReplay<E>[] = []
  const resets = o.some(({ flags }) => flags === 'R')
  const { side } = [...automata.family.members.values()][0]!
  const own = o.filter(({ from, flags, forged }) => from === side && !forged && !flags.includes('R'))
  const mayBeDisordered = own.some(({ clock }) => clock === undefined) && !haveOneOrder(own)
  const useful = stages.filter((s) => (resets || !s.resetsOvertake) && (mayBeDisordered || s.numbersOrder))
  const prepared = new Preparation(o, automata, issOf)
  const { budget = new Budget() } = options
  for (const stage of useful) {
    const limits = { ...stage, isShort: o.length <= SHORT, ...options.limits }
    const found = underEach(
      automata,
      (kernel, enough, done) => {
        const { path, oracle } = prepared.for(limits)
        const automaton = automata.of(kernel, limits)
        const actor = automata.family.members.get(kernel)!
        return search(actor, automaton, path, oracle, { ...limits, enough, budget }, automata.othersFor(kernel, done))
      },
      (searched) => constrainedBy(searched, options.known ?? []),
      limits.slack,
    )
    if (found.some((e) => fits(e) && agrees(e))) return found
    if (budget.isSpent) return ends.length === 0 || farthest(found) > farthest(ends) ? found : ends
    if (farthest(found) > farthest(ends) || (farthest(found) === farthest(ends) && !wasCut(found))) ends = found
  }
  return ends
}

/** What the searches of an end share: its packets in the order of sending, and the lookahead over them. */
class Preparation<E extends object> {
  readonly #observations: readonly Observation[]
  readonly #automata: Automata<E, ProfileName>
  readonly #issOf: IssOf
  readonly #paths = new Map<boolean, Path>()
  readonly #oracles = new Map<string, Oracle<E>>()

  constructor(observations: readonly Observation[], automata: Automata<E, ProfileName>, issOf: IssOf) {
    this.#observations = observations
    this.#automata = automata
    this.#issOf = issOf
  }

  for({ resetsOvertake, numbersOrder, tapAt }: Limits): { readonly path: Path; readonly oracle: Oracle<E> } {
    const { family, symbols } = this.#automata
    const [actor] = family.members.values()
    const path =
      this.#paths.get(resetsOvertake) ?? pathOf(this.#observations, actor!.side, symbols, { resetsOvertake, tapAt })
    this.#paths.set(resetsOvertake, path)
    const key = `${resetsOvertake} ${numbersOrder}`
    const oracle =
      this.#oracles.get(key) ??
      new Oracle<E>(actor!, path.packets, path.steps.frames, { numbersOrder, issOf: this.#issOf })
    this.#oracles.set(key, oracle)
    return { path, oracle }
  }
}

/** How far the capture is explained, under the kernel that explains most. */
const farthest = (ends: readonly { readonly searched: { readonly failedAt?: number } }[]): number =>
  Math.max(...ends.map(({ searched }) => searched.failedAt ?? Number.POSITIVE_INFINITY))

/** A bound dropped hypotheses. */
const wasCut = (ends: readonly { readonly searched: { readonly cut: boolean } }[]): boolean =>
  ends.some(({ searched }) => searched.cut)

/**
 * Kernels that answer every question of a search alike share it. Once one explains all, others that need more are followed
 * narrowly, unless that finds nothing.
 */
const underEach = <E extends object>(
  { family }: Automata<E, ProfileName>,
  searchFor: (kernel: ProfileName, enough: number, done: readonly Done<E>[]) => Searched<E>,
  narrow: (searched: Searched<E>) => Constrained<E>,
  slack: number,
): EndReplay<E>[] => {
  const done: Done<E>[] = []
  return [...family.members].map(([kernel, actor]) => {
    const twin = done.find((d) => family.agree(d.kernel, kernel, d.asked))?.end
    if (twin !== undefined) return twinOf(twin, kernel, actor)
    const explaining = done.flatMap(({ end }) => (fits(end) && agrees(end) ? [end.surviving.cheapest] : []))
    let enough = explaining.length > 0 ? Math.min(...explaining) + 1 : Number.POSITIVE_INFINITY
    let searched = searchFor(kernel, enough, done)
    let narrowed = narrow(searched)
    if (enough < Number.POSITIVE_INFINITY && !(fits(narrowed) && agrees(narrowed))) {
      enough = Number.POSITIVE_INFINITY
      searched = searchFor(kernel, enough, done)
      narrowed = narrow(searched)
    }
    const end = { ...narrowed, kernel, surviving: surviving(narrowed.searched, slack) }
    done.push({ kernel, searched, enough, end, asked: askedBy(searched) })
    return end
  })
}

/** What was found under a kernel. */
interface Done<E> {
  readonly kernel: ProfileName
  /** Before other knowledge narrowed it. */
  readonly searched: Searched<E>
  /** What the cheapest hypothesis might cost before only the cheapest were kept. */
  readonly enough: number
  readonly end: EndReplay<E>
  readonly asked: Asked<E>
}

const twinOf = <E>(twin: EndReplay<E>, kernel: ProfileName, actor: Actor<E>): EndReplay<E> => {
  const own = { ...twin.searched, actor }
  return { ...twin, kernel, searched: own, surviving: twin.surviving.of(own) }
}

const fits = (e: { readonly searched: { readonly failedAt?: number } }): boolean => e.searched.failedAt === undefined
const agrees = (e: { readonly contradicted?: string }): boolean => e.contradicted === undefined
export const reach = (e: EndReplay<Socket> | EndReplay<ServerEnd>): number =>
  e.searched.failedAt ?? Number.POSITIVE_INFINITY

/**
 * The kernel that explains the whole capture with the least invention, and agrees with what else is known if one does; if
 * none explains it, the one that explains most of it.
 */
export const bestOf = <E extends EndReplay<Socket> | EndReplay<ServerEnd>>(ends: readonly E[]): E =>
  agreeing(ends).reduce((best, e) =>
    reach(e) > reach(best) || (fits(e) && fits(best) && e.surviving.cheapest < best.surviving.cheapest) ? e : best,
  )

const agreeing = <E extends EndReplay<Socket> | EndReplay<ServerEnd>>(ends: readonly E[]): readonly E[] => {
  const found = ends.filter((e) => fits(e) && agrees(e))
  return found.length > 0 ? found : ends
}

/** Those that explain all, with at most one invention more than the best needs. */
export const kernelsThatFit = (ends: readonly (EndReplay<Socket> | EndReplay<ServerEnd>)[]): ProfileName[] => {
  const fitting = agreeing(ends.filter(fits))
  const least = Math.min(...fitting.map((e) => e.surviving.cheapest))
  return fitting.filter((e) => e.surviving.cheapest <= least + 1).map((e) => e.kernel)
}
