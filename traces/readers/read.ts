/** A capture from bytes, whatever its format. */
import type { Capture } from '../capture.ts'
import { ReadError, type ReadErrorCode } from './error.ts'
import { isPcap, readPcap } from './pcap.ts'
import { isPcapng, readPcapng } from './pcapng.ts'
import { readTcpdump } from './tcpdump-text.ts'
import { looksLikeText, textOf } from './text.ts'

/** Formats that are recognised only to be refused with a useful word. */
const OTHERS: readonly { magic: readonly number[]; code: ReadErrorCode; what: string; remedy: string }[] = [
  { magic: [0x1f, 0x8b], code: 'E_COMPRESSED', what: 'is compressed (gzip)', remedy: 'gunzip it first' },
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

/**
 * The content tells the format, the name of the file does not matter.
 * @throws ReadError E_EMPTY, E_COMPRESSED, E_NOT_A_CAPTURE, and what `readPcap`, `readPcapng`, `readTcpdump` throw
 */
export const readCapture = (bytes: Uint8Array, file = 'capture'): Capture => {
  const refuse = (code: ReadErrorCode, cause: string, remedy: string) =>
    new ReadError({ code, place: file, cause, remedy })
  if (bytes.length === 0) throw refuse('E_EMPTY', 'is empty', 'record it again, or name another file')
  if (isPcap(bytes)) return readPcap(bytes, file)
  if (isPcapng(bytes)) return readPcapng(bytes, file)
  const other = OTHERS.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte))
  if (other) throw refuse(other.code, other.what, other.remedy)
  if (looksLikeText(bytes)) return readTcpdump(textOf(bytes), file)
  const head = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const cause = `starts with ${head}: neither pcap, pcapng nor text`
  throw refuse('E_NOT_A_CAPTURE', cause, 'give a pcap, a pcapng or the text of tcpdump')
}
