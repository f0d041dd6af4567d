/** A growing list of 32-bit integers. `items` is replaced when it grows: read it anew after a push. */
export class IntList {
  length = 0
  items = new Int32Array(64)

  /** Bytes held; three times as many when it is about to grow, which takes a second list beside the first. */
  get bytes(): number {
    return this.items.byteLength * (this.length * 4 > this.items.length * 3 ? 3 : 1)
  }

  push(item: number): void {
    if (this.length === this.items.length) this.#grow()
    this.items[this.length++] = item
  }

  at(index: number): number {
    return this.items[index]!
  }

  toArray(): Int32Array<ArrayBuffer> {
    return this.items.slice(0, this.length)
  }

  #grow(): void {
    const larger = new Int32Array(this.items.length * 2)
    larger.set(this.items)
    this.items = larger
  }
}
