/** Numbers that stand for what was put in: they tell things apart, and withstand no attacker. */
import { canonicalKey } from './canonical.ts'
import type { System } from './system.ts'

/** A running digest of 64 bits. */
export class Digest {
  #low = 0x811c9dc5
  #high = 0x9747b28c

  add(number: number): this {
    this.#low = Math.imul(this.#low ^ number, 0x01000193)
    this.#low ^= this.#low >>> 15
    this.#high = Math.imul(this.#high ^ number, 0x85ebca6b)
    this.#high ^= this.#high >>> 13
    return this
  }

  addText(text: string): this {
    this.add(text.length)
    for (let i = 0; i < text.length; i++) this.add(text.charCodeAt(i))
    return this
  }

  addNumbers(numbers: ArrayLike<number>): this {
    this.add(numbers.length)
    for (let i = 0; i < numbers.length; i++) this.add(numbers[i]! | 0)
    return this
  }

  /** The lower bits alone. */
  get number(): number {
    return (this.#low ^ this.#high) >>> 0
  }

  /** Sixteen hexadecimal digits. */
  get hex(): string {
    return [this.#high, this.#low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }
}

const known = new WeakMap<System, Digest>()

/** What a system shows of itself without being run: its identity, groups, rules, constraints and initial worlds. */
export function digestOfSystem(system: System): Digest {
  const before = known.get(system)
  if (before !== undefined) return before
  const { identity = '', groups, rules, synchronous = [], initial, constraints } = system
  const digest = new Digest().addText(
    canonicalKey({
      identity,
      groups: groups.map(({ name, kind }) => [name, kind]),
      rules: rules.map(({ name, kinds = [], links }) => [
        name,
        kinds,
        links.map(({ part, shared = false }) => [part, shared]),
      ]),
      synchronous: synchronous.map(({ name, group, shared }) => [name, Object.keys(group), Object.keys(shared)]),
      constraints: [...(constraints?.states ?? []), ...(constraints?.steps ?? [])].map(({ id }) => id),
    }),
  )
  for (const world of initial) digest.addText(canonicalKey(world))
  known.set(system, digest)
  return digest
}
