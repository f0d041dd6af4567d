import type { Compiled } from '../compile/index.ts'
import { chooseVisited, makeVisited, type Visited } from '../visited/visited.ts'
import { Admission } from './admission.ts'
import type { Visit, Watch } from './expand.ts'
import { productSpace, type Space, type Successors } from './space.ts'

/** Memory for the worlds that are known to be cut off, in bytes. */
const MEMORY = 2 ** 28

/** Every world by itself; what the constraints of the system cut off is generated but not handed on. */
export function constrainedSpace(compiled: Compiled): Space {
  const space = productSpace(compiled)
  if (compiled.system.constraints === undefined) return space
  const admission = new Admission(compiled)
  const digits = new Int32Array(space.columns)
  const isInside = (index: number): boolean => {
    space.digits(Float64Array.of(index), 1, digits)
    return admission.admits(digits, 0)
  }
  return {
    ...space,
    initial: space.initial.filter(isInside),
    outside: space.initial.filter((index) => !isInside(index)),
    successors: (block, watch) => new Constrained(space, space.successors(block, watch), watch, block, admission),
  }
}

/** Hands on the successors that the constraints let pass; counts them all. */
class Constrained implements Successors {
  out = new Float64Array(1 << 14)
  readonly ends: Int32Array
  readonly #space: Space
  readonly #inner: Successors
  readonly #watch: Watch
  readonly #admission: Admission
  /** Worlds known to be cut off. */
  readonly #cut: Visited
  readonly #fresh = new Float64Array(1)
  #after = new Int32Array(0)

  constructor(space: Space, inner: Successors, watch: Watch, block: number, admission: Admission) {
    this.#space = space
    this.#inner = inner
    this.#watch = watch
    this.#admission = admission
    this.#cut = makeVisited(chooseVisited(space.size, MEMORY), space.size)
    this.ends = new Int32Array(block)
  }

  get rows() {
    return this.#inner.rows
  }

  /** What a constraint cuts off does lead away: such a world is no dead end. */
  get stuck() {
    return this.#inner.stuck
  }

  get worlds() {
    return this.#inner.worlds
  }

  get steps() {
    return this.#inner.steps
  }

  expand(indices: Float64Array, digits: Int32Array, count: number): number {
    const { columns } = this.#space
    const generated = this.#inner.expand(indices, digits, count)
    if (this.out.length < generated) this.out = new Float64Array(this.#inner.out.length)
    if (this.#after.length < generated * columns) this.#after = new Int32Array(this.#inner.out.length * columns)
    this.#space.digits(this.#inner.out, generated, this.#after)
    let [at, kept, block] = [0, 0, 0]
    this.#inner.eachStep(indices, digits, count, (step, group, from, to, position) => {
      while (block < position) this.ends[block++] = kept
      const after = at++ * columns
      const passes =
        this.#admission.permits(step, group, digits, position * columns, this.#after, after) &&
        this.#admission.admits(this.#after, after)
      if (passes) this.out[kept++] = to
      else this.#cutOff(from, to)
    })
    while (block < count) this.ends[block++] = kept
    return kept
  }

  eachStep(indices: Float64Array, digits: Int32Array, count: number, visit: Visit): void {
    this.#inner.eachStep(indices, digits, count, visit)
  }

  #cutOff(from: number, to: number): void {
    if (this.#cut.addAll(Float64Array.of(to), 1, this.#fresh) === 1) this.#watch.onCut(from, to)
  }
}
