import type { Compiled } from '../compile/index.ts'

/** A numbering that forgets what a property does not read. */
export interface Classes {
  readonly classOf: Int32Array
  readonly count: number
}

/** Gives equal texts equal numbers, in the order they are met. */
export class Numbering {
  readonly #ids = new Map<string, number>()

  get count(): number {
    return this.#ids.size
  }

  of(key: string): number {
    const id = this.#ids.get(key) ?? this.#ids.size
    this.#ids.set(key, id)
    return id
  }
}

/** Numbers slices by their kind and the given parts alone. */
export function sliceClasses({ closed, tables }: Compiled, parts: readonly string[]): Classes {
  const numbering = new Numbering()
  const classOf = new Int32Array(tables.slices)
  closed.kinds.forEach((kind, k) => {
    const width = kind.partNames.length
    const places = parts.map((part) => kind.partNames.indexOf(part))
    for (let s = 0; s < kind.slices.size; s++) {
      const tuple = places.map((place) => (place < 0 ? -1 : kind.slices.digits[s * width + place]!))
      classOf[tables.kindOffset[k]! + s] = numbering.of(`${k}:${tuple.join()}`)
    }
  })
  return { classOf, count: numbering.count }
}

/** Numbers hubs by the given parts alone. */
export function hubClasses({ closed, tables }: Compiled, parts: readonly string[]): Classes {
  const numbering = new Numbering()
  const { partNames, hubs } = closed.hub
  const places = parts.map((part) => partNames.indexOf(part))
  const classOf = Int32Array.from({ length: tables.hubs }, (_, hub) =>
    numbering.of(places.map((place) => hubs.digits[hub * partNames.length + place]).join()),
  )
  return { classOf, count: numbering.count }
}

export function union(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort()
}
