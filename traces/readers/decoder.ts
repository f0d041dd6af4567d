/** Readers take their input in pieces, so that a file need not fit into memory beside what was read from it. */
import type { Capture } from '../capture.ts'

export interface Decoder {
  /** The next bytes, as many as there are. @throws ReadError */
  push(piece: Uint8Array): void
  /** Nothing follows. @throws ReadError */
  end(): Capture
}

/** All input at once. @throws ReadError */
export const decodeAll = (decoder: Decoder, bytes: Uint8Array): Capture => {
  decoder.push(bytes)
  return decoder.end()
}

/** The bytes of a file from where the next record begins, as far as they are here. They are copied: pieces may be reused. */
export class Unread {
  #buffer: Uint8Array<ArrayBuffer> = new Uint8Array()
  #from = 0
  #to = 0
  /** Where in the file they begin. */
  at = 0

  push(piece: Uint8Array): void {
    const left = this.#buffer.subarray(this.#from, this.#to)
    const length = left.length + piece.length
    if (length > this.#buffer.length) this.#buffer = new Uint8Array(length + (length >> 1))
    this.#buffer.set(left)
    this.#buffer.set(piece, left.length)
    this.#from = 0
    this.#to = length
  }

  get length(): number {
    return this.#to - this.#from
  }

  /** Valid until the next `push` or `skip`. */
  get view(): DataView {
    return new DataView(this.#buffer.buffer, this.#from, this.length)
  }

  skip(bytes: number): void {
    this.#from += bytes
    this.at += bytes
  }
}
