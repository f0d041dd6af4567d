import type { Scope } from '../scope.ts'

/** Puts together what is asked of the same groups and reads the same parts. */
export function bySameReads<Item extends { readonly scope: Scope }>(items: readonly Item[]): Item[][] {
  const sets = new Map<string, Item[]>()
  for (const item of items) {
    const { groupParts, sharedParts, groups } = item.scope
    const key = JSON.stringify([[...groupParts].sort(), [...sharedParts].sort(), groups])
    sets.set(key, [...(sets.get(key) ?? []), item])
  }
  return [...sets.values()]
}
