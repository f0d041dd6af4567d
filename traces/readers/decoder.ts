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

/** The bytes of a file from where the next record begins, as far as they are here. */
export class Unread {
  #bytes: Uint8Array = new Uint8Array()
  /** Where in the file they begin. */
  at = 0

  push(piece: Uint8Array): void {
    if (this.#bytes.length === 0) {
      this.#bytes = piece
      return
    }
    const joined = new Uint8Array(this.#bytes.length + piece.length)
    joined.set(this.#bytes)
    joined.set(piece, this.#bytes.length)
    this.#bytes = joined
  }

  get length(): number {
    return this.#bytes.length
  }

  /** Valid until the next `push` or `skip`. */
  get view(): DataView {
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength)
  }

  skip(bytes: number): void {
    this.#bytes = this.#bytes.subarray(bytes)
    this.at += bytes
  }
}
