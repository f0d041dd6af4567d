/**
 * The reducers run once for each distinct question: many hypotheses share an end, many ends are alike, and many
 * kernels answer alike. Where two kernels answer every question of a search alike, the search of one is that of the other.
 */
import type { Segment } from '../../../model/index.ts'
import type { Actor, Move } from '../actors/hypothesis.ts'
import type { Observation } from '../packets/observation.ts'
import { Ids, saying } from './ids.ts'

/** An actor that remembers. Equal ends that it returns are one object. */
export interface Remembering<E extends object> extends Actor<E> {
  /** Equal ends have equal numbers. */
  endId(end: E): number
  /** Equal segments have equal numbers, from 0. */
  segmentId(segment: Segment): number
}

type Moves<E> = readonly Move<E>[]

/** What an end does in a situation, under each kernel that was tried, and what that depends on. */
interface Question<E> {
  ask(actor: Actor<E>): Moves<E>
  readonly answers: Answer<E>[]
  /** The last search that asked it. */
  askedIn: number
}

interface Answer<E> {
  readonly by: Actor<E>
  readonly moves: Moves<E>
  readonly seen: readonly string[]
}

/** All questions that a search has asked, and what their answers depend on. */
export interface Asked<E> {
  readonly questions: Question<E>[]
  readonly traits: Set<string>
}

/** The actors of several kernels, over one set of ends. */
export class Family<E extends object, Name = string> {
  /** Each remembers what it answers. */
  readonly members: ReadonlyMap<Name, Remembering<E>>
  readonly #ends = new Ids<E>(saying())
  readonly #segments = new Ids<Segment>(segmentKey)
  readonly #arrivals: Map<number | string, Question<E>>[] = []
  readonly #withoutRoom = new Map<string, Question<E>>()
  readonly #silent = new Map<string, Question<E>>()
  readonly #acts = new Map<string, Map<number, Question<E>>>()
  readonly #said = new WeakMap<Observation, Map<number, Question<E>>>()
  readonly #actors: ReadonlyMap<Name, Actor<E>>
  #searches = 0
  #asked: Asked<E> = { questions: [], traits: new Set() }
  /** Different questions so far. */
  size = 0

  constructor(names: readonly Name[], actorOf: (name: Name) => Actor<E>) {
    this.#actors = new Map(names.map((name) => [name, actorOf(name)]))
    this.members = new Map([...this.#actors].map(([name, actor]) => [name, this.#member(actor)]))
  }

  #member(actor: Actor<E>): Remembering<E> {
    return {
      ...actor,
      start: this.#ends.one(actor.start),
      endId: (end) => this.#ends.of(end),
      segmentId: (segment) => this.#segments.of(segment),
      segment: (segment) => this.#segments.one(segment),
      arrive: (end, s, iss) => {
        const id = this.#ends.of(end)
        this.#arrivals[id] ??= new Map()
        const questions = this.#arrivals[id]
        const segment = this.#segments.of(s)
        const about = iss === undefined ? segment : `${segment} ${iss}`
        return this.#recall(actor, questions, about, () => (a) => a.arrive(end, s, iss))
      },
      arriveWithoutRoom: (end, s) =>
        this.#recall(
          actor,
          this.#withoutRoom,
          `${this.#ends.of(end)} ${this.#segments.of(s)}`,
          () => (a) => a.arriveWithoutRoom(end, s),
        ),
      renumbered: (end, by) => this.#ends.one(actor.renumbered(end, by)),
      receivedUpTo: (end, from) => this.#ends.one(actor.receivedUpTo(end, from)),
      acknowledgedUpTo: (end, from) => this.#ends.one(actor.acknowledgedUpTo(end, from)),
      withoutOldestAck: (end) => this.#ends.one(actor.withoutOldestAck(end)),
      hiddenMoves: (end, rest) =>
        this.#recall(actor, this.#silent, `${this.#ends.of(end)} ${rest}`, () => (a) => a.hiddenMoves(end, rest)),
      emissions: (end, o) => this.#recall(actor, this.#about(o), this.#ends.of(end), () => (a) => a.emissions(end, o)),
    }
  }

  /** Runs a computation, and tells what it asked. */
  watch<T>(search: () => T): { readonly found: T; readonly asked: Asked<E> } {
    this.#searches += 1
    this.#asked = { questions: [], traits: new Set() }
    return { found: search(), asked: this.#asked }
  }

  /** Whether both begin alike and answer all these questions alike. */
  agree(one: Name, other: Name, { questions, traits }: Asked<E>): boolean {
    const [a, b] = [this.#actors.get(one)!, this.#actors.get(other)!]
    if (this.#ends.of(a.start) !== this.#ends.of(b.start)) return false
    if (a.traits.isAlike(b.traits, [...traits])) return true
    return questions.every((q) => this.#areAlike(this.#answer(a, q).moves, this.#answer(b, q).moves))
  }

  /** Questions about packets that say the same, whenever they were sent. */
  #about(o: Observation): Map<number, Question<E>> {
    const known = this.#said.get(o)
    if (known !== undefined) return known
    const { packet: _, time: __, clock: ___, segment: ____, ...says } = o
    const text = JSON.stringify(says)
    const questions = this.#acts.get(text) ?? new Map<number, Question<E>>()
    this.#acts.set(text, questions)
    this.#said.set(o, questions)
    return questions
  }

  #recall<K>(actor: Actor<E>, memory: Map<K, Question<E>>, key: K, ask: () => Question<E>['ask']): Moves<E> {
    let question = memory.get(key)
    if (question === undefined) {
      question = { ask: ask(), answers: [], askedIn: 0 }
      memory.set(key, question)
      this.size += 1
    }
    const answer = this.#answer(actor, question)
    if (question.askedIn !== this.#searches) {
      question.askedIn = this.#searches
      this.#asked.questions.push(question)
      for (const trait of answer.seen) this.#asked.traits.add(trait)
    }
    return answer.moves
  }

  /** An actor alike in all that another's answer depends on gives it. */
  #answer(actor: Actor<E>, { ask, answers }: Question<E>): Answer<E> {
    const known = answers.find(({ by }) => by === actor)
    if (known !== undefined) return known
    const same = answers.find(({ by, seen }) => by.traits.isAlike(actor.traits, seen))
    const own = same === undefined ? this.#askFor(actor, ask) : { ...same, by: actor }
    answers.push(own)
    return own
  }

  #askFor(actor: Actor<E>, ask: Question<E>['ask']): Answer<E> {
    const { answer, seen } = actor.traits.watch(() => ask(actor))
    return { by: actor, moves: this.#one(answer), seen }
  }

  /** Equal ends and segments are one object. */
  #one(given: Moves<E>): Moves<E> {
    return given.map((m) => ({
      ...m,
      to: this.#ends.one(m.to),
      send: m.send.map((s) => this.#segments.one(s)),
      ...(m.waiting && { waiting: this.#ends.one(m.waiting) }),
    }))
  }

  #areAlike(a: Moves<E>, b: Moves<E>): boolean {
    return a === b || (a.length === b.length && a.every((m, i) => this.#saying(m) === this.#saying(b[i]!)))
  }

  #saying({ to, send, cost, invents, count = [], astray = 0, waiting }: Move<E>): string {
    const sent = send.map((s) => this.#segments.of(s)).join()
    return `${this.#ends.of(to)} ${sent} ${cost} ${waiting ? this.#ends.of(waiting) : ''} ${invents?.key ?? ''} ${count.join()} ${astray}`
  }
}

export const segmentKey = (s: Segment): string => {
  const clock = s.options?.timestamp
  return `${s.flags}${s.seq},${s.ack ?? ''},${s.len}${clock === undefined ? '' : ` ${clock.val},${clock.echo}`}`
}
