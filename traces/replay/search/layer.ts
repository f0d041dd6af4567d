/** The hypotheses between two packets while they are computed: each once, taken up in order of cost. */
import type { Counter } from '../../../model/index.ts'
import type { Hypothesis, Way } from '../actors/hypothesis.ts'
import type { Invention } from '../inventions.ts'
import type { Limits } from './limits.ts'

/** A hypothesis, and every way that leads to it. */
export interface Draft<E> {
  readonly h: Hypothesis<E>
  /** Hidden steps since the packet. */
  readonly steps: number
  /** Least cost of getting here, beyond the cheapest hypothesis before the packet. */
  cost: number
  /** What comes next comes at once: no packet is sent from here. */
  isTransient: boolean
  readonly from: DraftEdge<E>[]
}

/** From a hypothesis of the same layer, or from one before the packet, by its index there. */
export interface DraftEdge<E> extends Step {
  readonly source: Draft<E> | number
}

/** What one step between two hypotheses costs, invents and counts. */
export interface Step {
  readonly cost: number
  readonly invents?: Invention
  readonly count?: readonly Counter[]
  /** So much of the cost is for segments that are lost or overtaken. */
  readonly astray?: number
}

/** Equal for hypotheses that are the same for all that is still to come. */
type KeyOf<E> = (h: Hypothesis<E>) => string

/** The cost allowed to a new hypothesis drops by one per so many already in the layer. */
const CROWD = 80
/** The same in a short capture. */
const CROWD_OF_SHORT = 150
/** If the remaining budget falls below this, a failure counts as cut off, not as a divergence. */
const USUAL = 3

export class Layer<E> {
  /** A bound let go of something. */
  cut = false
  /** The greatest cost of which it mattered whether it is dear. */
  dearest = Number.NEGATIVE_INFINITY
  readonly #drafts = new Map<string, Draft<E>>()
  readonly #waiting: Draft<E>[][] = []
  readonly #limits: Limits
  readonly #crowd: number
  readonly #keyOf: KeyOf<E>
  readonly #isDear: (cost: number) => boolean
  #least = Number.POSITIVE_INFINITY

  /** @param isDear whether a cost, beyond the cheapest before the packet, is more than enough */
  constructor(limits: Limits, keyOf: KeyOf<E>, isDear: (cost: number) => boolean) {
    this.#crowd = limits.isShort ? CROWD_OF_SHORT : CROWD
    this.#limits = limits
    this.#keyOf = keyOf
    this.#isDear = isDear
  }

  get isEmpty(): boolean {
    return this.#drafts.size === 0
  }

  get size(): number {
    return this.#drafts.size
  }

  get least(): number {
    return this.#least
  }

  begin(h: Hypothesis<E>): void {
    const draft: Draft<E> = { h, steps: 0, cost: 0, isTransient: false, from: [] }
    this.#drafts.set(this.#keyOf(h), draft)
    this.#wait(draft)
  }

  /** @param cost of the source; @param steps hidden ones since the packet */
  add(source: Draft<E> | number, before: number, way: Way<E>, steps: number): void {
    if (way.cost > this.budget(before)) return
    this.cut ||= way.isBounded === true
    const cost = before + way.cost
    const key = this.#keyOf(way.to)
    const known = this.#drafts.get(key)
    if (known !== undefined && known === source) return
    const { invents, count, astray } = way
    const edge: DraftEdge<E> = {
      source,
      cost: way.cost,
      ...(invents && { invents }),
      ...(count && { count }),
      ...(astray && { astray }),
    }
    if (known !== undefined) {
      known.from.push(edge)
      if (cost < known.cost) {
        known.cost = cost
        this.#wait(known)
      }
    } else if (this.#drafts.size >= this.#limits.width) this.cut = true
    else {
      const draft: Draft<E> = { h: way.to, steps, cost, isTransient: false, from: [edge] }
      this.#drafts.set(key, draft)
      this.#wait(draft)
    }
  }

  /** What a way on from a hypothesis of that cost may cost. */
  budget(cost: number): number {
    if (this.isEmpty) return Number.POSITIVE_INFINITY
    const { slack } = this.#limits
    this.dearest = Math.max(this.dearest, this.#least)
    const narrower = this.#isDear(this.#least) ? slack : Math.min(slack, Math.floor(this.#drafts.size / this.#crowd))
    if (slack - narrower < Math.min(slack, USUAL)) this.cut = true
    return this.#least + slack - narrower - cost
  }

  /** The cheapest that has not been taken up since it became so cheap. */
  next(): Draft<E> | undefined {
    const most = Math.min(this.#waiting.length - 1, this.#least + this.#limits.slack)
    for (let cost = 0; cost <= most; cost++) {
      const draft = this.#waiting[cost]?.pop()
      if (draft !== undefined && draft.cost === cost) return draft
      if (draft !== undefined) cost--
    }
    return undefined
  }

  kept(): Draft<E>[] {
    return [...this.#drafts.values()].filter((n) => n.cost <= this.#least + this.#limits.slack)
  }

  #wait(draft: Draft<E>): void {
    this.#least = Math.min(this.#least, draft.cost)
    this.#waiting[draft.cost] ??= []
    this.#waiting[draft.cost]!.push(draft)
  }
}
