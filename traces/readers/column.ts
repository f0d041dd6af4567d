/** A typed array that grows, in blocks, so that nothing is ever copied. */

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array

const BITS = 16
const BLOCK = 2 ** BITS

export class Column {
  readonly #make: new (
    length: number,
  ) => Numbers
  readonly #blocks: Numbers[] = []
  #length = 0

  constructor(make: new (length: number) => Numbers) {
    this.#make = make
  }

  push(value: number): void {
    const place = this.#length & (BLOCK - 1)
    if (place === 0) this.#blocks.push(new this.#make(BLOCK))
    this.#blocks[this.#length >>> BITS]![place] = value
    this.#length += 1
  }

  at(i: number): number {
    return this.#blocks[i >>> BITS]![i & (BLOCK - 1)]!
  }
}
