/**
 * The search for what one end may have been: layer by layer, one packet after another; within a layer everything hidden
 * that may happen before the next packet. Every hypothesis has a cost, what it had to invent so far; one that costs
 * `slack` more than the cheapest of its layer is not followed.
 */

import type { Counter } from '../../../model/index.ts'
import type { Actor, Hypothesis, Rest, Way } from '../actors/hypothesis.ts'
import type { Invention } from '../inventions.ts'
import { analysed } from '../packets/analysis.ts'
import type { Observation, Side } from '../packets/observation.ts'
import { asSent, seenAfter } from '../packets/sending.ts'
import { restsOf } from './foresight.ts'
import { Layer } from './layer.ts'
import type { Remembering } from './memory.ts'
import { outlook } from './outlook.ts'
import { sameness } from './sameness.ts'
import { settled, unheard } from './settled.ts'
import { type Ahead, becomesDue, explanations, hiddenWays } from './ways.ts'

export interface Edge<E> {
  readonly node: Node<E>
  readonly cost: number
  readonly invents?: Invention
  readonly count?: readonly Counter[]
  readonly astray?: number
}

/** A hypothesis right after packet number `layer` (an index; 0 is before the first), or after hidden steps from there. */
export interface Node<E> {
  readonly h: Hypothesis<E>
  readonly layer: number
  readonly steps: number
  /** Least cost of getting here. */
  cost: number
  /** What comes next comes at once: no packet is sent from here. */
  passes: boolean
  readonly from: Edge<E>[]
}

export interface Searched<E> {
  readonly actor: Actor<E>
  /** Nodes by layer: layer n holds what may be believed from packet n until packet n + 1. */
  readonly layers: readonly (readonly Node<E>[])[]
  /** Index of the first observation that nothing explains. */
  readonly failedAt?: number
  /** The same, with what the rest of the capture tells of it. */
  readonly failed?: Observation
  /** The bound on hypotheses cut something off. */
  readonly cut: boolean
}

export interface Limits {
  /** Hidden steps between two packets. */
  readonly hidden: number
  /** How much dearer than the cheapest a hypothesis may be. */
  readonly slack: number
  /** Where even the cheapest costs more than this, the cheapest are enough: another kernel explains the capture with less. */
  readonly enough: number
  /** Hypotheses kept per layer. */
  readonly width: number
  /** Segments that the wire may deliver twice; none unless told. */
  readonly copies: number
  /** RSTs may have overtaken what the tap saw after them. */
  readonly resetsOvertake: boolean
  /** Where no clock tells in which order an end has sent its packets, their numbers do. */
  readonly numbersOrder: boolean
  /** Hypotheses in all; where there would be more, the search gives up. */
  readonly most: number
  /** The tap is the interface of this end: what it has seen come has arrived at once. */
  readonly tapAt?: Side
}

const narrow: Limits = {
  hidden: 5,
  slack: 3,
  enough: Number.POSITIVE_INFINITY,
  width: 5_000,
  copies: 0,
  resetsOvertake: false,
  numbersOrder: true,
  most: Number.POSITIVE_INFINITY,
}
const wide: Limits = { ...narrow, hidden: 6, slack: 8 }
/** Any order that is near the one seen: too many to follow them far. */
const anyOrder = { numbersOrder: false, most: 200_000 }

/** Narrow first; wider only where nothing explains the capture, so that no divergence is for want of invention. */
export const stages: readonly Limits[] = [
  narrow,
  { ...narrow, resetsOvertake: true },
  wide,
  { ...narrow, ...anyOrder },
  { ...wide, ...anyOrder },
]

export const search = <E extends object>(
  observations: readonly Observation[],
  actor: Remembering<E>,
  limits: Limits,
): Searched<E> => {
  const steps = asSent(observations, actor.side, limits.resetsOvertake)
  const told = analysed(steps.map(({ o }) => o))
  const seen = seenAfter(steps)
  const keyOf = sameness(actor)
  const future = outlook(actor, told, limits.numbersOrder)
  const rests = restsOf(told, actor.side)
  const layers: Node<E>[][] = Array.from({ length: observations.length + 1 }, () => [])
  const keep = (nodes: Node<E>[], after: number): Node<E>[] => {
    for (let i = (seen[after - 1] ?? -1) + 1; i <= seen[after]!; i++) layers[i] = nodes
    if (seen[after] === seen[after - 1]) layers[seen[after]!] = [...layers[seen[after]!]!, ...nodes]
    return nodes
  }
  const h: Hypothesis<E> = { end: actor.start, unseen: [], late: [], due: [], stray: [], copies: limits.copies }
  const first = new Layer<E>(0, told.length, limits, keyOf)
  first.begin(h)
  close(first, actor, limits, rests[0]!, { outlook: future, step: 0 })
  let nodes = keep(first.kept(), 0)
  let cut = first.cut
  let followed = nodes.length
  for (const [i, o] of told.entries()) {
    const layer = new Layer<E>(seen[i + 1]!, told.length, limits, keyOf)
    const ahead = { outlook: future, step: i + 1 }
    for (const node of nodes) {
      if (node.passes) continue
      const ways = o.from === actor.side ? sentBy(node.h, o, actor, ahead) : [comesTo(node.h, o, ahead)]
      for (const way of ways) layer.add(node, settled(way, actor, ahead), 0)
    }
    if (layer.isEmpty || followed > limits.most) {
      const found = { actor, layers: upTo(layers, steps[i]!.at, nodes), cut: cut || !layer.isEmpty }
      return { ...found, failed: o, failedAt: steps[i]!.at }
    }
    close(layer, actor, limits, rests[i + 1]!, ahead)
    cut ||= layer.cut
    const isQuiet = limits.tapAt === actor.side && isAtRest(o, told[i + 1])
    followed += layer.size
    nodes = keep(isQuiet ? atRest(layer.kept()) : layer.kept(), i + 1)
  }
  return { actor, layers, cut }
}

/** Seconds between two packets after which nothing is under way inside a host. */
const AT_ONCE = 0.02

/** All that the tap has seen has arrived; and what was sent, it has seen, but for ACKs that the kernel may have spared itself. */
const atRest = <E>(nodes: readonly Node<E>[]): Node<E>[] => {
  const arrived = nodes.filter(({ h }) => h.due.length + h.stray.length === 0)
  const seen = arrived.filter(({ h }) => h.unseen.every(({ flags, len }) => flags === '.' && len === 0))
  return seen.length > 0 ? seen : arrived
}

const isAtRest = (o: Observation, next: Observation | undefined): boolean =>
  next === undefined || (o.time !== undefined && next.time !== undefined && next.time - o.time > AT_ONCE)

/** The layers until a packet that nothing explains, even where it was sent before others. */
const upTo = <E>(layers: readonly Node<E>[][], failedAt: number, last: Node<E>[]): Node<E>[][] =>
  layers.slice(0, failedAt + 1).map((layer) => (layer.length === 0 ? last : layer))

/** What is lost beyond the tap never arrives. */
const comesTo = <E>(h: Hypothesis<E>, o: Observation, ahead: Ahead<E>): Way<E> =>
  o.seenAtFarTap === false ? { to: h, cost: 0 } : becomesDue(h, o.segment, ahead)

/** A forged packet is none of the end's. */
const sentBy = <E>(h: Hypothesis<E>, o: Observation, actor: Actor<E>, ahead: Ahead<E>): Way<E>[] =>
  o.forged ? [{ to: h, cost: 0 }] : explanations(h, o, actor, ahead)

/** Adds everything that hidden steps lead to, cheapest first. */
const close = <E>(layer: Layer<E>, actor: Actor<E>, limits: Limits, rest: Rest, ahead: Ahead<E>): void => {
  for (let node = layer.next(); node !== undefined; node = layer.next()) {
    const next = unheard(node.h, actor, ahead)
    node.passes = next !== undefined
    if (next !== undefined) layer.add(node, next, node.steps)
    else
      for (const way of hiddenWays(node.h, actor, rest, layer.budget(node), ahead)) {
        const steps = node.steps + (way.cost === 0 ? 0 : 1)
        if (steps <= limits.hidden && !ahead.outlook.rulesOut(way.to, ahead.step))
          layer.add(node, settled(way, actor, ahead), steps)
      }
  }
}
