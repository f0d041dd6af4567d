/**
 * Why a predicate is true or false of what it was shown: the values that it read, in its order, and which of them alone
 * would have turned it.
 */
import { ORIGINAL } from './canonical.ts'
import type { View } from './property.ts'

export interface ReadValue {
  /** `listener.acceptQueue`, `server[1].object.kind` */
  readonly path: readonly (string | number)[]
  /** A leaf; of what was compared or listed as a whole, its JSON. */
  readonly value: string | number | boolean | null | undefined
  /** Other values of this place, each of which by itself would make the predicate say the opposite. */
  readonly turns: readonly (string | number | boolean | undefined)[]
}

/** A part of a property, evaluated. */
export interface Term {
  readonly says: boolean
  readonly reads: readonly ReadValue[]
}

/**
 * Evaluates the predicate and tells what it read.
 * @param others values that a place may have elsewhere, tried in its stead; numbers are also tried one higher and lower
 */
export function explainTerm(
  predicate: (view: View) => boolean,
  view: View,
  others: (path: readonly (string | number)[]) => readonly (string | number | boolean | undefined)[] = () => [],
): Term {
  const reads = new Map<string, Omit<ReadValue, 'turns'>>()
  const says = predicate(watched(view, [], reads))
  const turnsOf = ({ path, value }: Omit<ReadValue, 'turns'>) => {
    if (typeof value === 'object') return []
    const tried = [...new Set([...others(path), ...neighbours(value)])].filter((other) => other !== value)
    return tried.filter((other) => {
      try {
        return predicate(replaced(view, path, other)) !== says
      } catch {
        return false // no such state could be: the predicate cannot be asked of it
      }
    })
  }
  return { says, reads: [...reads.values()].map((read) => ({ ...read, turns: turnsOf(read) })) }
}

const neighbours = (value: ReadValue['value']): (number | boolean)[] => {
  if (typeof value === 'number') return [value - 1, value + 1]
  return typeof value === 'boolean' ? [!value] : []
}

const isLeaf = (value: unknown): value is ReadValue['value'] => typeof value !== 'object' || value === null

/** What stands for a value and notes each leaf that is read through it. */
function watched(value: View, path: readonly (string | number)[], reads: Map<string, Omit<ReadValue, 'turns'>>): View {
  const note = (at: readonly (string | number)[], leaf: ReadValue['value']): void => {
    const key = JSON.stringify(at)
    if (!reads.has(key)) reads.set(key, { path: at, value: leaf })
  }
  if (typeof value === 'function') return value
  if (isLeaf(value)) return value
  return new Proxy(value as object, {
    get(target, name, receiver) {
      if (name === ORIGINAL) {
        note(path, JSON.stringify(target))
        return target
      }
      const member = Reflect.get(target, name, receiver)
      if (typeof name === 'symbol' || typeof member === 'function') return member
      const at = [...path, Array.isArray(target) && /^\d+$/.test(name) ? Number(name) : name]
      if (isLeaf(member)) {
        if (!(Array.isArray(target) && name === 'length')) note(at, member)
        return member
      }
      return watched(member, at, reads)
    },
  })
}

/** The value with another leaf at the path. */
function replaced(value: View, [first, ...rest]: readonly (string | number)[], leaf: unknown): View {
  if (first === undefined) return leaf
  const copy = Array.isArray(value) ? [...value] : { ...value }
  copy[first] = replaced(value[first], rest, leaf)
  return copy
}
