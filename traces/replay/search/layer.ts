/** The hypotheses between two packets, each once; taken up again in order of cost. */
import type { Hypothesis, Way } from '../actors/hypothesis.ts'
import type { Edge, Limits, Node } from './search.ts'

/** Equal for hypotheses that are the same for all that is still to come. */
type KeyOf<E> = (h: Hypothesis<E>) => string

/** With each so many hypotheses in a layer, what a new one may cost is one less: fewer where the capture is long. */
const crowdOf = (steps: number): number => (steps > LONG ? 80 : 150)
const LONG = 60
/** Where less than this is left for invention, what is not found may be there all the same. */
const USUAL = 3

export class Layer<E> {
  /** The bound on hypotheses cut something off. */
  cut = false
  readonly #nodes = new Map<string, Node<E>>()
  readonly #waiting: Node<E>[][] = []
  readonly #layer: number
  readonly #limits: Limits
  readonly #crowd: number
  readonly #keyOf: KeyOf<E>
  #least = Number.POSITIVE_INFINITY

  /** @param layer how many packets the tap has seen; @param steps how many packets there are */
  constructor(layer: number, steps: number, limits: Limits, keyOf: KeyOf<E>) {
    this.#layer = layer
    this.#crowd = crowdOf(steps)
    this.#limits = limits
    this.#keyOf = keyOf
  }

  get isEmpty(): boolean {
    return this.#nodes.size === 0
  }

  get size(): number {
    return this.#nodes.size
  }

  begin(h: Hypothesis<E>): void {
    const node: Node<E> = { h, layer: this.#layer, steps: 0, cost: 0, passes: false, from: [] }
    this.#nodes.set(this.#keyOf(h), node)
    this.#wait(node)
  }

  add(from: Node<E>, way: Way<E>, steps: number): void {
    if (way.cost > this.budget(from)) return
    const cost = from.cost + way.cost
    const key = this.#keyOf(way.to)
    const known = this.#nodes.get(key)
    if (known === from) return
    const { invents, count, astray } = way
    const edge: Edge<E> = {
      node: from,
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
    } else if (this.#nodes.size >= this.#limits.width) this.cut = true
    else {
      const node: Node<E> = { h: way.to, layer: this.#layer, steps, cost, passes: false, from: [edge] }
      this.#nodes.set(key, node)
      this.#wait(node)
    }
  }

  /** What a way on from here may cost. */
  budget(node: Node<E>): number {
    if (this.isEmpty) return Number.POSITIVE_INFINITY
    const { slack, enough } = this.#limits
    const narrower = this.#least > enough ? slack : Math.min(slack, Math.floor(this.#nodes.size / this.#crowd))
    if (slack - narrower < Math.min(slack, USUAL)) this.cut = true
    return this.#least + slack - narrower - node.cost
  }

  /** The cheapest that has not been taken up since it became so cheap. */
  next(): Node<E> | undefined {
    const most = Math.min(this.#waiting.length - 1, this.#least + this.#limits.slack)
    for (let cost = 0; cost <= most; cost++) {
      const node = this.#waiting[cost]?.pop()
      if (node !== undefined && node.cost === cost) return node
      if (node !== undefined) cost--
    }
    return undefined
  }

  kept(): Node<E>[] {
    return [...this.#nodes.values()].filter((n) => n.cost <= this.#least + this.#limits.slack)
  }

  #wait(node: Node<E>): void {
    this.#least = Math.min(this.#least, node.cost)
    this.#waiting[node.cost] ??= []
    this.#waiting[node.cost]!.push(node)
  }
}
