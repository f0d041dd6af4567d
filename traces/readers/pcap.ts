/**
 * The classic pcap file: µs and ns, written by either kind of machine.
 * Layout: draft-ietf-opsawg-pcap. Everything in the file is hostile: no length is trusted before it was compared.
 */
import type { Capture } from '../capture.ts'
import { type Collector, collector } from './collect.ts'
import { type Decoder, decodeAll, Unread } from './decoder.ts'
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
export const isPcap = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && magic(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) !== undefined

const magic = (data: DataView): Pick<Header, 'little' | 'fraction'> | undefined => {
  for (const little of [false, true]) {
    const value = data.getUint32(0, little)
    if (value === MICROSECONDS) return { little, fraction: 1e6 }
    if (value === NANOSECONDS) return { little, fraction: 1e9 }
  }
  return undefined
}

/**
 * Reads a pcap file. Times are seconds as a double, good to a quarter of a microsecond.
 * Throws ReadError E_NOT_A_CAPTURE, E_PCAP_HEADER, E_LINK_TYPE; and with `partial`, what was read until there,
 * E_PCAP_TRUNCATED and E_PCAP_CORRUPT.
 */
export const pcapDecoder = (file: string, collected: Collector = collector(file, 'pcap')): Decoder => {
  const unread = new Unread()
  let header: Header | undefined
  let number = 1

  const fail = (code: 'E_PCAP_TRUNCATED' | 'E_PCAP_CORRUPT', cause: string): ReadError => {
    const repair = code === 'E_PCAP_TRUNCATED' ? 'copy or record the file again' : 'repair the file or cut it here'
    const place = `${file}: packet ${number}, byte ${unread.at}`
    const remedy = `packets before it were read; ${repair}`
    return new ReadError({ code, place, cause, remedy, partial: collected.capture() })
  }

  /** Whether there was a whole one. */
  const readRecord = ({ little, fraction, linkType }: Header): boolean => {
    if (unread.length < RECORD_HEADER) return false
    const data = unread.view
    const captured = data.getUint32(8, little)
    if (captured > LARGEST_RECORD) throw fail('E_PCAP_CORRUPT', `a record cannot hold ${captured} bytes`)
    const end = RECORD_HEADER + captured
    if (unread.length < end) return false
    const time = data.getUint32(0, little) + data.getUint32(4, little) / fraction
    const originalLength = data.getUint32(12, little)
    collected.add(data, { number, time, linkType, start: RECORD_HEADER, end, originalLength })
    unread.skip(end)
    number += 1
    return true
  }

  return {
    push(piece) {
      unread.push(piece)
      if (header === undefined && unread.length >= FILE_HEADER) {
        header = readHeader(unread.view, file)
        unread.skip(FILE_HEADER)
      }
      while (header !== undefined && readRecord(header));
    },
    end() {
      if (header === undefined) throw cutHeader(unread, file)
      const left = unread.length
      if (left === 0) return collected.capture()
      if (left < RECORD_HEADER)
        throw fail('E_PCAP_TRUNCATED', `the file ends ${left} bytes into a record header of ${RECORD_HEADER}`)
      const captured = unread.view.getUint32(8, header.little)
      throw fail('E_PCAP_TRUNCATED', `the file ends ${left - RECORD_HEADER} bytes into a record of ${captured}`)
    },
  }
}

const notOne = (file: string): ReadError => {
  const remedy = 'give a pcap, a pcapng or the text of tcpdump'
  return new ReadError({ code: 'E_NOT_A_CAPTURE', place: file, cause: 'no pcap file header', remedy })
}

const badHeader = (file: string, byte: number, cause: string, remedy: string): ReadError =>
  new ReadError({ code: 'E_PCAP_HEADER', place: `${file}: byte ${byte}`, cause, remedy })

const cutHeader = ({ length, view }: Unread, file: string): ReadError => {
  if (length < 4 || magic(view) === undefined) return notOne(file)
  const cause = `the file header ends after ${length} of ${FILE_HEADER} bytes`
  return badHeader(file, length, cause, 'copy or record the file again')
}

const readHeader = (data: DataView, file: string): Header => {
  const kind = magic(data)
  if (!kind) throw notOne(file)
  const version = data.getUint16(4, kind.little)
  if (version !== 2)
    throw badHeader(file, 4, `pcap version ${version}, but only 2 is known`, 'convert it: editcap -F pcap in out')
  // The upper bits tell of frame check sequences.
  const linkType = data.getUint32(20, kind.little) & 0x03ffffff
  if (!linkLayer(linkType)) {
    const cause = `link type ${linkType} is not read here`
    const remedy = `record on another interface (${linkTypes} are read)`
    throw new ReadError({ code: 'E_LINK_TYPE', place: `${file}: byte 20`, cause, remedy })
  }
  return { ...kind, linkType }
}

/** Reads a pcap file that is here as a whole. @throws ReadError */
export const readPcap = (bytes: Uint8Array, file = 'capture'): Capture => decodeAll(pcapDecoder(file), bytes)
