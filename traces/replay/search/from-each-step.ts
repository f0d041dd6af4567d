/** What comes from each step of a search on, found in one pass backwards. */
import { before, type Seq } from '../../../model/index.ts'

/** Of each step, and of the end: the least of these numbers from it on. */
export const leastFrom = (numbers: readonly (Seq | undefined)[]): (Seq | undefined)[] => {
  const least: (Seq | undefined)[] = new Array(numbers.length + 1)
  let from: Seq | undefined
  for (let i = numbers.length - 1; i >= 0; i--) {
    const number = numbers[i]
    if (number !== undefined && (from === undefined || before(number, from))) from = number
    least[i] = from
  }
  return least
}

/** Of each index, and of the end: the first from it on that is such. */
export const nextOf = <T>(all: readonly T[], isSuch: (t: T, i: number) => boolean): Int32Array => {
  const next = new Int32Array(all.length + 1)
  let at = 0x7fff_ffff
  next[all.length] = at
  for (let i = all.length - 1; i >= 0; i--) {
    if (isSuch(all[i]!, i)) at = i
    next[i] = at
  }
  return next
}
