/** What the answers of a kernel depend on: kernels that are alike in all that an answer has looked at give the same answer. */
import type { Stack } from '../../../model/index.ts'

/** A choice of its dialect, or a sysctl. */
type Trait = string

/** A kernel's dialect and settings, and which of them are looked at. */
export class Traits {
  /** The stack whose choices are counted when they are looked at. */
  readonly stack: Stack
  readonly #values: Readonly<Record<Trait, unknown>>
  #seen = new Set<Trait>()

  constructor(stack: Stack) {
    const note = (trait: Trait): void => {
      this.#seen.add(trait)
    }
    this.#values = { ...stack.dialect, ...stack.sysctls }
    this.stack = { ...stack, dialect: noting(stack.dialect, note), sysctls: noting(stack.sysctls, note) }
  }

  /** Runs it, and tells what it has looked at. */
  watch<T>(answer: () => T): { readonly answer: T; readonly seen: readonly Trait[] } {
    this.#seen = new Set()
    return { answer: answer(), seen: [...this.#seen] }
  }

  isAlike(other: Traits, traits: readonly Trait[]): boolean {
    return traits.every((trait) => this.#values[trait] === other.#values[trait])
  }
}

const noting = <T extends object>(choices: T, note: (trait: Trait) => void): T =>
  new Proxy(choices, {
    get: (of, name) => {
      note(String(name))
      return of[name as keyof T]
    },
  })
