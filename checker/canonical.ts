import { CheckerFault } from './faults.ts'
import type { State } from './system.ts'

const known = new WeakMap<object, string>()
/** How many values hold the one whose text is being made. */
let depth = 0
/** No plain value is deeper: what is, holds itself. */
const MOST_DEEP = 1_000

/** What stands for a state (see `search/track.ts`) gives the state itself under this key, and notes that all of it was read. */
export const ORIGINAL: unique symbol = Symbol.for('halfopen.original')

/**
 * The canonical JSON text of a state: keys sorted, `undefined` members dropped, so equal states have equal keys.
 * Remembered by object identity: states must not be changed once they were handed over.
 * @throws CheckerFault BAD_STATE for anything but plain JSON values (functions, Maps, class instances, NaN, what holds itself).
 */
export function canonicalKey(value: State): string {
  if (value === undefined) return 'undefined'
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') throw notJson(value)
  const before = known.get(value)
  if (before !== undefined) return before
  const original = value[ORIGINAL]
  if (original !== undefined) return canonicalKey(original)
  if (depth === MOST_DEEP) throw cyclic()
  depth++
  try {
    const key = Array.isArray(value) ? `[${value.map(canonicalKey).join(',')}]` : objectKey(value)
    known.set(value, key)
    return key
  } finally {
    depth--
  }
}

const cyclic = (): CheckerFault =>
  new CheckerFault('BAD_STATE', 'A state or label holds itself; only plain JSON values can be compared.')

function objectKey(value: object): string {
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw notJson(value)
  const members: string[] = []
  for (const [name, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${canonicalKey(member)}`)
  }
  return `{${members.join(',')}}`
}

function notJson(value: unknown): CheckerFault {
  const what = typeof value === 'object' ? (value?.constructor?.name ?? 'object') : `${typeof value} ${String(value)}`
  return new CheckerFault('BAD_STATE', `A state or label holds ${what}; only plain JSON values can be compared.`)
}
