/** `3/16`: the third of sixteen shares. */
import { UsageError } from '../error.ts'

export interface Shard {
  /** From 1. */
  readonly index: number
  readonly of: number
}

/** @throws UsageError */
export const shardOf = (text: string): Shard => {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  if (index !== undefined && shard.index >= 1 && shard.index <= shard.of) return shard
  const cause = `"${text}" is no share`
  throw new UsageError({ code: 'E_VALUE', place: '--shard', cause, remedy: 'give 1/n to n/n, as in --shard 3/16' })
}

/** Every n-th: neighbours, which take about as long as each other, go to different shares. */
export const isInShard = (at: number, shard: Shard | undefined): boolean =>
  shard === undefined || at % shard.of === shard.index - 1
