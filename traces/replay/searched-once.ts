/** Readings of one capture often differ in one end only, or in the evidence about it: searches that they share are made once. */
import type { Observation } from './packets/observation.ts'

const known = new WeakMap<readonly Observation[], Map<string, unknown>>()

/** @param told everything else that the search depends on */
export const searchedOnce = <T>(packets: readonly Observation[], told: unknown, search: () => T): T => {
  const searches = known.get(packets) ?? new Map<string, unknown>()
  known.set(packets, searches)
  const key = JSON.stringify(told)
  if (!searches.has(key)) searches.set(key, search())
  return searches.get(key) as T
}
