import type { Compiled } from '../compile/index.ts'
import { TupleInterner } from '../compile/tuples.ts'

/** A numbering that forgets what a property does not read. */
export interface Classes {
  /** -1: not asked. */
  readonly classOf: Int32Array
  readonly count: number
}

/** Numbers the slices of the asked groups by the given parts alone. */
export function sliceClasses(
  { closed, tables }: Compiled,
  parts: readonly string[],
  groups: readonly number[] = closed.kindOfGroup.map((_, group) => group),
): Classes {
  const tuples = new TupleInterner(parts.length)
  const tuple = new Int32Array(parts.length)
  const classOf = new Int32Array(tables.slices).fill(-1)
  closed.kinds.forEach(({ groups: members, partNames, slices }, k) => {
    if (!members.some((group) => groups.includes(group))) return
    const places = Int32Array.from(parts, (part) => partNames.indexOf(part))
    const offset = tables.kindOffset[k]!
    for (let s = 0; s < slices.size; s++) {
      for (let i = 0; i < tuple.length; i++) tuple[i] = slices.digits[s * slices.width + places[i]!] ?? -1
      classOf[offset + s] = tuples.intern(tuple)
    }
  })
  return { classOf, count: tuples.size }
}

/** Numbers hubs by the given parts alone. */
export function hubClasses({ closed, tables }: Compiled, parts: readonly string[]): Classes {
  const tuples = new TupleInterner(parts.length)
  const { partNames, hubs } = closed.hub
  const places = parts.map((part) => partNames.indexOf(part))
  const classOf = Int32Array.from({ length: tables.hubs }, (_, hub) =>
    tuples.intern(Int32Array.from(places, (place) => hubs.digits[hub * hubs.width + place]!)),
  )
  return { classOf, count: tuples.size }
}
