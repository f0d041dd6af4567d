/** Which choices of a kernel an answer depends on: kernels with equal values of all that it has read give the same answer. */
import type { Stack } from '../../../model/index.ts'

/** A choice of its dialect, or a sysctl. */
type Trait = string

/** A kernel's dialect and settings, and which of them are read. */
export class ProfileReads {
  /** The stack; reading one of its choices records that. */
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

  /** Computes an answer, and lists the choices that it has read. */
  watch<T>(answer: () => T): { readonly answer: T; readonly seen: readonly Trait[] } {
    this.#seen = new Set()
    return { answer: answer(), seen: [...this.#seen] }
  }

  isAlike(other: ProfileReads, traits: readonly Trait[]): boolean {
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
