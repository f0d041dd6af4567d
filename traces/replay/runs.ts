/** Runs of a search from the first packet to the last: the cheapest through a hypothesis. */
import type { Invention } from './inventions.ts'
import type { Surviving } from './search/onward.ts'
import { Node, type Searched } from './search/search.ts'
import type { Edge } from './search/transition.ts'

/** One place on a run, and the step that led there; the first has none. */
export interface Place<E> {
  readonly node: Node<E>
  readonly edge?: Edge & { readonly node: Node<E> }
}

/** A hypothesis after so many steps, by its index among those there. */
interface At {
  readonly step: number
  readonly index: number
}

/** The cheapest run through a node, first to last, with the edges taken. */
export const runThrough = <E>(s: Surviving<E>, n: Node<E>): Place<E>[] => {
  const run: Place<E>[] = []
  let node = new Node(s.searched, 0, 0)
  const visit = ({ step, index }: At, edge?: Edge): void => {
    const to = new Node(s.searched, step, index)
    run.push(edge === undefined ? { node: to } : { node: to, edge: { ...edge, node } })
    node = to
  }
  const { from, edges } = wayTo(s.searched, n, () => false)
  visit(from)
  walkAlong(n, from, edges, visit)
  walkOn(s, n, visit)
  return run
}

/** What a run invents, in order, and how many segments it takes to be lost or overtaken. */
export interface Invented {
  readonly invents: readonly Invention[]
  readonly lost: number
}

/** The same for a place on it: what was invented up to there. */
interface Trail {
  readonly before?: Trail
  readonly invents?: Invention
  readonly lost: number
}

/** Steps before the end of which it is remembered what led to them: runs that differ at the end have mostly the same beginning. */
const RECENT = 256

/** What the cheapest runs through hypotheses near the end of a capture invent: together they cost little more than one of them. */
export class Inventing<E> {
  readonly #s: Surviving<E>
  readonly #known = new Map<number, Map<number, Trail>>()
  readonly #recent: number

  constructor(s: Surviving<E>) {
    this.#s = s
    this.#recent = s.searched.transitions.length - RECENT
  }

  through(n: Node<E>): Invented {
    const { searched } = this.#s
    const { from, edges } = wayTo(searched, n, (at) => this.#trailAt(at) !== undefined)
    let trail = this.#trailAt(from) ?? { lost: 0 }
    const take = (at: At, edge: Edge): void => {
      trail = after(trail, edge)
      if (at.step >= this.#recent) this.#remember(at, trail)
    }
    walkAlong(n, from, edges, take)
    let last: At = n
    walkOn(this.#s, n, (at, edge) => {
      trail = after(trail, edge)
      last = at
    })
    const { h } = searched.transitions[last.step]!.to.all[last.index]!
    return { invents: inventionsOn(trail), lost: trail.lost + h.due.length }
  }

  #trailAt({ step, index }: At): Trail | undefined {
    return step < this.#recent ? undefined : this.#known.get(step)?.get(index)
  }

  #remember({ step, index }: At, trail: Trail): void {
    const there = this.#known.get(step) ?? new Map<number, Trail>()
    this.#known.set(step, there)
    there.set(index, trail)
  }
}

const after = (before: Trail, { invents, cost }: Edge): Trail => {
  if (invents !== undefined) return { before, invents, lost: before.lost }
  return cost > 0 ? { before, lost: before.lost + cost } : before
}

const inventionsOn = (trail: Trail): Invention[] => {
  const found: Invention[] = []
  for (let at: Trail | undefined = trail; at !== undefined; at = at.before)
    if (at.invents !== undefined) found.push(at.invents)
  return found.reverse()
}

/** The edges of the cheapest way to a place, last to first, from the first packet or from a place that is known. */
const wayTo = <E>(searched: Searched<E>, n: At, isKnown: (at: At) => boolean): { from: At; edges: Edge[] } => {
  const edges: Edge[] = []
  let at: At = { step: n.step, index: n.index }
  while (!isKnown(at)) {
    const edge = cheapestEdge(searched, at)
    if (edge === undefined) break
    edges.push(edge)
    at = { step: edge.isHidden ? at.step : at.step - 1, index: edge.source }
  }
  return { from: at, edges }
}

/** Visits the places on a way, and how each was reached. @param edges last to first */
const walkAlong = (to: At, from: At, edges: readonly Edge[], visit: (at: At, edge: Edge) => void): void => {
  let { step } = from
  for (let i = edges.length - 1; i >= 0; i--) {
    const edge = edges[i]!
    if (!edge.isHidden) step++
    visit({ step, index: i === 0 ? to.index : edges[i - 1]!.source }, edge)
  }
}

/** Visits the places on the cheapest way from a place to the end of the capture. */
const walkOn = <E>({ searched, onward }: Surviving<E>, n: At, visit: (at: At, edge: Edge) => void): void => {
  let { step, index } = n
  for (;;) {
    const next = step < searched.transitions.length ? onward.at[step]!.next[index] : undefined
    if (next === undefined) return
    if (!next.edge.isHidden) step++
    index = next.to
    visit({ step, index }, next.edge)
  }
}

const cheapestEdge = <E>({ transitions }: Searched<E>, { step, index }: At): Edge | undefined => {
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
