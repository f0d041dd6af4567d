/** The numbers of packets, those of one packet side by side: it is made anew from one place in memory. */

/** Where in a row each number lies, in units of its width. */
export const TIME = 0
export const NUMBER = 2
export const SOURCE = 3
export const DESTINATION = 4
export const SEQUENCE = 5
export const ACKNOWLEDGMENT = 6
export const LENGTH = 7
export const CLOCK = 8
export const ECHO = 9
export const CONVERSATION = 10
export const FLAGS = 22
export const WINDOW = 23
export const IDENTIFICATION = 24
export const OPTIONS = 25
export const HOPS = 52
export const HAS = 53

/** Bytes of a row: whole doubles. */
const WIDTH = 56
const BITS = 14
const ROWS = 2 ** BITS

/** So many rows, as numbers of each width. */
export class Block {
  readonly doubles: Float64Array
  readonly words: Uint32Array
  readonly halves: Uint16Array
  readonly bytes: Uint8Array

  constructor() {
    const memory = new ArrayBuffer(ROWS * WIDTH)
    this.doubles = new Float64Array(memory)
    this.words = new Uint32Array(memory)
    this.halves = new Uint16Array(memory)
    this.bytes = new Uint8Array(memory)
  }
}

/** They grow in blocks, so that nothing is ever copied. */
export class Rows {
  readonly #blocks: Block[] = []

  /** The block of that row; made, if it is the first row of one. */
  blockOf(i: number): Block {
    const known = this.#blocks[i >>> BITS]
    if (known !== undefined) return known
    const block = new Block()
    this.#blocks.push(block)
    return block
  }

  word(i: number, field: number): number {
    return this.blockOf(i).words[wordsBefore(i) + field]!
  }
}

/** Where in its block the row begins, by the width of what is read. */
export const doublesBefore = (i: number): number => (i & (ROWS - 1)) * (WIDTH / 8)
export const wordsBefore = (i: number): number => (i & (ROWS - 1)) * (WIDTH / 4)
export const halvesBefore = (i: number): number => (i & (ROWS - 1)) * (WIDTH / 2)
export const bytesBefore = (i: number): number => (i & (ROWS - 1)) * WIDTH
