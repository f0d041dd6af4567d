/** What the queues of a listener tell of its backlog B: a full accept queue holds B + 1, a SYN queue so many by the kernel. */
import { hostProfiles, type ProfileName, profiles } from '../../model/index.ts'
import type { Fact, ListenerFacts } from './facts.ts'
import { mayEnter, mayWait, overflowsOf } from './queue.ts'
import { ascending, atMost, below, once } from './sorted.ts'

export interface Bound {
  readonly value: number
  /** The packets that show it. */
  readonly packets: readonly number[]
}

/** Kernels that explain the server in every connection that is explained. */
export const kernelsOf = once((all: readonly ListenerFacts[]): ProfileName[] =>
  hostProfiles.filter((name) => all.every(({ kernels, unexplained }) => unexplained || kernels.includes(name))),
)

/** B is at most this, or a full queue would have needed more children than can have been in it. */
export const mostBacklog = (all: readonly ListenerFacts[]): Bound | undefined =>
  overflowsOf(all)
    .map(({ fact }) => ({ value: mayWait(all, fact.to) - 1, packets: [fact.packet] }))
    .reduce<Bound | undefined>((least, b) => (least === undefined || b.value < least.value ? b : least), undefined)

/** B is at least this, or not all of these requests would have been admitted. linux: inet_csk_reqsk_queue_is_full */
export const leastBacklog = once((all: readonly ListenerFacts[]): Bound | undefined => {
  const crowd = crowdOf(all.flatMap(({ request }) => (request ? [request] : [])))
  const value = Math.min(...kernelsOf(all).map((name) => backlogFor(crowd.length, name)))
  return crowd.length > 0 && value > 0 && value < Number.POSITIVE_INFINITY
    ? { value, packets: crowd.map(({ packet }) => packet).sort((a, b) => a - b) }
    : undefined
})

type Request = NonNullable<ListenerFacts['request']>

/** The most requests that waited at once. */
const crowdOf = (requests: readonly Request[]): Request[] => {
  const from = ascending(requests.map((r) => r.from))
  const to = ascending(requests.map((r) => r.to))
  const sizes = requests.map((r) => atMost(from, r.from) - below(to, r.from))
  const most = requests[sizes.reduce((best, size, i) => (size > sizes[best]! ? i : best), 0)]
  return most === undefined ? [] : requests.filter((x) => x.from <= most.from && most.from <= x.to)
}

const backlogFor = (requests: number, kernel: ProfileName): number => {
  const { synQueueFull } = profiles[kernel].dialect
  if (synQueueFull === 'q > B') return requests - 1
  return synQueueFull === 'q >= B' ? requests : 0
}

/** Why an ACK or a SYN cannot have met a full accept queue then, if the capture shows all connections of the listener. */
export const hadRoom = (
  all: readonly ListenerFacts[],
  { from, to }: Pick<Fact, 'from' | 'to'>,
  backlog: number | undefined,
): string | undefined => {
  const waiting = mayWait(all, to)
  if (waiting === 0) return 'no connection can be in the accept queue then'
  if (backlog !== undefined && waiting <= backlog)
    return `at most ${children(waiting)} can be in the accept queue then, and ${backlog + 1} fill it`
  if (!kernelsOf(all).every((name) => profiles[name].dialect.synOnFullAcceptQueue === 'drop')) return undefined
  const last = lastAdmitted(all, from)
  return last === undefined || mayEnter(all, last.from, to)
    ? undefined
    : `packet ${last.packet} admits a SYN, and no connection can have entered the accept queue since`
}

/** SYNs that were admitted, in order of when they surely were; and of each and those before it the one that came last. */
const admissions = once((all: readonly ListenerFacts[]) => {
  const facts = all.flatMap((c) => c.admitted).sort((a, b) => a.to - b.to)
  let last: Fact | undefined
  const latest = facts.map((a) => {
    last = last === undefined || a.from > last.from ? a : last
    return last
  })
  return { times: facts.map(({ to }) => to), latest }
})

const lastAdmitted = (all: readonly ListenerFacts[], by: number): Fact | undefined => {
  const { times, latest } = admissions(all)
  return latest[atMost(times, by) - 1]
}

const children = (n: number): string => (n === 1 ? 'one child' : `${n} children`)
