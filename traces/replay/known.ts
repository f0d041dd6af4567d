/** What else is known of an end: the hypotheses that it rules out, and those through which every run has to lead. */
import type { Actor } from './actors/hypothesis.ts'
import type { Edge, Node, Searched } from './search/search.ts'

/** A state that somebody else saw an end in. */
export interface Known {
  /** How many packets of the connection the tap had seen by then: at least, and at most. */
  readonly after: readonly [from: number, to: number]
  /** As `ss` names them; one of them. */
  readonly states: readonly string[]
  /** Who says so, and where. */
  readonly words: string
}

export interface Narrowed<E> {
  readonly searched: Searched<E>
  /** What no hypothesis agrees with: the first such piece of knowledge, and in which states the packets leave the end instead. */
  readonly contradicted?: string
}

export const narrowedBy = <E>(searched: Searched<E>, known: readonly Known[]): Narrowed<E> => {
  let narrowed = searched
  for (const k of known) {
    const last = narrowed.layers.length - 1
    const window: Window = { from: Math.min(k.after[0], last), to: Math.min(k.after[1], last) }
    const through = leadingThrough(narrowed, window, (n) => k.states.includes(narrowed.actor.name(n.h.end)))
    if (through === undefined) return { searched: narrowed, contradicted: contradiction(k, narrowed, window) }
    narrowed = through
  }
  return { searched: narrowed }
}

/** Layers, both included. */
interface Window {
  readonly from: number
  readonly to: number
}

const contradiction = <E>({ words }: Known, { layers, actor }: Searched<E>, { from, to }: Window): string => {
  const leadOn = ancestorsOf(new Set(layers.at(-1)))
  const nodes = layers.slice(from, to + 1).flatMap((layer) => layer.filter((n) => leadOn.has(n)))
  const states = [...new Set(nodes.map((n) => actor.name(n.h.end)))].sort()
  return `${words}, but the packets leave the ${actor.side} ${states.join(' or ')} by then`
}

/** Only the runs that lead through such a node in the window; undefined if none does. */
const leadingThrough = <E>(
  searched: Searched<E>,
  { from, to }: Window,
  isSuch: (n: Node<E>) => boolean,
): Searched<E> | undefined => {
  const last = searched.layers.length - 1
  const gates = new Set(searched.layers.slice(from, to + 1).flatMap((nodes) => nodes.filter(isSuch)))
  if (gates.size === 0) return undefined
  const upTo = ancestorsOf(gates)
  const beyond = onwardFrom(gates, searched)
  const layers = searched.layers.map((nodes, i) =>
    nodes.flatMap((n) => {
      const before = i < from ? upTo.has(n) : gates.has(n) || (i <= to && i < last && upTo.has(n))
      const after = i < from ? undefined : beyond.get(n)
      return [...(before ? [n] : []), ...(after ? [after] : [])]
    }),
  )
  return layers.some((nodes) => nodes.length === 0) ? undefined : { ...searched, layers }
}

const ancestorsOf = <E>(nodes: ReadonlySet<Node<E>>): Set<Node<E>> => {
  const found = new Set(nodes)
  for (const n of found) for (const { node } of n.from) found.add(node)
  return found
}

/** Copies of all nodes that come after the gates, with what they cost by way of a gate. */
const onwardFrom = <E>(gates: ReadonlySet<Node<E>>, { layers }: Searched<E>): Map<Node<E>, Node<E>> => {
  const next = new Map<Node<E>, { to: Node<E>; edge: Edge<E> }[]>()
  for (const to of new Set(layers.flat()))
    for (const edge of to.from) next.set(edge.node, [...(next.get(edge.node) ?? []), { to, edge }])
  const copies = new Map<Node<E>, Node<E>>()
  const waiting: [of: Node<E>, at: Node<E>][][] = []
  const wait = (of: Node<E>, at: Node<E>): void => {
    waiting[at.cost] ??= []
    waiting[at.cost]!.push([of, at])
  }
  for (const gate of gates) wait(gate, gate)
  for (let cost = 0; cost < waiting.length; cost++) {
    const bucket = waiting[cost] ?? []
    for (let item = bucket.pop(); item !== undefined; item = bucket.pop()) {
      const [of, at] = item
      if (at.cost !== cost) continue
      for (const { to, edge } of next.get(of) ?? []) {
        if (gates.has(to)) continue
        const total = cost + edge.cost
        const known = copies.get(to)
        const copy = known ?? { ...to, cost: total, from: [] }
        if (!copy.from.some((e) => e.node === at && e.invents === edge.invents)) copy.from.push({ ...edge, node: at })
        if (known === undefined || total < known.cost) {
          copy.cost = total
          copies.set(to, copy)
          wait(to, copy)
        }
      }
    }
  }
  return copies
}

/** The same end, but that it never becomes what is ruled out. */
export const neverBecoming = <E>(actor: Actor<E>, isRuledOut: (end: E) => boolean): Actor<E> => ({
  ...actor,
  arrive: (end, segment, isShut) => actor.arrive(end, segment, isShut).filter(({ to }) => !isRuledOut(to)),
  silently: (end, rest) => actor.silently(end, rest).filter(({ to }) => !isRuledOut(to)),
  acts: (end, o) => actor.acts(end, o).filter(({ to }) => !isRuledOut(to)),
})
