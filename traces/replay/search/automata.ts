/** The automata of an end, one per kernel and limits, and what they share: the symbols, and the answers of the reducers. */
import type { Actor } from '../actors/hypothesis.ts'
import { Automaton, States } from './automaton.ts'
import type { Limits } from './limits.ts'
import { type Asked, Family } from './memo.ts'
import type { Searched } from './search.ts'
import { Symbols } from './steps.ts'
import type { Transition } from './transition.ts'

export class Automata<E extends object, Name = string> {
  readonly family: Family<E, Name>
  readonly symbols = new Symbols()
  /** By limits, and by kernel. */
  readonly #automata = new Map<string, Map<Name, Automaton<E>>>()
  readonly #states = new States<E>()

  constructor(names: readonly Name[], actorOf: (name: Name) => Actor<E>) {
    this.family = new Family(names, actorOf)
  }

  of(name: Name, limits: Limits): Automaton<E> {
    const key = JSON.stringify(limits)
    const siblings = this.#automata.get(key) ?? new Map<Name, Automaton<E>>()
    this.#automata.set(key, siblings)
    const known = siblings.get(name)
    if (known !== undefined) return known
    const made = new Automaton<E>(this.family.members.get(name)!, limits, this.#states, {
      watch: (compute) => this.family.watch(compute),
      known: (find) => this.#learntBy(siblings, name, find),
    })
    siblings.set(name, made)
    return made
  }

  /** A transition that another kernel has learnt, and that this one would take as well: it answers alike all that was asked. */
  #learntBy(
    siblings: ReadonlyMap<Name, Automaton<E>>,
    name: Name,
    find: (automaton: Automaton<E>) => Transition<E> | undefined,
  ): Transition<E> | undefined {
    for (const [other, automaton] of siblings) {
      const found = other === name ? undefined : find(automaton)
      if (found !== undefined && this.#agree(other, name, found.asked)) return found
    }
    return undefined
  }

  readonly #agreed = new WeakMap<Asked<E>, Map<string, boolean>>()

  #agree(one: Name, other: Name, asked: Asked<E>): boolean {
    const known = this.#agreed.get(asked) ?? new Map<string, boolean>()
    this.#agreed.set(asked, known)
    const pair = `${one} ${other}`
    const found = known.get(pair) ?? this.family.agree(one, other, asked)
    known.set(pair, found)
    return found
  }

  /** Questions and transitions that are remembered. */
  get size(): number {
    let size = this.family.size
    for (const siblings of this.#automata.values()) for (const automaton of siblings.values()) size += automaton.size
    return size
  }
}

/** All that a search asked of the kernel, whenever its steps were learnt. */
export const askedBy = <E>({ transitions, failing }: Searched<E>): Asked<E> => {
  const asked = [...new Set([...transitions, ...(failing ? [failing] : [])].map((t) => t.asked))]
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
