/** Questions about moments, answered by binary search: a busy listener has too many connections to look at all for each. */

/** Numbers in order; a busy listener has very many. */
type Ascending = ArrayLike<number>

/** How many of the ascending numbers are at most `value`. */
export const atMost = (ascending: Ascending, value: number): number => {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** How many are below it. */
export const below = (ascending: Ascending, value: number): number => {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

export const ascending = (numbers: readonly number[]): Float64Array => Float64Array.from(numbers).sort()

/** Indices of these, in the order of their keys. */
export const ordered = <T>(all: readonly T[], key: (t: T) => number): Uint32Array => {
  const keys = Float64Array.from(all, key)
  return Uint32Array.from(all, (_, i) => i).sort((a, b) => keys[a]! - keys[b]!)
}

/** Computes something of a list once, however often it is asked. */
export const once = <K extends object, T>(compute: (of: K) => T): ((of: K) => T) => {
  const known = new WeakMap<K, T>()
  return (of) => {
    if (!known.has(of)) known.set(of, compute(of))
    return known.get(of)!
  }
}
