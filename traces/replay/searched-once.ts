/** Readings of one capture often differ in one end alone, or in evidence about it: what they share is searched once. */
import type { Observation } from './packets/observation.ts'

const known = new WeakMap<readonly Observation[], Map<string, unknown>>()

/** @param told all that the search depends on, beside the packets */
export const searchedOnce = <T>(packets: readonly Observation[], told: unknown, search: () => T): T => {
  const searches = known.get(packets) ?? new Map<string, unknown>()
  known.set(packets, searches)
  const key = JSON.stringify(told)
  if (!searches.has(key)) searches.set(key, search())
  return searches.get(key) as T
}
