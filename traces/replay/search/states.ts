/** The states of an end's automata, under all its kernels: equal sets of hypotheses are one object, however each was reached. */
import type { Hypothesis } from '../actors/hypothesis.ts'
import type { Believed, Hypotheses } from './transition.ts'

/** A state, with the places of its members in order of their keys. */
interface Known<E> {
  readonly state: Hypotheses<E>
  readonly byKey: readonly number[]
}

export class States<E> {
  readonly #states = new Map<string, Known<E>>()
  readonly #hypotheses = new Map<string, Hypothesis<E>>()

  /**
   * The state with these members, in the order in which they were met first.
   * @returns with it, for each of its members, the place of the equal one that was given
   */
  state(all: readonly Believed<E>[], keyOf: (h: Hypothesis<E>) => string) {
    const keys = all.map((b) => `${keyOf(b.h)}:${b.cost}${b.isHeld ? '' : 't'}${b.isFollowed ? '' : 'n'}`)
    const byKey = keys.map((_, i) => i).sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b))
    const key = byKey.map((i) => keys[i]).join(';')
    const known = this.#states.get(key)
    if (known === undefined) {
      const state: Hypotheses<E> = { id: this.#states.size, all }
      this.#states.set(key, { state, byKey })
      return { state, order: keys.map((_, i) => i) }
    }
    const order = new Array<number>(all.length)
    known.byKey.forEach((place, i) => {
      order[place] = byKey[i]!
    })
    return { state: known.state, order }
  }

  hypothesis(key: string, h: Hypothesis<E>): Hypothesis<E> {
    const known = this.#hypotheses.get(key)
    if (known !== undefined) return known
    this.#hypotheses.set(key, h)
    return h
  }
}
