/** Ascending numbers (below 2^53) as the differences between neighbours, seven bits a byte, low bits first. */
export function pack(numbers: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 8)
  let used = 0
  let before = 0
  for (let i = 0; i < numbers.length; i++) {
    let difference = numbers[i]! - before
    before = numbers[i]!
    while (difference >= 128) {
      bytes[used++] = (difference % 128) | 128
      difference = Math.floor(difference / 128)
    }
    bytes[used++] = difference
  }
  return bytes.slice(0, used)
}

/** Fills `into` with the numbers that were packed. */
export function unpack(bytes: Uint8Array, into: Uint32Array | Float64Array): void {
  let at = 0
  let before = 0
  for (let i = 0; i < into.length; i++) {
    let scale = 1
    let byte = bytes[at++]!
    while (byte >= 128) {
      before += (byte - 128) * scale
      scale *= 128
      byte = bytes[at++]!
    }
    before += byte * scale
    into[i] = before
  }
}
