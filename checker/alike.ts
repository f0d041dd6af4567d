/** Whether two plain JSON values are equal: what `canonicalKey` says of them, without making their texts. */
import type { State } from './system.ts'

/** Members that are `undefined` count as absent; the order of members does not count. */
export function alike(a: State, b: State): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!alike(a[i], b[i])) return false
    return true
  }
  for (const name in a) if (!alike(a[name], b[name])) return false
  for (const name in b) if (a[name] === undefined && b[name] !== undefined) return false
  return true
}
