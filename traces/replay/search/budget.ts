/** The work that one connection may take: a capture is hostile input, and no packet of it may cost more than another. */

/** Hypotheses that are looked at for one connection, in all searches of both ends together; steps that come again cost nothing. */
export const MOST_HYPOTHESES = 1_000_000

export class Budget {
  #left: number

  constructor(most = MOST_HYPOTHESES) {
    this.#left = most
  }

  spend(hypotheses: number): void {
    this.#left -= hypotheses
  }

  get isSpent(): boolean {
    return this.#left < 0
  }
}
