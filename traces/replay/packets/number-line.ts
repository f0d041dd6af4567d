/**
 * All numbers of what one end sends, unrolled: a place is a number that is not taken modulo 2³². Counted, each stretch of text
 * between two places that are shown is as long as any other.
 */
import { add, distance, type Seq, seq } from '../../../model/index.ts'

/** Bytes between two numbers that are taken to be of the same lap of 2³². */
const NEAR = 2 ** 29
/** What a stretch of text counts for, if it is longer than one octet: those are keepalive probes. */
const STRETCH = 2

export class NumberLine {
  readonly #begins: Seq
  #latest: { readonly number: Seq; readonly place: number } | undefined
  /** Places that are shown, and by how many texts more the octets after them are covered; once they are counted, their numbers. */
  readonly #marks = new Map<number, number>()
  #places: number[] = []
  readonly #counts: number[] = []

  /** @param begins what counts for the first place */
  constructor(begins: Seq) {
    this.#begins = begins
  }

  place(number: Seq): number {
    this.#latest ??= { number, place: number }
    const ahead = distance(this.#latest.number, number)
    const place = this.#latest.place + ahead
    if (Math.abs(ahead) < NEAR) this.#latest = { number, place }
    this.mark(place)
    return place
  }

  /** The number has been shown before. */
  shows(number: Seq): boolean {
    return this.#latest !== undefined && this.#marks.has(this.#latest.place + distance(this.#latest.number, number))
  }

  mark(place: number, texts = 0): void {
    this.#marks.set(place, (this.#marks.get(place) ?? 0) + texts)
  }

  covers(from: number, to: number): void {
    this.mark(from, 1)
    this.mark(to, -1)
  }

  /** Once all places are known: what each counts for. */
  count(): void {
    const first = this.#marks.keys().next().value
    if (first === undefined) return
    this.#places = [...this.#marks.keys()].sort((a, b) => a - b)
    let texts = 0
    let sum = 0
    let last = this.#places[0]!
    for (const place of this.#places) {
      const bytes = place - last
      sum += texts > 0 && bytes > 1 ? STRETCH : bytes
      texts += this.#marks.get(place)!
      last = place
      this.#counts.push(sum)
    }
    const zero = this.#counts[this.#places.indexOf(first)]!
    for (let i = 0; i < this.#places.length; i++) {
      this.#counts[i]! -= zero
      this.#marks.set(this.#places[i]!, add(this.#begins, this.#counts[i]!))
    }
  }

  number(place: number): Seq {
    return this.#marks.get(place) as Seq
  }

  /** By the nearest place: what is not shown keeps its distance to it. */
  toCapture(own: Seq): Seq {
    const count = distance(this.#begins, own)
    const distanceTo = (i: number): number => Math.abs((this.#counts[i] ?? Number.POSITIVE_INFINITY) - count)
    let [low, high] = [0, this.#counts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#counts[middle]! < count) low = middle + 1
      else high = middle
    }
    const nearest = distanceTo(low - 1) < distanceTo(low) ? low - 1 : low
    return this.#places.length === 0 ? own : seq(this.#places[nearest]! + count - this.#counts[nearest]!)
  }
}
