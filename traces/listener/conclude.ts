/** What all connections of one listener tell together. */
import { leastBacklog, mostBacklog } from './backlog.ts'
import { type Conflict, conflictsOf } from './conflicts.ts'
import type { ListenerFacts } from './facts.ts'
import { type FullSpan, fullSpans, type ProvedAccept, promotionsOf, provedAccepts } from './queue.ts'
import { sentencesOf } from './sentences.ts'

export interface AboutListener {
  /** The capture was taken at the server. */
  readonly hard: boolean
  /** B, if it is known. */
  readonly backlog?: number | undefined
  /** How many more connections there are, of which no fact is kept. */
  readonly silent?: number
}

/** Everything said of the queue supposes that the capture shows all connections of the listener. */
export interface ListenerConclusion {
  /** `address:port` */
  readonly listener: string
  readonly connections: number
  /** `certain` where the capture was taken at the server, `likely` where packets may have been lost beyond the tap. */
  readonly certainty: 'certain' | 'likely'
  /** B: as it was told, or between which numbers it is, and the packets that show it. */
  readonly backlog: {
    readonly known?: number
    readonly least: number
    readonly most?: number
    readonly packets: readonly number[]
  }
  /** Clients in order of promotion; those in one group cannot be told apart. */
  readonly promoted: readonly (readonly string[])[]
  /** Clients whose connection the application was seen to use, and the first packet that shows it. */
  readonly accepted: readonly { readonly client: string; readonly packet: number }[]
  readonly full: readonly FullSpan[]
  readonly accepts: readonly ProvedAccept[]
  /** Clients of whose connections nothing can be told: they may have been in the queue as well. */
  readonly unexplained: readonly string[]
  /** What no accept queue can have done: the capture lacks connections that were in it, or the backlog is another. */
  readonly conflicts: readonly Conflict[]
  readonly sentences: readonly string[]
}

/** @param all what each connection tells */
export const concludeListener = (
  listener: string,
  all: readonly ListenerFacts[],
  { hard, backlog, silent = 0 }: AboutListener,
): ListenerConclusion => {
  const spans = fullSpans(all)
  const conflicts = hard ? conflictsOf(all, spans, backlog) : []
  const least = leastBacklog(all)
  const bound = conflicts.length > 0 ? undefined : mostBacklog(all)
  const most = bound === undefined || bound.value < (least?.value ?? 0) ? undefined : bound
  const full = conflicts.length > 0 ? [] : spans
  const conclusion = {
    // Made when looked at: of a hundred thousand connections most never are.
    get promoted(): readonly (readonly string[])[] {
      return inOrder(all)
    },
    get accepted(): ListenerConclusion['accepted'] {
      return all.flatMap(({ client, acted, promoted }) => (acted && promoted ? [{ client, packet: acted.packet }] : []))
    },
    listener,
    connections: all.length + silent,
    certainty: hard ? ('certain' as const) : ('likely' as const),
    backlog: {
      ...(backlog !== undefined && { known: backlog }),
      least: least?.value ?? 0,
      ...(most && { most: most.value }),
      packets: [...(least?.packets ?? []), ...(most?.packets ?? [])],
    },
    full,
    accepts: provedAccepts(all, full),
    unexplained: all.filter((c) => c.unexplained).map(({ client }) => client),
    conflicts,
  }
  return Object.assign(conclusion, { sentences: sentencesOf(conclusion, least, most) })
}

const inOrder = (all: readonly ListenerFacts[]): string[][] => {
  const groups: string[][] = []
  let until = Number.NEGATIVE_INFINITY
  for (const { client, fact } of promotionsOf(all).filter(({ fact }) => fact.certain)) {
    if (fact.from > until) groups.push([])
    groups.at(-1)!.push(client)
    until = Math.max(until, fact.to)
  }
  return groups
}
