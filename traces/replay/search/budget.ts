/**
 * The work that one connection may take: a capture is hostile input, and no packet of it may cost more than another. Beyond
 * these bounds it is inconclusive, with what was found up to there.
 */

import type { Bound } from '../bound.ts'

/** Bytes that the hypotheses of a connection may take, if no other bound is given; a laptop has them. */
const MEMORY = 1_200_000_000
/** Bytes for each: its end, its segments, the steps that lead to it, and the questions. Measured: 700 to 1,300. */
const EACH = 1_200
/** Seconds that a connection may take, if no other bound is given. */
const SECONDS = 120
/** Milliseconds between two questions whether to stop: most connections take less. */
const LOOK = 2_000

/** What the bounds are, of a connection and all its readings, in all searches of both ends together. */
export interface Bounds {
  /** Hypotheses that are looked at; steps that come again cost nothing. */
  readonly hypotheses?: number
  /** Bytes for hypotheses. */
  readonly memory?: number
  readonly seconds?: number
  /** Asked now and then: true ends the search of the connection. */
  readonly shouldStop?: () => boolean
}

export class Budget {
  #left: number
  readonly #until: number
  #look: number
  readonly #shouldStop: () => boolean
  /** The bound that was met. */
  met: Bound | undefined

  constructor({
    memory = MEMORY,
    hypotheses = memory / EACH,
    seconds = SECONDS,
    shouldStop = () => false,
  }: Bounds = {}) {
    this.#left = hypotheses
    const now = performance.now()
    this.#until = now + seconds * 1000
    this.#look = now + LOOK
    this.#shouldStop = shouldStop
  }

  spend(hypotheses: number): void {
    this.#left -= hypotheses
    const now = performance.now()
    if (this.#left < 0) this.met ??= 'memory'
    else if (now > this.#until) this.met ??= 'time'
    else if (now > this.#look) {
      this.#look = now + LOOK
      if (this.#shouldStop()) this.met ??= 'interrupted'
    }
  }

  get isSpent(): boolean {
    return this.met !== undefined
  }
}
