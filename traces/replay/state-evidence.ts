/** What else is known of an end: the hypotheses that it rules out, and those through which every run has to lead. */
import type { Actor } from './actors/hypothesis.ts'
import { onwardOf } from './search/onward.ts'
import type { Searched } from './search/search.ts'
import type { Believed, Edge, Transition } from './search/transition.ts'

/** A state that another source saw an end in. */
export interface StateEvidence {
  /** How many packets of the connection the tap had seen by then: at least, and at most. */
  readonly after: readonly [from: number, to: number]
  /** As `ss` names them; one of them. */
  readonly states: readonly string[]
  /** The source, and where in it. */
  readonly words: string
}

/** A row of a listing. */
export interface KnownByRow extends StateEvidence {
  /** Bytes that the application has not read, and one for a FIN that it has not seen (Recv-Q). */
  readonly unread: number
}

export interface Constrained<E> {
  readonly searched: Searched<E>
  /** What no hypothesis agrees with: the first such piece of knowledge, and in which states the packets leave the end instead. */
  readonly contradicted?: string
}

export const constrainedBy = <E>(searched: Searched<E>, known: readonly StateEvidence[]): Constrained<E> => {
  let narrowed = searched
  for (const k of known) {
    const last = narrowed.steps.seen[narrowed.transitions.length - 1]!
    const window: Window = { from: Math.min(k.after[0], last), to: Math.min(k.after[1], last) }
    const through = leadingThrough(narrowed, window, k.states)
    if (through === undefined) return { searched: narrowed, contradicted: contradiction(k, narrowed, window) }
    narrowed = through
  }
  return { searched: narrowed }
}

/** How many packets were seen, both included. */
interface Window {
  readonly from: number
  readonly to: number
}

/** Which numbers of packets seen the hypotheses after so many steps stand for. */
const spanOf = ({ steps: { seen } }: Searched<unknown>, step: number): Window => {
  const to = seen[step]!
  const before = step === 0 ? -1 : seen[step - 1]!
  return { from: Math.min(to, before + 1), to }
}

const isIn = (span: Window, { from, to }: Window): boolean => span.from <= to && span.to >= from

const contradiction = <E>({ words }: StateEvidence, searched: Searched<E>, window: Window): string => {
  const { transitions, actor } = searched
  const onward = onwardOf(searched, () => 0)
  const states = transitions.flatMap(({ to }, step) =>
    isIn(spanOf(searched, step), window)
      ? to.all.flatMap(({ h, isHeld }, i) =>
          isHeld && onward.at[step]!.cost[i]! < Number.POSITIVE_INFINITY ? [actor.name(h.end)] : [],
        )
      : [],
  )
  return `${words}, but the packets leave the ${actor.side} ${[...new Set(states)].sort().join(' or ')} by then`
}

/**
 * Only the runs that lead through such a state in the window; undefined if none does. A hypothesis with the state is a gate:
 * each other one is kept once as one from which a gate is reached, and once as one that was reached by way of a gate, with
 * what it costs then.
 */
const leadingThrough = <E>(
  searched: Searched<E>,
  window: Window,
  states: readonly string[],
): Searched<E> | undefined => {
  const { transitions, actor } = searched
  const gates = transitions.map(({ to }, step) => {
    const isOpen = isIn(spanOf(searched, step), window)
    return to.all.map(({ h, isHeld }) => isOpen && isHeld && states.includes(actor.name(h.end)))
  })
  const leads = leadingTo(transitions, gates)
  const found: Transition<E>[] = []
  const least: number[] = []
  let before: Reached = { costs: [[], []], copies: [] }
  for (const [step, transition] of transitions.entries()) {
    const isLast = step === transitions.length - 1
    const now = reachedAt(transition, gates[step]!, leads[step]!, before)
    const costs = now.copies.map(({ index, phase }) => now.costs[phase][index]!)
    const cheapest = Math.min(...costs)
    const all = now.copies.map(({ index, phase }, i): Believed<E> => {
      const one = transition.to.all[index]!
      return { ...one, isHeld: one.isHeld && (phase === 1 || !isLast), cost: costs[i]! - cheapest }
    })
    if (!all.some(({ isHeld }) => isHeld)) return undefined
    const edges = edgesBetween(transition.edges, gates[step]!, before.copies, now.copies)
    found.push({ ...transition, to: { id: -1, all }, dearer: cheapest - (least.at(-1) ?? 0), edges })
    least.push(cheapest)
    before = now
  }
  return { ...searched, transitions: found, least: Int32Array.from(least) }
}

/** 0: no gate was passed; 1: one was, or this is one. */
type Phase = 0 | 1

interface Copy {
  readonly index: number
  readonly phase: Phase
}

interface Reached {
  /** By phase and index: the least cost of getting there, `Infinity` if it cannot be reached so. */
  readonly costs: readonly [number[], number[]]
  readonly copies: readonly Copy[]
}

/** By step and index: whether a gate lies there or further on. */
const leadingTo = <E>(transitions: readonly Transition<E>[], gates: readonly (readonly boolean[])[]): boolean[][] => {
  const leads = gates.map((at) => [...at])
  for (let step = transitions.length - 1; step >= 0; step--) {
    const { edges } = transitions[step]!
    untilSettled(() =>
      eachEdge(edges, ({ isHidden, source }, to) => {
        if (!isHidden || !leads[step]![to] || leads[step]![source]) return false
        leads[step]![source] = true
        return true
      }),
    )
    eachEdge(edges, ({ isHidden, source }, to) => {
      if (!isHidden && leads[step]![to]) leads[step - 1]![source] = true
      return false
    })
  }
  return leads
}

const reachedAt = <E>(
  { edges }: Transition<E>,
  gates: readonly boolean[],
  leads: readonly boolean[],
  before: Reached,
): Reached => {
  const never = (): number[] => gates.map(() => Number.POSITIVE_INFINITY)
  const costs: [number[], number[]] = [never(), never()]
  const reach = (phase: Phase, index: number, cost: number): boolean => {
    if (cost >= costs[phase][index]!) return false
    costs[phase][index] = cost
    return true
  }
  edges.forEach((into, index) => {
    if (into.length === 0) reach(gates[index] ? 1 : 0, index, 0)
  })
  untilSettled(() =>
    eachEdge(edges, ({ isHidden, source, cost }, to) => {
      const [unpassed, passed] = isHidden ? costs : before.costs
      if (gates[to]) return reach(1, to, Math.min(unpassed[source]!, passed[source]!) + cost)
      const isBefore = leads[to]! && reach(0, to, unpassed[source]! + cost)
      return reach(1, to, passed[source]! + cost) || isBefore
    }),
  )
  const copies = ([0, 1] as const).flatMap((phase) =>
    costs[phase].flatMap((cost, index) => (cost === Number.POSITIVE_INFINITY ? [] : [{ index, phase }])),
  )
  return { costs, copies }
}

const edgesBetween = (
  edges: readonly (readonly Edge[])[],
  gates: readonly boolean[],
  before: readonly Copy[],
  now: readonly Copy[],
): Edge[][] => {
  const [sources, own] = [placesOf(before), placesOf(now)]
  return now.map(({ index, phase }) =>
    edges[index]!.flatMap((edge): Edge[] => {
      const from = edge.isHidden ? own : sources
      const phases: readonly Phase[] = phase === 1 && gates[index] ? [0, 1] : [phase]
      return phases.flatMap((p) => {
        const source = from[p].get(edge.source)
        return source === undefined ? [] : [{ ...edge, source }]
      })
    }),
  )
}

const placesOf = (copies: readonly Copy[]): readonly [Map<number, number>, Map<number, number>] => {
  const places = [new Map<number, number>(), new Map<number, number>()] as const
  for (const [i, { index, phase }] of copies.entries()) places[phase].set(index, i)
  return places
}

/** @param visit tells whether it changed something */
const eachEdge = (edges: readonly (readonly Edge[])[], visit: (edge: Edge, to: number) => boolean): boolean => {
  let changed = false
  edges.forEach((into, to) => {
    for (const edge of into) if (visit(edge, to)) changed = true
  })
  return changed
}

const untilSettled = (round: () => boolean): void => {
  while (round());
}

/** The same end, but that it never becomes what is ruled out. */
export const neverBecoming = <E>(actor: Actor<E>, isRuledOut: (end: E) => boolean): Actor<E> => ({
  ...actor,
  arrive: (end, segment, iss) => actor.arrive(end, segment, iss).filter(({ to }) => !isRuledOut(to)),
  arriveWithoutRoom: (end, segment) => actor.arriveWithoutRoom(end, segment).filter(({ to }) => !isRuledOut(to)),
  hiddenMoves: (end, rest) => actor.hiddenMoves(end, rest).filter(({ to }) => !isRuledOut(to)),
  emissions: (end, o) => actor.emissions(end, o).filter(({ to }) => !isRuledOut(to)),
})
