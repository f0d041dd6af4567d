/** Maps of maps. */

interface MapLike<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): unknown
}

/** The map under a key, which is made where there is none. */
export const entryOf = <K, L, V>(map: MapLike<K, Map<L, V>>, key: K): Map<L, V> => {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = new Map<L, V>()
  map.set(key, made)
  return made
}
