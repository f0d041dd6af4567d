/** The only thing a reader throws. The code is stable; the wording may improve. */
import type { Capture } from '../capture.ts'
import { harmless } from './text.ts'

export const readErrors = {
  E_NOT_FOUND: 'the file does not exist',
  E_IS_DIRECTORY: 'a directory was named where a file is needed',
  E_NOT_READABLE: 'the file exists but cannot be read',
  E_TOO_LARGE: 'there is more in the file than can be held',
  E_EMPTY: 'the file has no content',
  E_COMPRESSED: 'the file is compressed in a way that is not read here',
  E_GZIP: 'a compressed file is cut or damaged',
  E_NOT_A_CAPTURE: 'the content is no capture that is known here',
  E_NO_PACKETS: 'the file was read, but nothing in it is TCP that could be used',
  E_LINK_TYPE: 'the link layer of the capture is not read here',
  E_PCAP_HEADER: 'the file header of a pcap is cut or of another version',
  E_PCAP_TRUNCATED: 'the pcap ends in the middle of a record',
  E_PCAP_CORRUPT: 'a record of the pcap cannot be',
  E_PCAPNG_TRUNCATED: 'the pcapng ends in the middle of a block',
  E_PCAPNG_CORRUPT: 'a block of the pcapng cannot be',
  E_TCPDUMP_LINE: 'a line of tcpdump text cannot be read',
  E_PACKETDRILL: 'a statement of a packetdrill script cannot be read',
  E_SOCKETS: 'the text is no socket listing',
  E_SOCKETS_LINE: 'a line of a socket listing cannot be read',
  E_COUNTERS: 'the text is no list of counters',
  E_COUNTERS_LINE: 'a line of counters cannot be read',
  E_SYSCTLS: 'the text is no list of settings',
  E_SYSCTLS_LINE: 'a setting that cannot be',
  E_INJECTED: 'the text notes no packet that was injected',
  E_INJECTED_LINE: 'a line of injected packets cannot be read',
} as const

export type ReadErrorCode = keyof typeof readErrors

export interface ReadErrorParts {
  readonly code: ReadErrorCode
  /** `file`, `file:line:column` (both from 1), or `file: packet n, byte m` (packets from 1, bytes from 0). */
  readonly place: string
  readonly cause: string
  readonly remedy: string
  /** What was read up to the place, where that makes sense. */
  readonly partial?: Capture
}

export class ReadError extends Error {
  readonly code: ReadErrorCode
  readonly place: string
  override readonly cause: string
  readonly remedy: string
  declare readonly partial?: Capture

  /** The message is one line: `place: cause; remedy [code]`. */
  constructor({ code, place, cause, remedy, partial }: ReadErrorParts) {
    super(oneLine(harmless(`${place}: ${cause}; ${remedy} [${code}]`)))
    this.name = 'ReadError'
    this.code = code
    this.place = place
    this.cause = cause
    this.remedy = remedy
    if (partial) this.partial = partial
  }
}

/** Control characters of a hostile file must not reach a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')

/** A piece of the input short enough to be quoted. */
export const quoted = (text: string): string =>
  `«${text.trim().length > 60 ? `${text.trim().slice(0, 59)}…` : text.trim()}»`
