/** Where a capture shows a segment again, and where it acknowledges a number: looked up, not searched for. */
import type { Segment, Seq } from '../../../model/index.ts'
import type { Observation, Side } from '../packets/observation.ts'
import { firstAtLeast } from './ordered.ts'

const NO_STEPS = new Int32Array(0)

/** The last step at which a packet of the end shows a segment; the window and PSH decide nothing. */
export class LastShown {
  readonly #own: readonly (Observation | undefined)[]
  /** By a hash of the segment: the last step that has it. */
  #last: Map<number, number> | undefined
  /** Of each step: the one before it with the same hash; -1 if there is none. */
  #before = NO_STEPS

  /** @param own by step: the end's packet, if it sends there */
  constructor(own: readonly (Observation | undefined)[]) {
    this.#own = own
  }

  /** In numbers of the capture; -1 if none does. A packet without a sequence number may have any. */
  of(seq: Seq, segment: Pick<Segment, 'flags' | 'len'>, ack: Seq | undefined): number {
    this.#last ??= this.#index()
    return Math.max(this.#lastOf(seq, segment, ack), this.#lastOf(undefined, segment, ack))
  }

  #lastOf(seq: Seq | undefined, { flags, len }: Pick<Segment, 'flags' | 'len'>, ack: Seq | undefined): number {
    let step = this.#last!.get(hashOf(seq, ack, len)) ?? -1
    for (; step >= 0; step = this.#before[step]!) {
      const o = this.#own[step]!
      if (o.seq === seq && o.ack === ack && o.len === len && o.flags === flags) return step
    }
    return -1
  }

  #index(): Map<number, number> {
    const last = new Map<number, number>()
    this.#before = new Int32Array(this.#own.length)
    for (let i = 0; i < this.#own.length; i++) {
      const o = this.#own[i]
      if (o === undefined) continue
      const hash = hashOf(o.seq, o.ack, o.len)
      this.#before[i] = last.get(hash) ?? -1
      last.set(hash, i)
    }
    return last
  }
}

/** Drawn for each process: no capture can be made so that all its segments have one hash. */
const SALT = Array.from({ length: 3 }, () => Math.floor(Math.random() * 2 ** 32))

/** 31 bits: numbers that take no room of their own. */
const hashOf = (seq = 1, ack = 2, len: number): number =>
  (Math.imul(seq ^ SALT[0]!, 0x9e3779b1) ^
    Math.imul(ack ^ SALT[1]!, 0x85ebca6b) ^
    Math.imul(len ^ SALT[2]!, 0xc2b2ae35)) >>>
  1

const NONE: readonly number[] = []

/** At which steps the other end acknowledges a number. */
export class Acknowledgments {
  readonly #steps: readonly Observation[]
  readonly #side: Side
  #at: Map<Seq, number[]> | undefined

  /** @param side the end whose numbers are acknowledged */
  constructor(steps: readonly Observation[], side: Side) {
    this.#steps = steps
    this.#side = side
  }

  /** The first from that step on; `Infinity` if there is none. */
  next(number: Seq, step: number): number {
    this.#at ??= this.#index()
    const steps = this.#at.get(number) ?? NONE
    return steps[firstAtLeast(steps, step)] ?? Number.POSITIVE_INFINITY
  }

  #index(): Map<Seq, number[]> {
    const at = new Map<Seq, number[]>()
    this.#steps.forEach((o, i) => {
      if (o.from === this.#side || o.ack === undefined) return
      const steps = at.get(o.ack)
      if (steps) steps.push(i)
      else at.set(o.ack, [i])
    })
    return at
  }
}
