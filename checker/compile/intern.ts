import { canonicalKey } from '../canonical.ts'
import type { State } from '../system.ts'
import { frozen } from './purity.ts'

/** Numbers states 0, 1, 2 … in the order they are first met; equal states get equal numbers. */
export class StateInterner {
  readonly states: State[] = []
  readonly #ids = new Map<string, number>()
  readonly #byObject = new WeakMap<object, number>()

  intern(state: State): number {
    if (typeof state !== 'object' || state === null) return this.#internKey(state)
    const before = this.#byObject.get(state)
    if (before !== undefined) return before
    const id = this.#internKey(state)
    this.#byObject.set(state, id)
    return id
  }

  #internKey(state: State): number {
    const key = canonicalKey(state)
    const before = this.#ids.get(key)
    if (before !== undefined) return before
    const id = this.states.length
    frozen(state)
    this.states.push(state)
    this.#ids.set(key, id)
    return id
  }
}
