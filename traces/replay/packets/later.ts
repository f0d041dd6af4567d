/** What an end still sends, step by step. */
import type { Observation, Side } from './observation.ts'

/** Steps at which an end acknowledges once more what it has acknowledged with the last FIN. */
export const acksAfterFins = (steps: readonly Observation[], side: Side): Set<number> => {
  const found = new Set<number>()
  const fins = new Set<Side>()
  let acks = 0
  steps.forEach(({ from, flags, len }, i) => {
    if (flags.includes('S')) fins.clear()
    if (flags.includes('F')) fins.add(from)
    acks = fins.size < 2 ? 0 : from === side && flags === '.' && len === 0 ? acks + 1 : acks
    if (acks > 1 && from === side && flags === '.' && len === 0) found.add(i)
  })
  return found
}

/** Of each step, and of the end: whether one of these follows within so many. */
export const within = (most: number, steps: readonly boolean[]): boolean[] => {
  let distance = Number.POSITIVE_INFINITY
  const soon = steps.map(() => false)
  soon.push(false)
  for (let i = steps.length - 1; i >= 0; i--) {
    distance = steps[i] ? 0 : distance + 1
    soon[i] = distance <= most
  }
  return soon
}
