import { type Diagrams, EMPTY } from './diagrams.ts'

/** Sets of worlds: a diagram (over the slices of all groups) for each hub. */
export type Sets = Int32Array

export const union = (d: Diagrams, a: Sets, b: Sets): Sets => a.map((set, hub) => d.union(set, b[hub]!))
export const minus = (d: Diagrams, a: Sets, b: Sets): Sets => a.map((set, hub) => d.minus(set, b[hub]!))
export const both = (d: Diagrams, a: Sets, b: Sets): Sets => a.map((set, hub) => d.both(set, b[hub]!))
export const isEmpty = (sets: Sets): boolean => sets.every((set) => set === EMPTY)
export const isSame = (a: Sets, b: Sets): boolean => a.every((set, hub) => set === b[hub])
export const count = (d: Diagrams, sets: Sets): bigint => sets.reduce((sum, set) => sum + d.count(set), 0n)

/** Some world of sets that are not all empty: the slices of all groups, then the hub. */
export function example(d: Diagrams, sets: Sets): number[] {
  const hub = sets.findIndex((set) => set !== EMPTY)
  return [...d.example(sets[hub]!), hub]
}

/** The one world of these digits. */
export function single(d: Diagrams, digits: readonly number[], hubs: number): Sets {
  const sets = new Int32Array(hubs)
  sets[digits.at(-1)!] = d.single(digits.slice(0, -1))
  return sets
}
