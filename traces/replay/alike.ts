/**
 * Connections that say the same, each with numbers of its own, are searched once: on a busy server nearly all are like some
 * other. Times tell a search nothing but the order in which packets were sent; that is part of what is compared.
 */
import type { OwnNumbers } from './packets/numbers.ts'
import type { Observation, Side } from './packets/observation.ts'
import { asSent } from './packets/sending.ts'

/** Different conversations remembered; those that were not met for the longest time are forgotten. */
const MOST = 512

/** What the search for a conversation has found, for all that are like it. */
export class Alike<T> {
  readonly #found = new Map<string, { readonly likeness: string; readonly found: T }>()

  get(likeness: string): T | undefined {
    const known = this.#found.get(likeness)
    if (known === undefined) return undefined
    this.#found.delete(known.likeness)
    this.#found.set(known.likeness, known)
    return known.found
  }

  set(likeness: string, found: T): void {
    this.#found.set(likeness, { likeness, found })
    if (this.#found.size > MOST) this.#found.delete(this.#found.keys().next().value!)
  }

  /** What was found takes much room, and nothing is asked any more. */
  forget(): void {
    this.#found.clear()
  }
}

/** Equal for conversations that no search could tell apart. */
export const likenessOf = (observations: readonly Observation[], { said }: OwnNumbers): string => {
  let likeness = ''
  for (let i = 0; i < observations.length; i++) {
    const o = observations[i]!
    const { seq, ack, len, sack = [] } = said(i)
    likeness += `${o.from === 'client' ? '>' : '<'}${o.flags} ${o.seq === undefined ? '' : seq} ${ack ?? ''} ${len}`
    for (const [left, right] of sack) likeness += ` ${left}-${right}`
    likeness += `${o.clock === undefined ? '' : ' t'}${o.analysis ? JSON.stringify(o.analysis) : ''};`
  }
  for (const resets of observations.some((o) => o.flags === 'R') ? [false, true] : [false])
    for (const side of ['client', 'server'] as const) likeness += ordered(observations, side, resets)
  return likeness
}

/** Nothing for those that the tap saw in the order in which they were sent. */
const ordered = (observations: readonly Observation[], side: Side, resets: boolean): string => {
  const places = asSent(observations, side, resets)
  return places.every((at, i) => at === i) ? '|' : `|${places.join()}`
}
