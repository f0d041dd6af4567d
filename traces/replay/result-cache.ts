/**
 * Connections with the same packets but for their sequence numbers are searched once: on a busy server nearly all are like some
 * other. Of times a search uses only the order in which packets were sent; that order is part of the key.
 */
import type { OwnNumbers } from './packets/numbers.ts'
import type { Observation, Side } from './packets/observation.ts'
import { asSent } from './packets/sending.ts'

/** Results that are kept: the least recently used are dropped. */
const MOST = 512

/** Results of searches, by the key of the connection: all connections of one key have the same result. */
export class ResultCache<T> {
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

  /** Frees the results, once no connection is left to replay. */
  forget(): void {
    this.#found.clear()
  }
}

/** The key of a connection: equal for connections that no search can tell apart. */
export const cacheKeyOf = (observations: readonly Observation[], { said }: OwnNumbers): string => {
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

/** The order in which the end sent its packets; empty if the tap saw them in that order. */
const ordered = (observations: readonly Observation[], side: Side, resets: boolean): string => {
  const places = asSent(observations, side, resets)
  return places.every((at, i) => at === i) ? '|' : `|${places.join()}`
}
