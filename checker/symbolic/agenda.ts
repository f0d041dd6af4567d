/** What is left to do, each thing once, in a given order: a binary heap over places in that order. */
export class Agenda {
  readonly #placeOf: Int32Array
  readonly #at: Int32Array
  readonly #waiting: Uint8Array
  readonly #heap: number[] = []

  /** `placeOf`: by thing, its place in the order. */
  constructor(placeOf: Int32Array) {
    this.#placeOf = placeOf
    this.#at = new Int32Array(placeOf.length)
    for (let thing = 0; thing < placeOf.length; thing++) this.#at[placeOf[thing]!] = thing
    this.#waiting = new Uint8Array(placeOf.length)
  }

  add(thing: number): void {
    const place = this.#placeOf[thing]!
    if (this.#waiting[place] === 1) return
    this.#waiting[place] = 1
    const heap = this.#heap
    let at = heap.length
    heap.push(place)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heap[parent]! <= place) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = place
  }

  /** Takes what comes first; -1: nothing is left. */
  take(): number {
    const heap = this.#heap
    const first = heap[0]
    if (first === undefined) return -1
    this.#waiting[first] = 0
    const last = heap.pop()!
    const size = heap.length
    if (size > 0) {
      let at = 0
      for (let child = 1; child < size; child = 2 * at + 1) {
        if (child + 1 < size && heap[child + 1]! < heap[child]!) child++
        if (heap[child]! >= last) break
        heap[at] = heap[child]!
        at = child
      }
      heap[at] = last
    }
    return this.#at[first]!
  }
}
