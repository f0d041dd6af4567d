/** What an end must have been: read off the hypotheses that survive the whole capture. */
import type { Invention } from './inventions.ts'
import { entryOf } from './search/entry.ts'
import { type OnwardOf, onwardOf } from './search/onward.ts'
import { firstAtLeast } from './search/ordered.ts'
import { Node, type Searched } from './search/search.ts'
import type { Edge } from './search/transition.ts'

/** A state that is possible at the end but not the cheapest, and what it would have to invent. */
export interface Alternative {
  readonly end: 'client' | 'server'
  readonly state: string
  readonly cost: number
  readonly invents: readonly string[]
}

export interface Surviving<E> {
  readonly searched: Searched<E>
  /** From every hypothesis that leads to the end of the capture: the cheapest way there. */
  readonly onward: OnwardOf
  readonly cheapest: number
  readonly slack: number
}

/** Backwards from the end of the capture: which hypotheses lead there, and how. Segments that never arrived are owed at the end. */
export const surviving = <E>(searched: Searched<E>, slack: number): Surviving<E> => {
  const onward = onwardOf(searched, ({ to }, i) => to.all[i]!.h.due.length)
  const last = searched.transitions.length - 1
  const cheapest = searched.transitions[last]!.to.all.reduce(
    (least, { h, cost, isHeld }) => (isHeld ? Math.min(least, searched.least[last]! + cost + h.due.length) : least),
    Number.POSITIVE_INFINITY,
  )
  return { searched, onward, cheapest, slack }
}

/** What a run through the hypothesis at that place costs in all, at least. */
const totalAt = <E>({ searched, onward }: Surviving<E>, step: number, index: number): number =>
  searched.least[step]! +
  searched.transitions[step]!.to.all[index]!.cost +
  onward.least[step]! +
  onward.at[step]!.cost[index]!

/** The states that the end may be in from the packet of that index until the next: in the cheapest hypotheses, and in all. */
export interface States {
  readonly cheapest: string[]
  readonly possible: string[]
}

export const statesAfter = <E>(s: Surviving<E>, index: number): States => {
  const { seen } = s.searched.steps
  const layer = index + 1
  const last = s.searched.transitions.length - 1
  const first = Math.min(firstAtLeast(seen, layer), last)
  if (first === last || seen[first] !== layer || seen[first + 1] !== layer) return statesAt(s, first)
  const all: States[] = []
  for (let step = first; seen[step] === layer && step <= last; step++) all.push(statesAt(s, step))
  const union = (of: keyof States): string[] => [...new Set(all.flatMap((states) => states[of]))].sort()
  return { cheapest: union('cheapest'), possible: union('possible') }
}

/** Of equal moments with equal futures. */
const known = new WeakMap<object, Map<unknown, Map<number, States>>>()

const statesAt = <E>(s: Surviving<E>, step: number): States => {
  const { searched, onward, cheapest, slack } = s
  const { to } = searched.transitions[step]!
  const future = onward.at[step]!
  const spare = cheapest - searched.least[step]! - onward.least[step]!
  const bySpare = entryOf(entryOf(known, future), to)
  const found = bySpare.get(spare * 64 + slack)
  if (found !== undefined) return found
  const names = (most: number): string[] => {
    const held = to.all.filter(({ cost, isHeld }, i) => isHeld && cost + future.cost[i]! <= spare + most)
    return [...new Set(held.map(({ h }) => searched.actor.name(h.end)))].sort()
  }
  const states = { cheapest: names(0), possible: names(slack) }
  bySpare.set(spare * 64 + slack, states)
  return states
}

/** The nodes at the end that cost at most so much more than the cheapest. */
const survivors = <E>(s: Surviving<E>, most: number): Node<E>[] => {
  const { transitions, steps } = s.searched
  const last = transitions.length - 1
  const found: Node<E>[] = []
  for (let step = last; step >= 0 && (step === last || steps.seen[step] === steps.seen[last]); step--)
    for (const [i, { isHeld }] of transitions[step]!.to.all.entries())
      if (isHeld && totalAt(s, step, i) <= s.cheapest + most) found.push(new Node(s.searched, step, i))
  return found
}

/** At the end of the capture: what else the end could be, each with the least it would have to invent, by its last invention. */
export const alternatives = <E>(s: Surviving<E>): Alternative[] => {
  const { actor } = s.searched
  const usual = new Set(survivors(s, 0).map((n) => actor.name(n.h.end)))
  const best = new Map<string, Alternative>()
  for (const n of survivors(s, s.slack)) {
    const state = actor.name(n.h.end)
    if (usual.has(state)) continue
    const run = runOf(s, n)
    const found = { end: actor.side, state, cost: totalAt(s, n.step, n.index), invents: wordsOf(run) }
    const { id, about } = run.invents.at(-1) ?? {}
    const key = `${state} ${id} ${about?.what} ${about?.times}`
    if (found.cost < (best.get(key)?.cost ?? Number.POSITIVE_INFINITY)) best.set(key, found)
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost)
}

/** One place on a run, and the step that led there; the first has none. */
export interface Place<E> {
  readonly node: Node<E>
  readonly edge?: Edge & { readonly node: Node<E> }
}

/** The cheapest run through a node, first to last, with the edges taken. */
export const runThrough = <E>(s: Surviving<E>, n: Node<E>): Place<E>[] => {
  const run: Place<E>[] = []
  let node = new Node(s.searched, 0, 0)
  walkThrough(s, n, (step, index, edge) => {
    const to = new Node(s.searched, step, index)
    run.push(edge === undefined ? { node: to } : { node: to, edge: { ...edge, node } })
    node = to
  })
  return run
}

/** Visits the places of the cheapest run through a node, first to last. @returns the last of them */
const walkThrough = <E>(
  { searched, onward }: Surviving<E>,
  n: Node<E>,
  visit: (step: number, index: number, edge?: Edge) => void,
): { readonly step: number; readonly index: number } => {
  const { transitions } = searched
  const edges: Edge[] = []
  let [step, index] = [n.step, n.index]
  for (let edge = cheapestEdge(searched, step, index); edge !== undefined; edge = cheapestEdge(searched, step, index)) {
    edges.push(edge)
    if (!edge.isHidden) step--
    index = edge.source
  }
  visit(step, index)
  for (let i = edges.length - 1; i >= 0; i--) {
    const edge = edges[i]!
    if (!edge.isHidden) step++
    index = i === 0 ? n.index : edges[i - 1]!.source
    visit(step, index, edge)
  }
  for (;;) {
    const next = step < transitions.length ? onward.at[step]!.next[index] : undefined
    if (next === undefined) return { step, index }
    if (!next.edge.isHidden) step++
    index = next.to
    visit(step, index, next.edge)
  }
}

const cheapestEdge = <E>({ transitions }: Searched<E>, step: number, index: number): Edge | undefined => {
  const { to, dearer, edges } = transitions[step]!
  let cheapest: Edge | undefined
  let least = Number.POSITIVE_INFINITY
  for (const edge of edges[index]!) {
    const { isHidden, source, cost } = edge
    const before = isHidden ? to.all[source]!.cost + dearer : transitions[step - 1]!.to.all[source]!.cost
    if (before + cost >= least) continue
    least = before + cost
    cheapest = edge
  }
  return cheapest
}

/** What the cheapest run through a node invents, in order, and how many segments it takes to be lost or overtaken. */
export const inventions = <E>(s: Surviving<E>, n: Node<E>): string[] => wordsOf(runOf(s, n))

interface Run {
  readonly invents: readonly Invention[]
  /** Segments that it takes to be lost or overtaken. */
  readonly lost: number
}

const runOf = <E>(s: Surviving<E>, n: Node<E>): Run => {
  const invents: Invention[] = []
  let lost = 0
  const last = walkThrough(s, n, (_step, _index, edge) => {
    if (edge?.invents !== undefined) invents.push(edge.invents)
    else lost += edge?.cost ?? 0
  })
  const { h } = s.searched.transitions[last.step]!.to.all[last.index]!
  return { invents, lost: lost + h.due.length }
}

const wordsOf = ({ invents, lost }: Run): string[] => {
  const words = invents.map((i) => i.words)
  return lost > 0 ? [...words, `${lost} segment${lost > 1 ? 's' : ''} lost or overtaken`] : words
}

/** The nodes at the end that cost at most so much more than the cheapest, the cheapest first. */
export const endsWithin = <E>(s: Surviving<E>, most: number): Node<E>[] =>
  survivors(s, most).sort((a, b) => totalAt(s, a.step, a.index) - totalAt(s, b.step, b.index))

/** One of the cheapest nodes at the end. */
export const cheapestEnd = <E>(s: Surviving<E>): Node<E> => survivors(s, 0)[0]!
