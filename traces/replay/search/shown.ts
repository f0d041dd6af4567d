/** Where a capture shows a segment again, and where it acknowledges a number: looked up, not searched for. */
import type { Segment, Seq } from '../../../model/index.ts'
import type { Observation, Side } from '../packets/observation.ts'

/** The last step at which a packet of the end shows a segment; the window and PSH decide nothing. */
export class LastShown {
  readonly #own: readonly (Observation | undefined)[]
  #steps: Map<string, number> | undefined

  /** @param own by step: the end's packet, if it sends there */
  constructor(own: readonly (Observation | undefined)[]) {
    this.#own = own
  }

  /** In numbers of the capture; -1 if none does. A packet without a sequence number may have any. */
  of(seq: Seq, { flags, len }: Pick<Segment, 'flags' | 'len'>, ack: Seq | undefined): number {
    this.#steps ??= stepsOf(this.#own)
    const numbered = this.#steps.get(`${flags},${len},${ack},${seq}`) ?? -1
    const unnumbered = this.#steps.get(`${flags},${len},${ack},undefined`) ?? -1
    return Math.max(numbered, unnumbered)
  }
}

const stepsOf = (own: readonly (Observation | undefined)[]): Map<string, number> => {
  const steps = new Map<string, number>()
  own.forEach((o, i) => {
    if (o !== undefined) steps.set(`${o.flags},${o.len},${o.ack},${o.seq}`, i)
  })
  return steps
}

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
    return this.#at.get(number)?.find((at) => at >= step) ?? Number.POSITIVE_INFINITY
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
