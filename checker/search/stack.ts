/** The way to the world a depth-first search stands in, and the worlds beside it that it has yet to go to. */
export class Stack {
  /** Worlds not gone to yet; those found from deeper on the way stand behind. */
  #waiting = new Float64Array(1024)
  /** Of each world on the way: itself, and how many were waiting when it was gone to. */
  #way = new Float64Array(1024)
  #before = new Float64Array(1024)
  #length = 0
  waiting = 0

  /** The world it stands in. */
  get state(): number {
    return this.#way[this.#length - 1]!
  }

  /** Steps from the initial world. */
  get depth(): number {
    return this.#length - 1
  }

  get bytes(): number {
    return this.#waiting.byteLength + this.#way.byteLength + this.#before.byteLength
  }

  /** The worlds from an initial one to this one. */
  way(): number[] {
    return [...this.#way.subarray(0, this.#length)]
  }

  /** Worlds to go to from here. */
  add(worlds: Float64Array, count: number): void {
    while (this.waiting + count > this.#waiting.length) this.#waiting = doubled(this.#waiting)
    this.#waiting.set(worlds.subarray(0, count), this.waiting)
    this.waiting += count
  }

  /** Goes on to the world added last that was not gone to, back as far as need be; `false`: there is none. */
  next(): boolean {
    if (this.waiting === 0) return false
    while (this.#length > 0 && this.#before[this.#length - 1] === this.waiting) this.#length--
    if (this.#length === this.#way.length) {
      this.#way = doubled(this.#way)
      this.#before = doubled(this.#before)
    }
    this.waiting--
    this.#way[this.#length] = this.#waiting[this.waiting]!
    this.#before[this.#length] = this.waiting
    this.#length++
    return true
  }
}

function doubled(items: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(items.length * 2)
  larger.set(items)
  return larger
}
