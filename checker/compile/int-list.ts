/** A growing list of 32-bit integers. */
export class IntList {
  length = 0
  #items = new Int32Array(64)

  push(item: number): void {
    if (this.length === this.#items.length) {
      const larger = new Int32Array(this.length * 2)
      larger.set(this.#items)
      this.#items = larger
    }
    this.#items[this.length++] = item
  }

  at(index: number): number {
    return this.#items[index]!
  }

  toArray(): Int32Array {
    return this.#items.slice(0, this.length)
  }
}
