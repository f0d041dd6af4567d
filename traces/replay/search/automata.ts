/** The automata of an end, one per kernel and limits, and what they share: the symbols, and the answers of the reducers. */
import type { Actor } from '../actors/hypothesis.ts'
import { Automaton } from './automaton.ts'
import type { Limits } from './limits.ts'
import { type Asked, Family } from './memo.ts'
import type { Searched } from './search.ts'
import { Symbols } from './steps.ts'

export class Automata<E extends object, Name = string> {
  readonly family: Family<E, Name>
  readonly symbols = new Symbols()
  readonly #automata = new Map<string, Automaton<E>>()

  constructor(names: readonly Name[], actorOf: (name: Name) => Actor<E>) {
    this.family = new Family(names, actorOf)
  }

  of(name: Name, limits: Limits): Automaton<E> {
    const key = `${name} ${JSON.stringify(limits)}`
    const known = this.#automata.get(key)
    if (known !== undefined) return known
    const made = new Automaton(this.family, this.family.members.get(name)!, limits)
    this.#automata.set(key, made)
    return made
  }

  /** Questions and transitions that are remembered. */
  get size(): number {
    let size = this.family.size
    for (const automaton of this.#automata.values()) size += automaton.size
    return size
  }
}

/** All that a search asked of the kernel, whenever its steps were learnt. */
export const askedBy = <E>({ transitions }: Searched<E>): Asked<E> => {
  const asked = [...new Set(transitions.map((t) => t.asked))]
  return {
    questions: [...new Set(asked.flatMap(({ questions }) => questions))],
    traits: new Set(asked.flatMap(({ traits }) => [...traits])),
  }
}

/** Questions and transitions after which all are forgotten: a capture may have any number of connections. */
const MOST = 60_000

/** What was learnt for connections of a capture: where all that the answers depend on is told alike, it holds for all. */
export class AutomataPool<E extends object, Name = string> {
  readonly #pool = new Map<string, Automata<E, Name>>()

  /** @param told what the actors' answers depend on, beside what they are asked */
  of(told: string, names: readonly Name[], actorOf: (name: Name) => Actor<E>): Automata<E, Name> {
    let size = 0
    for (const automata of this.#pool.values()) size += automata.size
    if (size > MOST) this.#pool.clear()
    const automata = this.#pool.get(told) ?? new Automata(names, actorOf)
    this.#pool.set(told, automata)
    return automata
  }
}
