/** Ranges of sequence numbers: which were sent, whatever the order. */
import { distance, type Seq } from '../../../model/index.ts'

interface Range {
  from: number
  to: number
}

export class Ranges {
  #base: Seq | undefined
  /** Disjoint, neither touches the next, in order; relative to the base. */
  #ranges: Range[] = []

  clear(): void {
    this.#ranges = []
    this.#base = undefined
  }

  /** From a number up to another, which is not included. */
  add(first: Seq, end: Seq): void {
    this.#base ??= first
    let from = distance(this.#base, first)
    let to = from + distance(first, end)
    const at = this.#firstEndingAt(from)
    let until = at
    for (let r = this.#ranges[until]; r !== undefined && r.from <= to; r = this.#ranges[++until]) {
      from = Math.min(from, r.from)
      to = Math.max(to, r.to)
    }
    const only = until - at === 1 ? this.#ranges[at] : undefined
    if (only !== undefined) {
      only.from = from
      only.to = to
    } else this.#ranges.splice(at, until - at, { from, to })
  }

  /** Whether some of these numbers were added. An empty range that was added lies between two numbers. */
  overlaps(first: Seq, end: Seq): boolean {
    if (this.#base === undefined) return false
    const from = distance(this.#base, first)
    const r = this.#ranges[this.#firstEndingAt(from + 1)]
    return r !== undefined && r.from < from + distance(first, end)
  }

  /** Of the ranges that end there or later, the place of the first. */
  #firstEndingAt(number: number): number {
    let [low, high] = [0, this.#ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#ranges[middle]!.to < number) low = middle + 1
      else high = middle
    }
    return low
  }
}
