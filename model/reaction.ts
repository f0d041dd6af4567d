/** What a stimulus does to an object: what it becomes, what it sends, what the kernel counts. */
import type { Counter } from './counters.ts'
import type { Segment } from './segment.ts'

export interface Reaction<T> {
  readonly to: T
  readonly send: readonly Segment[]
  readonly count: readonly Counter[]
}

export const react = <T>(to: T, send: readonly Segment[] = [], count: readonly Counter[] = []): Reaction<T> => ({
  to,
  send,
  count,
})

/** Goes on from where a reaction led: what both send and count, in that order. (A module that exported `then` could not be awaited.) */
export const andThen = <A, B>(first: Reaction<A>, next: (to: A) => Reaction<B>): Reaction<B> => {
  const second = next(first.to)
  if (first.send.length === 0 && first.count.length === 0) return second
  return { to: second.to, send: [...first.send, ...second.send], count: [...first.count, ...second.count] }
}
