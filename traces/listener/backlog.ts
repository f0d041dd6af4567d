/** What the queues of a listener tell of its backlog B: a full accept queue holds B + 1, a SYN queue so many by the kernel. */
import { type ProfileName, profiles } from '../../model/index.ts'
import type { Fact, ListenerFacts } from './facts.ts'
import { mayWait, overflowsOf } from './queue.ts'

export interface Bound {
  readonly value: number
  /** The packets that show it. */
  readonly packets: readonly number[]
}

/** Kernels that explain the server in every connection that is explained. */
export const kernelsOf = (all: readonly ListenerFacts[]): ProfileName[] =>
  (Object.keys(profiles) as ProfileName[]).filter((name) =>
    all.every(({ kernels, unexplained }) => unexplained || kernels.includes(name)),
  )

/** B is at most this, or a full queue would have needed more children than can have been in it. */
export const mostBacklog = (all: readonly ListenerFacts[]): Bound | undefined =>
  overflowsOf(all)
    .map(({ fact }) => ({ value: mayWait(all, fact.to) - 1, packets: [fact.packet] }))
    .reduce<Bound | undefined>((least, b) => (least === undefined || b.value < least.value ? b : least), undefined)

/** B is at least this, or not all of these requests would have been admitted. linux: inet_csk_reqsk_queue_is_full */
export const leastBacklog = (all: readonly ListenerFacts[]): Bound | undefined => {
  const requests = all.flatMap(({ request }) => (request ? [request] : []))
  const crowds = requests.map((r) => requests.filter((x) => x.from <= r.from && r.from <= x.to))
  const crowd = crowds.reduce<typeof requests>((most, c) => (c.length > most.length ? c : most), [])
  const value = Math.min(...kernelsOf(all).map((name) => backlogFor(crowd.length, name)))
  return crowd.length > 0 && value > 0 && value < Number.POSITIVE_INFINITY
    ? { value, packets: crowd.map(({ packet }) => packet).sort((a, b) => a - b) }
    : undefined
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
  if (waiting === 0) return 'nobody can be in the accept queue then'
  if (backlog !== undefined && waiting <= backlog)
    return `at most ${children(waiting)} can be in the accept queue then, and ${backlog + 1} fill it`
  if (!kernelsOf(all).every((name) => profiles[name].dialect.synOnFullAcceptQueue === 'drop')) return undefined
  const last = all
    .flatMap((c) => c.admitted)
    .filter((a) => a.to <= from)
    .reduce<Fact | undefined>((latest, a) => (latest === undefined || a.from > latest.from ? a : latest), undefined)
  return last === undefined || mayEnter(all, last.from, to)
    ? undefined
    : `packet ${last.packet} admits a SYN, and nobody can have entered the accept queue since`
}

const mayEnter = (all: readonly ListenerFacts[], from: number, to: number): boolean =>
  all.some(({ promoted: p }) => p !== undefined && p.to > from && p.from <= to)

const children = (n: number): string => (n === 1 ? 'one child' : `${n} children`)
