import { CheckerFault } from '../faults.ts'
import type { State, World } from '../system.ts'
import type { Closed } from './close.ts'

/** Between worlds, their digits, and their place in the product index: hub + hubs · (slice of group 0 + slices · (…)). */
export class Codec {
  /** Weight of each group's digit; the hub's is 1. */
  readonly weights: Float64Array
  /** Size of the product index. */
  readonly size: number
  readonly groups: number
  /** What turns a group's digit into the number of its slice. */
  readonly sliceOffset: Int32Array
  readonly #closed: Closed

  constructor(closed: Closed, kindOffset: readonly number[]) {
    this.#closed = closed
    this.groups = closed.kindOfGroup.length
    this.weights = new Float64Array(this.groups)
    this.sliceOffset = Int32Array.from(closed.kindOfGroup, (kind) => kindOffset[kind]!)
    let size = closed.hub.hubs.size
    closed.kindOfGroup.forEach((kind, group) => {
      this.weights[group] = size
      size *= closed.kinds[kind]!.slices.size
    })
    this.size = size
  }

  /** @throws CheckerFault INDEX_TOO_LARGE when the index does not fit an exact integer (2^53). */
  refuseIfTooLarge(): void {
    if (this.size <= Number.MAX_SAFE_INTEGER) return
    throw new CheckerFault(
      'INDEX_TOO_LARGE',
      `The product of the local states is ${this.size.toExponential(1)}, beyond 2^53; use fewer groups, smaller bounds, or the symbolic engine.`,
    )
  }

  /** The slice number of every group, then the hub. */
  digitsOf(world: World): number[] {
    const { runner, hub, kinds, kindOfGroup } = this.#closed
    const slices = world.groups.map((parts, group) => {
      const kind = kinds[kindOfGroup[group]!]!
      const tuple = Int32Array.from(kind.partNames, (name) => runner.part(name, false).intern(parts[name]))
      return kind.slices.intern(tuple) + this.sliceOffset[group]!
    })
    const tuple = Int32Array.from(hub.partNames, (name) => runner.part(name, true).intern(world.shared[name]))
    return [...slices, hub.hubs.intern(tuple)]
  }

  encode(world: World): number {
    const digits = this.digitsOf(world)
    let index = digits[this.groups]!
    for (let g = 0; g < this.groups; g++) index += (digits[g]! - this.sliceOffset[g]!) * this.weights[g]!
    return index
  }

  /** The world of these digits. */
  worldOf(digits: ArrayLike<number>): World {
    const groups = this.#closed.kindOfGroup.map((_, group) => this.sliceParts(group, digits[group]!))
    return { shared: this.hubParts(digits[this.groups]!), groups }
  }

  decode(index: number): World {
    const digits = new Int32Array(this.groups + 1)
    this.digits(Float64Array.of(index), 1, digits)
    return this.worldOf(digits)
  }

  /** Writes, for each of the first `count` indices, the slice number of every group and then the hub. */
  digits(indices: Float64Array, count: number, into: Int32Array): void {
    const { weights, groups, sliceOffset } = this
    let at = 0
    for (let i = 0; i < count; i++) {
      let rest = indices[i]!
      for (let g = groups - 1; g >= 0; g--) {
        const weight = weights[g]!
        const digit = (rest / weight) | 0
        rest -= digit * weight
        into[at + g] = digit + sliceOffset[g]!
      }
      into[at + groups] = rest
      at += groups + 1
    }
  }

  /** The parts of a group in a slice. */
  sliceParts(group: number, slice: number): Record<string, State> {
    const { kinds, kindOfGroup, runner } = this.#closed
    const { slices, partNames } = kinds[kindOfGroup[group]!]!
    const first = (slice - this.sliceOffset[group]!) * partNames.length
    return Object.fromEntries(
      partNames.map((name, i) => [name, runner.part(name, false).states[slices.digits[first + i]!]]),
    )
  }

  hubParts(hub: number): Record<string, State> {
    const { partNames, hubs } = this.#closed.hub
    const { runner } = this.#closed
    const first = hub * partNames.length
    return Object.fromEntries(
      partNames.map((name, i) => [name, runner.part(name, true).states[hubs.digits[first + i]!]]),
    )
  }
}
