/**
 * The automaton of an end under one kernel, learnt from the model while it is used. Its states are sets of hypotheses, its
 * symbols are packets; both are relative to a frame, so regular traffic meets the same few again and again. A transition
 * that was never taken is computed by asking the model, and known from then on.
 */
import { distance, type Renumbering, type Segment, segmentEnd } from '../../../model/index.ts'
import type { Hypothesis, Standing, Way } from '../actors/hypothesis.ts'
import { forced, heldBack } from './forced.ts'
import { type Draft, Layer } from './layer.ts'
import type { Limits } from './limits.ts'
import { type Lookahead, positionOf } from './lookahead.ts'
import type { Family, Remembering } from './memo.ts'
import { QuestionTree } from './questions.ts'
import { renumberHypothesis } from './renumber.ts'
import { stateKey } from './state-key.ts'
import type { Symbol } from './steps.ts'
import { becomesDue, explanations, hiddenWays } from './successors.ts'
import type { Believed, Edge, Hypotheses, Transition } from './transition.ts'

export class Automaton<E extends object> {
  readonly #family: Pick<Family<E>, 'watch'>
  readonly #actor: Remembering<E>
  readonly #limits: Limits
  readonly #keyOf: (h: Hypothesis<E>) => string
  readonly #states = new Map<string, Hypotheses<E>>()
  readonly #hypotheses = new Map<string, Hypothesis<E>>()
  /** By state and symbol. */
  readonly #transitions = new Map<number, QuestionTree<E, Transition<E>>>()
  /** Transitions that were computed. */
  size = 0

  constructor(family: Pick<Family<E>, 'watch'>, actor: Remembering<E>, limits: Limits) {
    this.#family = family
    this.#actor = actor
    this.#limits = limits
    this.#keyOf = stateKey(actor)
  }

  /** What the end may be before the first packet. */
  begin(symbol: Symbol, lookahead: Lookahead<E>): Transition<E> {
    return this.#take(-1, symbol, lookahead, (look) => {
      const layer = this.#layer(look)
      const { copies } = this.#limits
      layer.begin({ end: this.#actor.start, unseen: [], late: [], due: [], stray: [], copies })
      return layer
    })
  }

  /** What it may be after the next packet. @param lookahead at the step after that packet, in the frame before it */
  next(from: Hypotheses<E>, symbol: Symbol, lookahead: Lookahead<E>): Transition<E> {
    return this.#take(from.id, symbol, lookahead, (look) => {
      const layer = this.#layer(look)
      const o = symbol.o!
      for (const [i, { h, cost, isFollowed }] of from.all.entries()) {
        if (!isFollowed) continue
        for (const way of this.#waysBy(h, o, look)) layer.add(i, cost, forced(way, this.#actor, look), 0)
      }
      return layer
    })
  }

  #take(from: number, symbol: Symbol, lookahead: Lookahead<E>, open: (look: Lookahead<E>) => Layer<E>): Transition<E> {
    const key = from * 2 ** 26 + symbol.id
    let tree = this.#transitions.get(key)
    if (tree === undefined) {
      tree = new QuestionTree()
      this.#transitions.set(key, tree)
    }
    const known = tree.find(lookahead)
    if (known !== undefined) return known
    this.size++
    return tree.learn(lookahead, (look) => {
      const { found, asked } = this.#family.watch(() => {
        const layer = open(look)
        if (!layer.isEmpty) this.#close(layer, symbol, look)
        return layer
      })
      return { ...this.#transition(found, symbol), asked }
    })
  }

  #layer(look: Lookahead<E>): Layer<E> {
    return new Layer(this.#limits, this.#keyOf, (cost) => look.isDear(cost))
  }

  /** What a packet that passes the tap means for a hypothesis. A forged one is none of the end's; what is lost beyond the tap never arrives. */
  #waysBy(h: Hypothesis<E>, o: NonNullable<Symbol['o']>, look: Lookahead<E>): readonly Way<E>[] {
    if (o.from !== this.#actor.side)
      return [o.seenAtFarTap === false ? { to: h, cost: 0 } : becomesDue(h, o.segment, look)]
    return o.forged ? [{ to: h, cost: 0 }] : explanations(h, o, this.#actor, look)
  }

  /** Adds everything that hidden steps lead to, cheapest first. */
  #close(layer: Layer<E>, { rest }: Symbol, look: Lookahead<E>): void {
    for (let draft = layer.next(); draft !== undefined; draft = layer.next()) {
      const next = heldBack(draft.h, this.#actor, look)
      draft.isTransient = next !== undefined
      if (next !== undefined) layer.add(draft, draft.cost, next, draft.steps)
      else
        for (const way of hiddenWays(draft.h, this.#actor, rest, layer.budget(draft.cost), look)) {
          const steps = draft.steps + (way.cost === 0 ? 0 : 1)
          if (steps <= this.#limits.hidden && !look.rulesOut(positionOf(way.to, this.#actor)))
            layer.add(draft, draft.cost, forced(way, this.#actor, look), steps)
        }
    }
  }

  #transition(layer: Layer<E>, { isQuiet, onward }: Symbol): Omit<Transition<E>, 'asked'> {
    const drafts = layer.isEmpty ? [] : layer.kept()
    const held = new Set(isQuiet ? atRest(drafts) : drafts)
    const all = drafts.map((draft): Believed<E> => {
      const isHeld = held.has(draft)
      const h = this.#inFrame(draft.h, onward)
      return { h, cost: draft.cost - layer.least, isHeld, isFollowed: isHeld && !draft.isTransient }
    })
    return {
      to: this.#state(all),
      dearer: layer.isEmpty ? 0 : layer.least,
      edges: edgesOf(drafts),
      cut: layer.cut,
      looked: layer.size,
    }
  }

  #inFrame(h: Hypothesis<E>, by: Renumbering): Hypothesis<E> {
    const recent = withoutOldStrays(h, this.#actor.standing(h.end))
    const moved = by.own === 0 && by.peer === 0 ? recent : renumberHypothesis(recent, by, this.#actor)
    const key = this.#keyOf(moved)
    const known = this.#hypotheses.get(key)
    if (known !== undefined) return known
    this.#hypotheses.set(key, moved)
    return moved
  }

  #state(all: readonly Believed<E>[]): Hypotheses<E> {
    let key = ''
    for (const { h, cost, isHeld, isFollowed } of all)
      key += `${this.#keyOf(h)}:${cost}${isHeld ? '' : 't'}${isFollowed ? '' : 'n'};`
    const known = this.#states.get(key)
    if (known !== undefined) return known
    const state = { id: this.#states.size, all }
    this.#states.set(key, state)
    return state
  }
}

/** Text and ACKs that were overtaken by so much text, in numbers of the search, are lost: the wire holds nothing back for so long. */
const OLD = 64

const withoutOldStrays = <E>(h: Hypothesis<E>, standing: Standing | undefined): Hypothesis<E> => {
  if (standing === undefined || h.stray.length === 0) return h
  const isOld = (s: Segment): boolean => s.flags === '.' && distance(segmentEnd(s), standing.rcvNxt) > OLD
  return h.stray.some(isOld) ? { ...h, stray: h.stray.filter((s) => !isOld(s)) } : h
}

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
