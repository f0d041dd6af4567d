/** A capture from bytes, whatever its format. */
import type { Capture } from '../capture.ts'
import { type Decoder, decodeAll, Unread } from './decoder.ts'
import { ReadError, type ReadErrorCode } from './error.ts'
import { gunzipping, isGzip } from './gzip.ts'
import { isPacketdrill, readPacketdrill } from './packetdrill/read.ts'
import { isPcap, pcapDecoder } from './pcap.ts'
import { isPcapng, pcapngDecoder } from './pcapng.ts'
import { readTcpdump } from './tcpdump-text.ts'
import { looksLikeText, textOf } from './text.ts'

/** Formats that are recognised only to be refused with a useful word. */
const OTHERS: readonly { magic: readonly number[]; code: ReadErrorCode; what: string; remedy: string }[] = [
  { magic: [0x28, 0xb5, 0x2f, 0xfd], code: 'E_COMPRESSED', what: 'is compressed (zstd)', remedy: 'unzstd it first' },
  { magic: [0xfd, 0x37, 0x7a, 0x58], code: 'E_COMPRESSED', what: 'is compressed (xz)', remedy: 'unxz it first' },
  { magic: [0x50, 0x4b, 0x03, 0x04], code: 'E_COMPRESSED', what: 'is a zip archive', remedy: 'unzip it first' },
  ...[
    [0xa1, 0xb2, 0xcd, 0x34],
    [0x34, 0xcd, 0xb2, 0xa1],
  ].map((magic) => ({
    magic,
    code: 'E_NOT_A_CAPTURE' as const,
    what: 'is a pcap of the patched kind',
    remedy: 'convert it: editcap -F pcap in out',
  })),
  {
    magic: [...'snoop\0'].map((c) => c.charCodeAt(0)),
    code: 'E_NOT_A_CAPTURE',
    what: 'is a snoop capture',
    remedy: 'convert it: editcap -F pcap in out',
  },
]

/** As much as it takes to tell text from something else. */
const HEAD = 8192
/** Text is read whole. */
const LONGEST_TEXT = 2 ** 28

/**
 * The content tells the format, the name of the file does not matter.
 * @throws ReadError E_EMPTY, E_COMPRESSED, E_GZIP, E_NOT_A_CAPTURE, E_TOO_LARGE, and what the readers of the formats throw
 */
export const readCapture = (bytes: Uint8Array, file = 'capture'): Capture => decodeAll(captureDecoder(file), bytes)

/** Reads a capture in pieces, as `readCapture` does it at once. */
export const captureDecoder = (file: string, packed = false): Decoder => {
  const head = new Unread()
  let inner: Decoder | undefined
  const begin = (): Decoder => {
    const { view } = head
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    inner = decoderFor(bytes, file, packed)
    inner.push(bytes)
    return inner
  }
  return {
    push(piece) {
      if (inner) return inner.push(piece)
      head.push(piece)
      if (head.length >= HEAD) begin()
    },
    end: () => (inner ?? begin()).end(),
  }
}

const decoderFor = (bytes: Uint8Array, file: string, packed: boolean): Decoder => {
  const refuse = (code: ReadErrorCode, cause: string, remedy: string) =>
    new ReadError({ code, place: file, cause, remedy })
  if (bytes.length === 0) throw refuse('E_EMPTY', 'is empty', 'record it again, or name another file')
  if (isPcap(bytes)) return pcapDecoder(file)
  if (isPcapng(bytes)) return pcapngDecoder(file)
  if (isGzip(bytes) && !packed) return gunzipping(file, captureDecoder(file, true))
  if (isGzip(bytes)) throw refuse('E_COMPRESSED', 'is compressed twice', 'gunzip it first')
  const other = OTHERS.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte))
  if (other) throw refuse(other.code, other.what, other.remedy)
  if (looksLikeText(bytes)) return textDecoder(file)
  const first = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const cause = `starts with ${first}: neither pcap, pcapng nor text`
  throw refuse('E_NOT_A_CAPTURE', cause, 'give a pcap, a pcapng, the text of tcpdump or a script of packetdrill')
}

/** Later lines tell what the numbers of earlier ones mean, so text is read when all of it is here. */
const textDecoder = (file: string): Decoder => {
  const pieces: Uint8Array[] = []
  let length = 0
  return {
    push(piece) {
      pieces.push(piece.slice())
      length += piece.length
      if (length <= LONGEST_TEXT) return
      const cause = `is text of more than ${LONGEST_TEXT / 2 ** 20} MB`
      throw new ReadError({ code: 'E_TOO_LARGE', place: file, cause, remedy: 'cut it, or record a pcap' })
    },
    end() {
      const all = new Uint8Array(length)
      let at = 0
      for (const piece of pieces) {
        all.set(piece, at)
        at += piece.length
      }
      const text = textOf(all)
      return isPacketdrill(text) ? readPacketdrill(text, file) : readTcpdump(text, file)
    },
  }
}
