/** Bytes that are text, and bytes that are not. */

/** UTF-8, or UTF-16 where a byte order mark says so (Windows shells write that). */
export const textOf = (bytes: Uint8Array): string => new TextDecoder(encodingOf(bytes)).decode(bytes)

const encodingOf = ([first, second]: Uint8Array): string =>
  first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'

const LOOKED_AT = 8192

/** Text has no control characters but white space and the escapes of colours. */
export const looksLikeText = (bytes: Uint8Array): boolean => {
  if (encodingOf(bytes) !== 'utf-8') return true
  const strange = bytes
    .subarray(0, LOOKED_AT)
    .filter((byte) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b)
  const head = new TextDecoder().decode(bytes.subarray(0, LOOKED_AT))
  const undecodable = [...head].filter((character) => character === '\ufffd').length
  return strange.length === 0 && undecodable <= head.length / 10
}
