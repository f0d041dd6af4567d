/**
 * Connections that say the same, each with numbers of its own, are searched once: on a busy server nearly all are like some
 * other. Times tell a search nothing but the order in which packets were sent; that is part of what is compared.
 */
import type { Observation, Side } from './packets/observation.ts'
import { asSent } from './packets/sending.ts'

/** Different conversations remembered; those that were not met for the longest time are forgotten. */
const MOST = 512

/** What the search for a conversation has found, for all that are like it. */
export class Alike<T> {
  readonly #found = new Map<string, T>()

  get(likeness: string): T | undefined {
    const found = this.#found.get(likeness)
    if (found !== undefined) {
      this.#found.delete(likeness)
      this.#found.set(likeness, found)
    }
    return found
  }

  set(likeness: string, found: T): void {
    this.#found.set(likeness, found)
    if (this.#found.size > MOST) this.#found.delete(this.#found.keys().next().value!)
  }

  /** What was found takes much room, and nothing is asked any more. */
  forget(): void {
    this.#found.clear()
  }
}

/** Equal for conversations, each in numbers of its own, that no search could tell apart. */
export const likenessOf = (observations: readonly Observation[]): string => {
  let likeness = ''
  for (const o of observations) {
    likeness += `${o.from === 'client' ? '>' : '<'}${o.flags} ${o.seq ?? ''} ${o.ack ?? ''} ${o.len}`
    for (const [left, right] of o.sack ?? []) likeness += ` ${left}-${right}`
    likeness += `${o.clock === undefined ? '' : ' t'}${o.update ? ' u' : ''}${o.paused ? ' p;' : ';'}`
  }
  for (const resets of observations.some((o) => o.flags === 'R') ? [false, true] : [false])
    for (const side of ['client', 'server'] as const) likeness += ordered(observations, side, resets)
  return likeness
}

/** Nothing for those that the tap saw in the order in which they were sent. */
const ordered = (observations: readonly Observation[], side: Side, resets: boolean): string => {
  const places = asSent(observations, side, resets).map(({ at }) => at)
  return places.every((at, i) => at === i) ? '|' : `|${places.join()}`
}
