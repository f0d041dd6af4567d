/** What an end must have been: read off the hypotheses that survive the whole capture. */
import type { Invention } from './inventions.ts'
import type { Edge, Node, Searched } from './search/search.ts'

/** A state that is possible at the end but not the cheapest, and what it would have to invent. */
export interface Alternative {
  readonly end: 'client' | 'server'
  readonly state: string
  readonly cost: number
  readonly invents: readonly string[]
}

interface Onward<E> {
  /** Least cost from here to the end of the capture. */
  readonly cost: number
  readonly edge?: Edge<E>
  readonly node?: Node<E>
}

export interface Surviving<E> {
  readonly searched: Searched<E>
  /** From every node that leads to the end of the capture: the cheapest way there. */
  readonly onward: ReadonlyMap<Node<E>, Onward<E>>
  readonly cheapest: number
  readonly slack: number
}

/** Segments that never arrived are owed at the end. */
const owed = (n: Node<unknown>): number => n.h.due.length

/** Backwards from the end of the capture: which hypotheses lead there, and how. */
export const surviving = <E>(searched: Searched<E>, slack: number): Surviving<E> => {
  const last = searched.layers.at(-1)!
  const onward = new Map<Node<E>, Onward<E>>(last.map((n) => [n, { cost: owed(n) }]))
  const buckets: Node<E>[][] = []
  const push = (n: Node<E>, cost: number): void => {
    buckets[cost] ??= []
    buckets[cost]!.push(n)
  }
  for (const [n, { cost }] of onward) push(n, cost)
  for (let cost = 0; cost < buckets.length; cost++) {
    const bucket = buckets[cost] ?? []
    for (let n = bucket.pop(); n !== undefined; n = bucket.pop()) {
      if (onward.get(n)!.cost !== cost) continue
      for (const edge of n.from) {
        const total = cost + edge.cost
        if (total >= (onward.get(edge.node)?.cost ?? Number.POSITIVE_INFINITY)) continue
        onward.set(edge.node, { cost: total, edge, node: n })
        push(edge.node, total)
      }
    }
  }
  const cheapest = Math.min(...last.map((n) => n.cost + owed(n)))
  return { searched, onward, cheapest, slack }
}

/** What a hypothesis that runs through the node costs in all, at least. */
const totalOf = <E>(s: Surviving<E>, n: Node<E>): number => n.cost + (s.onward.get(n)?.cost ?? Number.POSITIVE_INFINITY)

const survivors = <E>(s: Surviving<E>, layer: number, most: number): Node<E>[] =>
  s.searched.layers[layer]!.filter((n) => totalOf(s, n) <= s.cheapest + most)

/** The states that the end may be in from the packet of that index until the next: in the cheapest hypotheses, and in all. */
export const statesAfter = <E>(s: Surviving<E>, index: number): { cheapest: string[]; possible: string[] } => {
  const names = (nodes: readonly Node<E>[]): string[] =>
    [...new Set(nodes.map((n) => s.searched.actor.name(n.h.end)))].sort()
  return { cheapest: names(survivors(s, index + 1, 0)), possible: names(survivors(s, index + 1, s.slack)) }
}

/** At the end of the capture: what else the end could be, each with the least it would have to invent, by its last invention. */
export const alternatives = <E>(s: Surviving<E>): Alternative[] => {
  const { actor, layers } = s.searched
  const last = layers.length - 1
  const usual = new Set(survivors(s, last, 0).map((n) => actor.name(n.h.end)))
  const best = new Map<string, Alternative>()
  for (const n of survivors(s, last, s.slack)) {
    const state = actor.name(n.h.end)
    if (usual.has(state)) continue
    const run = runThrough(s, n)
    const found = { end: actor.side, state, cost: totalOf(s, n), invents: wordsOf(run) }
    const { id, about } = inventedIn(run).at(-1) ?? {}
    const key = `${state} ${id} ${about?.what} ${about?.times}`
    if (found.cost < (best.get(key)?.cost ?? Number.POSITIVE_INFINITY)) best.set(key, found)
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost)
}

const cheapestEdge = <E>(n: Node<E>): Edge<E> | undefined =>
  n.from.length === 0 ? undefined : n.from.reduce((a, b) => (b.node.cost + b.cost < a.node.cost + a.cost ? b : a))

/** Nodes of a run, first to last, each with the edge that led there. */
type Run<E> = { node: Node<E>; edge?: Edge<E> }[]

/** The cheapest run through a node. */
export const runThrough = <E>(s: Surviving<E>, n: Node<E>): Run<E> => {
  const run: Run<E> = []
  let back: Node<E> = n
  for (let edge = cheapestEdge(back); edge !== undefined; edge = cheapestEdge(back)) {
    run.unshift({ node: back, edge })
    back = edge.node
  }
  run.unshift({ node: back })
  for (let on = s.onward.get(n); on?.node !== undefined && on.edge !== undefined; on = s.onward.get(on.node))
    run.push({ node: on.node, edge: on.edge })
  return run
}

/** What the cheapest run through a node invents, in order, and how many segments it takes to be lost or overtaken. */
export const inventions = <E>(s: Surviving<E>, n: Node<E>): string[] => wordsOf(runThrough(s, n))

const inventedIn = <E>(run: Run<E>): Invention[] => run.flatMap(({ edge }) => edge?.invents ?? [])

const wordsOf = <E>(run: Run<E>): string[] => {
  const words = inventedIn(run).map((i) => i.words)
  const lost =
    run.reduce((sum, { edge }) => sum + (edge === undefined || edge.invents !== undefined ? 0 : edge.cost), 0) +
    owed(run.at(-1)!.node)
  return lost > 0 ? [...words, `${lost} segment${lost > 1 ? 's' : ''} lost or overtaken`] : words
}

/** The nodes at the end that cost at most so much more than the cheapest, the cheapest first. */
export const endsWithin = <E>(s: Surviving<E>, most: number): Node<E>[] =>
  survivors(s, s.searched.layers.length - 1, most).sort((a, b) => totalOf(s, a) - totalOf(s, b))

/** One of the cheapest nodes at the end. */
export const cheapestEnd = <E>(s: Surviving<E>): Node<E> => survivors(s, s.searched.layers.length - 1, 0)[0]!
