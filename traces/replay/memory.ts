/** The reducers are asked once for each distinct question: many hypotheses share an end, and many ends are alike. */
import type { Segment } from '../../model/index.ts'
import type { Actor, Move } from './hypothesis.ts'
import type { Observation } from './observation.ts'

/** An actor that remembers. Equal ends that it returns are one object. */
export interface Remembering<E extends object> extends Actor<E> {
  /** Equal ends have equal numbers. */
  endId(end: E): number
  /** Equal segments have equal numbers, from 0. */
  segmentId(segment: Segment): number
}

/** Numbers for objects by what they say. */
class Ids<T extends object> {
  readonly #byIdentity = new WeakMap<T, number>()
  readonly #byText = new Map<string, number>()
  readonly #bySaying = new Map<string, number>()
  readonly #first: T[] = []
  readonly #say: (t: T) => string

  constructor(say: (t: T) => string) {
    this.#say = say
  }

  of(t: T): number {
    const known = this.#byIdentity.get(t)
    if (known !== undefined) return known
    const text = JSON.stringify(t)
    const id = this.#byText.get(text) ?? this.#read(t)
    this.#byText.set(text, id)
    this.#byIdentity.set(t, id)
    return id
  }

  #read(t: T): number {
    const saying = this.#say(t)
    const id = this.#bySaying.get(saying) ?? this.#first.push(t) - 1
    this.#bySaying.set(saying, id)
    return id
  }

  /** The first that was seen of those that say the same. */
  one(t: T): T {
    return this.#first[this.of(t)]!
  }
}

export const remembering = <E extends object>(actor: Actor<E>): Remembering<E> => {
  const ends = new Ids<E>(sayingOf)
  const segments = new Ids<Segment>(segmentKey)
  const shared = (moves: readonly Move<E>[]): readonly Move<E>[] =>
    moves.map((m) => ({
      ...m,
      to: ends.one(m.to),
      send: m.send.map((s) => segments.one(s)),
      ...(m.waiting && { waiting: ends.one(m.waiting) }),
    }))
  const recall = <K>(memory: Map<K, readonly Move<E>[]>, key: K, ask: () => readonly Move<E>[]) => {
    let moves = memory.get(key)
    if (moves === undefined) {
      moves = shared(ask())
      memory.set(key, moves)
    }
    return moves
  }
  const arrivals: Map<number, readonly Move<E>[]>[] = []
  const silent = new Map<string, readonly Move<E>[]>()
  const acts = new WeakMap<Observation, Map<number, readonly Move<E>[]>>()
  return {
    ...actor,
    start: ends.one(actor.start),
    endId: (end) => ends.of(end),
    segmentId: (segment) => segments.of(segment),
    arrive: (end, s) => {
      const id = ends.of(end)
      arrivals[id] ??= new Map()
      return recall(arrivals[id], segments.of(s), () => actor.arrive(end, s))
    },
    silently: (end, rest) => recall(silent, `${ends.of(end)} ${rest}`, () => actor.silently(end, rest)),
    acts: (end, o) => {
      let memory = acts.get(o)
      if (memory === undefined) {
        memory = new Map()
        acts.set(o, memory)
      }
      return recall(memory, ends.of(end), () => actor.acts(end, o))
    },
  }
}

/** The order in which members were set says nothing. */
const sayingOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  return Array.isArray(value) ? `[${value.map(sayingOf).join()}]` : `{${membersOf(value).sort().join()}}`
}

const membersOf = (value: object): string[] => {
  const members: string[] = []
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) members.push(`${name}:${sayingOf(member)}`)
  return members
}

export const segmentKey = (s: Segment): string => {
  const clock = s.options?.timestamp
  return `${s.flags}${s.seq},${s.ack ?? ''},${s.len}${clock === undefined ? '' : ` ${clock.val},${clock.echo}`}`
}
