/** The automata of an end, one per kernel and limits, and what they share: the symbols, and the answers of the reducers. */
import type { Actor } from '../actors/hypothesis.ts'
import { Automaton } from './automaton.ts'
import type { Limits } from './limits.ts'
import { type Asked, Family } from './memo.ts'
import type { Other, Searched } from './search.ts'
import { States } from './states.ts'
import { Symbols } from './symbols.ts'
import type { Transition } from './transition.ts'

export class Automata<E extends object, Name = string> {
  readonly family: Family<E, Name>
  readonly symbols = new Symbols()
  /** By limits, and by kernel. */
  readonly #automata = new Map<string, Map<Name, Automaton<E>>>()
  readonly #names = new Map<Automaton<E>, Name>()
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
    const made: Automaton<E> = new Automaton<E>(this.family.members.get(name)!, limits, this.#states, {
      watch: (compute) => this.family.watch(compute),
      others: () => [...siblings.values()].filter((automaton) => automaton !== made),
      takes: (other, { asked }) => this.#agree(this.#nameOf(other), name, asked),
    })
    siblings.set(name, made)
    this.#names.set(made, name)
    return made
  }

  /** Searches under other kernels, to be followed as far as this one answers alike. */
  othersFor(
    name: Name,
    done: readonly { readonly kernel: Name; readonly searched: Searched<E>; readonly enough: number }[],
  ): Other<E>[] {
    return done.map(({ kernel, searched, enough }) => {
      const agreed = new Map<Transition<E>, boolean>()
      const takes = (transition: Transition<E>): boolean => {
        const known = agreed.get(transition)
        if (known !== undefined) return known
        const found = this.#agree(kernel, name, transition.asked)
        agreed.set(transition, found)
        return found
      }
      return { searched, enough, takes }
    })
  }

  #nameOf(automaton: Automaton<E>): Name {
    return this.#names.get(automaton)!
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
export const askedBy = <E>({ met }: Pick<Searched<E>, 'met'>): Asked<E> => {
  const questions = new Set<Asked<E>['questions'][number]>()
  const traits = new Set<string>()
  for (const { asked } of met) {
    for (const question of asked.questions) questions.add(question)
    for (const trait of asked.traits) traits.add(trait)
  }
  return { questions: [...questions], traits }
}

/** Questions and transitions after which all are forgotten: a capture may have any number of connections. */
const MOST = 60_000

/** What was learnt for connections of a capture: where all that the answers depend on is told alike, it holds for all. */
export class AutomataPool<E extends object, Name = string> {
  readonly #pool = new Map<string, Automata<E, Name>>()

  /** @param told what the actors' answers depend on, beside the questions */
  of(told: string, names: readonly Name[], actorOf: (name: Name) => Actor<E>): Automata<E, Name> {
    let size = 0
    for (const automata of this.#pool.values()) size += automata.size
    if (size > MOST) this.#pool.clear()
    const automata = this.#pool.get(told) ?? new Automata(names, actorOf)
    this.#pool.set(told, automata)
    return automata
  }
}
