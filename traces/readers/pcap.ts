/**
 * The classic pcap file: µs and ns, written by either kind of machine.
 * Layout: draft-ietf-opsawg-pcap. Everything in the file is hostile: no length is trusted before it was compared.
 */
import type { Capture } from '../capture.ts'
import { type Collector, collector } from './collect.ts'
import { ReadError } from './error.ts'
import { linkLayer, linkTypes } from './link.ts'

const MICROSECONDS = 0xa1b2c3d4
const NANOSECONDS = 0xa1b23c4d
const FILE_HEADER = 24
const RECORD_HEADER = 16
/** The largest record that tcpdump and Wireshark write (MAXIMUM_SNAPLEN); more is damage, not a packet. */
const LARGEST_RECORD = 262_144

interface Header {
  readonly little: boolean
  /** Units of the fraction in a second. */
  readonly fraction: number
  readonly linkType: number
}

/** Whether the content starts like a pcap file. */
export const isPcap = (bytes: Uint8Array): boolean => bytes.length >= 4 && magic(viewOf(bytes)) !== undefined

const magic = (data: DataView): Pick<Header, 'little' | 'fraction'> | undefined => {
  for (const little of [false, true]) {
    const value = data.getUint32(0, little)
    if (value === MICROSECONDS) return { little, fraction: 1e6 }
    if (value === NANOSECONDS) return { little, fraction: 1e9 }
  }
  return undefined
}

/**
 * Reads a whole pcap file. Times are seconds as a double, good to a quarter of a microsecond.
 * @throws ReadError E_NOT_A_CAPTURE, E_PCAP_HEADER, E_LINK_TYPE; and with `partial`, what was read until there,
 *   E_PCAP_TRUNCATED and E_PCAP_CORRUPT.
 */
export const readPcap = (bytes: Uint8Array, file = 'capture'): Capture => {
  const data = viewOf(bytes)
  const header = readHeader(data, file)
  const collected = collector(file, 'pcap', data)
  let at = FILE_HEADER
  for (let number = 1; at < data.byteLength; number += 1) at = readRecord(data, at, number, header, collected, file)
  return collected.capture()
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const readHeader = (data: DataView, file: string): Header => {
  const kind = data.byteLength >= 4 ? magic(data) : undefined
  if (!kind) {
    const remedy = 'give a pcap, a pcapng or the text of tcpdump'
    throw new ReadError({ code: 'E_NOT_A_CAPTURE', place: file, cause: 'no pcap file header', remedy })
  }
  const fail = (byte: number, cause: string, remedy: string) =>
    new ReadError({ code: 'E_PCAP_HEADER', place: `${file}: byte ${byte}`, cause, remedy })
  if (data.byteLength < FILE_HEADER) {
    const cause = `the file header ends after ${data.byteLength} of ${FILE_HEADER} bytes`
    throw fail(data.byteLength, cause, 'copy or record the file again')
  }
  const version = data.getUint16(4, kind.little)
  if (version !== 2) throw fail(4, `pcap version ${version}, but only 2 is known`, 'convert it: editcap -F pcap in out')
  // The upper bits tell of frame check sequences.
  const linkType = data.getUint32(20, kind.little) & 0x03ffffff
  if (!linkLayer(linkType)) {
    const cause = `link type ${linkType} is not read here`
    const remedy = `record on another interface (${linkTypes} are read)`
    throw new ReadError({ code: 'E_LINK_TYPE', place: `${file}: byte 20`, cause, remedy })
  }
  return { ...kind, linkType }
}

/** Returns where the next record starts, always further on. */
const readRecord = (
  data: DataView,
  at: number,
  number: number,
  { little, fraction, linkType }: Header,
  collected: Collector,
  file: string,
): number => {
  const fail = (code: 'E_PCAP_TRUNCATED' | 'E_PCAP_CORRUPT', cause: string) => {
    const remedy = `packets before it were read; ${code === 'E_PCAP_TRUNCATED' ? 'copy or record the file again' : 'repair the file or cut it here'}`
    return new ReadError({
      code,
      place: `${file}: packet ${number}, byte ${at}`,
      cause,
      remedy,
      partial: collected.capture(),
    })
  }
  const left = data.byteLength - at
  if (left < RECORD_HEADER) {
    throw fail('E_PCAP_TRUNCATED', `the file ends ${left} bytes into a record header of ${RECORD_HEADER}`)
  }
  const captured = data.getUint32(at + 8, little)
  const originalLength = data.getUint32(at + 12, little)
  if (captured > LARGEST_RECORD) throw fail('E_PCAP_CORRUPT', `a record cannot hold ${captured} bytes`)
  const start = at + RECORD_HEADER
  const end = start + captured
  if (end > data.byteLength) {
    throw fail('E_PCAP_TRUNCATED', `the file ends ${left - RECORD_HEADER} bytes into a record of ${captured}`)
  }
  const time = data.getUint32(at, little) + data.getUint32(at + 4, little) / fraction
  collected.add({ number, time, linkType, start, end, originalLength })
  return end
}
