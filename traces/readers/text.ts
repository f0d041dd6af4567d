/** Bytes that are text, and bytes that are not. */

/** UTF-8, or UTF-16 where a byte order mark says so (Windows shells write that), without what a terminal would obey. */
export const textOf = (bytes: Uint8Array): string => harmless(new TextDecoder(encodingOf(bytes)).decode(bytes))

/** Colours and other orders to a terminal, as a pager or grep leaves them in a text. ECMA-48 §5.4 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
const SEQUENCES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g

/** Control characters but for white space, and those that turn the direction of writing. UAX #9 §2 */
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Everything from outside passes here before it is shown: text of files, and their names. */
export const harmless = (text: string): string => text.replace(SEQUENCES, '').replace(CONTROLS, '')

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
