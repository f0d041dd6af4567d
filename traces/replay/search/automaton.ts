/**
 * The automaton of an end under one kernel, learnt from the model while it is used. Its states are sets of hypotheses, its
 * symbols are packets; both are relative to a frame, so regular traffic meets the same few again and again. A transition
 * that was never taken is computed by asking the model, and known from then on.
 */
import type { Renumbering } from '../../../model/index.ts'
import type { Hypothesis, Way } from '../actors/hypothesis.ts'
import { forced, heldBack, overdue } from './forced.ts'
import { type Draft, Layer } from './layer.ts'
import type { Limits } from './limits.ts'
import { type Lookahead, positionOf } from './lookahead.ts'
import type { Asked, Remembering } from './memo.ts'
import { withoutPast } from './past.ts'
import { QuestionTree } from './questions.ts'
import { renumberHypothesis } from './renumber.ts'
import { stateKey } from './state-key.ts'
import type { States } from './states.ts'
import { becomesDue, explanations, hiddenWays } from './successors.ts'
import type { PacketSymbol } from './symbols.ts'
import type { Believed, Edge, Hypotheses, Transition } from './transition.ts'

/** What an automaton shares with those of other kernels. */
export interface Sharing<E> {
  /** Runs a computation, and tells what it asked of the kernel. */
  watch<T>(compute: () => T): { readonly found: T; readonly asked: Asked<E> }
  /** Whether this kernel takes a transition of another: it answers every question alike. */
  takes(other: Automaton<E & object>, transition: Transition<E>): boolean
  /** The automata of the other kernels. */
  others(): Iterable<Automaton<E & object>>
}

export class Automaton<E extends object> {
  readonly #sharing: Sharing<E>
  readonly #actor: Remembering<E>
  readonly #limits: Limits
  readonly #states: States<E>
  readonly #keyOf: (h: Hypothesis<E>) => string
  /** By state and symbol. */
  readonly #transitions = new Map<number, QuestionTree<E, Transition<E>>>()
  /** Transitions that were computed. */
  size = 0

  constructor(actor: Remembering<E>, limits: Limits, states: States<E>, sharing: Sharing<E>) {
    this.#sharing = sharing
    this.#actor = actor
    this.#limits = limits
    this.#states = states
    this.#keyOf = stateKey(actor)
  }

  /** What the end may be before the first packet. */
  begin(symbol: PacketSymbol, lookahead: Lookahead<E>): Transition<E> {
    const key = keyOf(-1, symbol)
    return this.#known(key, lookahead) ?? this.#learn(key, symbol, lookahead, (look) => this.#beginning(look))
  }

  /** What it may be after the next packet. @param lookahead at the step after that packet, in the frame before it */
  next(from: Hypotheses<E>, symbol: PacketSymbol, lookahead: Lookahead<E>): Transition<E> {
    const key = keyOf(from.id, symbol)
    return this.#known(key, lookahead) ?? this.#learn(key, symbol, lookahead, (look) => this.#after(from, symbol, look))
  }

  /** A transition that was learnt before: under this kernel, or under another that answers every question alike. */
  #known(key: number, lookahead: Lookahead<E>): Transition<E> | undefined {
    const own = this.#transitions.get(key)?.find(lookahead)
    if (own !== undefined) return own
    for (const other of this.#sharing.others()) {
      const tree = other.#transitions.get(key)
      const found = tree?.find(lookahead)
      if (tree === undefined || found === undefined || !this.#sharing.takes(other, found)) continue
      this.#treeOf(key).adopt(tree, lookahead)
      return found
    }
    return undefined
  }

  #learn(
    key: number,
    symbol: PacketSymbol,
    lookahead: Lookahead<E>,
    open: (look: Lookahead<E>) => Layer<E>,
  ): Transition<E> {
    this.size++
    return this.#treeOf(key).learn(lookahead, (look) => {
      const { found, asked } = this.#sharing.watch(() => {
        const layer = open(look)
        if (!layer.isEmpty) this.#close(layer, symbol, look)
        return layer
      })
      return { ...this.#transition(found, symbol, look), asked }
    })
  }

  #treeOf(key: number): QuestionTree<E, Transition<E>> {
    const known = this.#transitions.get(key)
    if (known !== undefined) return known
    const tree = new QuestionTree<E, Transition<E>>()
    this.#transitions.set(key, tree)
    return tree
  }

  #beginning(look: Lookahead<E>): Layer<E> {
    const layer = this.#layer(look)
    const { copies } = this.#limits
    layer.begin({ end: this.#actor.start, unseen: [], late: [], due: [], stray: [], copies })
    return layer
  }

  #after(from: Hypotheses<E>, { o }: PacketSymbol, look: Lookahead<E>): Layer<E> {
    const layer = this.#layer(look)
    for (const [i, { h, cost, isFollowed }] of from.all.entries()) {
      if (!isFollowed) continue
      for (const way of this.#waysBy(h, o!, look)) layer.add(i, cost, forced(way, this.#actor, look), 0)
    }
    return layer
  }

  #layer(look: Lookahead<E>): Layer<E> {
    return new Layer(this.#limits, this.#keyOf, (cost) => look.isDear(cost))
  }

  /** What a packet that passes the tap means for a hypothesis. A forged one is none of the end's; what is lost beyond the tap never arrives. */
  #waysBy(h: Hypothesis<E>, o: NonNullable<PacketSymbol['o']>, look: Lookahead<E>): readonly Way<E>[] {
    if (o.from !== this.#actor.side)
      return [o.seenAtFarTap === false ? { to: h, cost: 0 } : becomesDue(h, o.segment, look)]
    return o.forged ? [{ to: h, cost: 0 }] : explanations(h, o, this.#actor, look)
  }

  /** Adds everything that hidden steps lead to, cheapest first. */
  #close(layer: Layer<E>, { rest }: PacketSymbol, look: Lookahead<E>): void {
    for (let draft = layer.next(); draft !== undefined; draft = layer.next()) {
      const next = heldBack(draft.h, this.#actor, look) ?? overdue(draft.h, this.#actor, look)
      draft.isTransient = next !== undefined
      if (next !== undefined) for (const way of next) layer.add(draft, draft.cost, way, draft.steps)
      else
        for (const way of hiddenWays(draft.h, this.#actor, rest, layer.budget(draft.cost), look)) {
          const steps = draft.steps + (way.cost === 0 ? 0 : 1)
          if (steps <= this.#limits.hidden && !look.rulesOut(positionOf(way.to, this.#actor)))
            layer.add(draft, draft.cost, forced(way, this.#actor, look), steps)
        }
    }
  }

  #transition(layer: Layer<E>, { isQuiet, onward }: PacketSymbol, look: Lookahead<E>): Omit<Transition<E>, 'asked'> {
    const drafts = layer.isEmpty ? [] : layer.kept()
    const held = new Set(isQuiet ? atRest(drafts) : drafts)
    const all = drafts.map((draft): Believed<E> => {
      const isHeld = held.has(draft)
      const h = this.#inFrame(withoutPast(draft.h, this.#actor, look), onward)
      return { h, cost: draft.cost - layer.least, isHeld, isFollowed: isHeld && !draft.isTransient }
    })
    const { state, order } = this.#states.state(all, this.#keyOf)
    return {
      to: state,
      dearer: layer.isEmpty ? 0 : layer.least,
      edges: edgesOf(order.map((i) => drafts[i]!)),
      cut: layer.cut,
      dearest: layer.dearest,
      looked: layer.size,
    }
  }

  #inFrame(h: Hypothesis<E>, by: Renumbering): Hypothesis<E> {
    const moved = by.own === 0 && by.peer === 0 ? h : renumberHypothesis(h, by, this.#actor)
    return this.#states.hypothesis(this.#keyOf(moved), moved)
  }
}

/** Of a state and a symbol. */
const keyOf = (from: number, { id }: PacketSymbol): number => from * 2 ** 26 + id

const edgesOf = <E>(drafts: readonly Draft<E>[]): Edge[][] => {
  const index = new Map(drafts.map((d, i) => [d, i]))
  return drafts.map(({ from }) =>
    from.flatMap(({ source, ...step }): Edge[] => {
      if (typeof source === 'number') return [{ ...step, isHidden: false, source }]
      const at = index.get(source)
      return at === undefined ? [] : [{ ...step, isHidden: true, source: at }]
    }),
  )
}

/** All that the tap has seen has arrived; and what was sent, it has seen, but for ACKs that the kernel may have spared itself. */
const atRest = <E>(drafts: readonly Draft<E>[]): readonly Draft<E>[] => {
  const arrived = drafts.filter(({ h }) => h.due.length + h.stray.length === 0)
  const seen = arrived.filter(({ h }) => h.unseen.every(({ flags, len }) => flags === '.' && len === 0))
  return seen.length > 0 ? seen : arrived
}
