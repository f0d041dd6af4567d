/** Numbers in ascending order. */

/** The index of the first that is no less; their length, if all are. */
export const firstAtLeast = (numbers: ArrayLike<number>, least: number): number => {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}
