/**
 * pcapng: sections, interfaces, packets. Layout: draft-ietf-opsawg-pcapng. Blocks that carry no packet are passed over.
 * As in pcap, no length is trusted before it was compared.
 */
import type { Capture } from '../capture.ts'
import { collector } from './collect.ts'
import { ReadError } from './error.ts'
import { linkLayer, linkTypes } from './link.ts'
import { type Interface, readDropped, readInterface } from './pcapng-interface.ts'

const SECTION = 0x0a0d0d0a
const BYTE_ORDER = 0x1a2b3c4d
const INTERFACE = 1
const OLD_PACKET = 2
const SIMPLE_PACKET = 3
const STATISTICS = 5
const ENHANCED_PACKET = 6

interface Block {
  readonly type: number
  /** The body without type and lengths. */
  readonly start: number
  readonly end: number
}

/** Where a packet lies in its block, or what is wrong with the block. */
interface Located {
  readonly interfaceId: number
  readonly start: number
  readonly captured: number
  readonly originalLength: number
  /** Units of the interface's clock. */
  readonly ticks?: number
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Whether the content starts like a pcapng file. */
export const isPcapng = (bytes: Uint8Array): boolean => bytes.length >= 4 && viewOf(bytes).getUint32(0) === SECTION

/**
 * @throws ReadError E_NOT_A_CAPTURE, E_LINK_TYPE when no interface can be read; with `partial`, what was read until
 *   there, E_PCAPNG_TRUNCATED and E_PCAPNG_CORRUPT
 */
export const readPcapng = (bytes: Uint8Array, file = 'capture'): Capture => {
  if (!isPcapng(bytes)) {
    const remedy = 'give a pcap, a pcapng or the text of tcpdump'
    throw new ReadError({ code: 'E_NOT_A_CAPTURE', place: file, cause: 'no pcapng section header', remedy })
  }
  const data = viewOf(bytes)
  const collected = collector(file, 'pcapng', data)
  const unknownLinks = new Set<number>()
  let interfaces: Interface[] = []
  let little = false
  let number = 0
  let readable = 0
  let at = 0

  const fail = (code: 'E_PCAPNG_TRUNCATED' | 'E_PCAPNG_CORRUPT', cause: string) =>
    new ReadError({
      code,
      place: `${file}: packet ${number + 1}, byte ${at}`,
      cause,
      remedy: 'packets before it were read; copy or record the file again',
      partial: collected.capture(),
    })

  while (at < data.byteLength) {
    const left = data.byteLength - at
    if (left < 12) throw fail('E_PCAPNG_TRUNCATED', `the file ends ${left} bytes into a block`)
    if (data.getUint32(at) === SECTION) {
      little = data.getUint32(at + 8, true) === BYTE_ORDER
      if (!little && data.getUint32(at + 8) !== BYTE_ORDER)
        throw fail('E_PCAPNG_CORRUPT', 'a section without byte order')
      interfaces = []
    }
    const length = data.getUint32(at + 4, little)
    if (length < 12 || length % 4 !== 0) throw fail('E_PCAPNG_CORRUPT', `a block cannot have ${length} bytes`)
    if (length > left) throw fail('E_PCAPNG_TRUNCATED', `the file ends ${left} bytes into a block of ${length}`)
    if (data.getUint32(at + length - 4, little) !== length) {
      throw fail('E_PCAPNG_CORRUPT', 'the two lengths of a block differ')
    }
    const block: Block = { type: data.getUint32(at, little), start: at + 8, end: at + length - 4 }
    if (block.type === INTERFACE) {
      const described = readInterface(data, block.start, block.end, little)
      if (!described) throw fail('E_PCAPNG_CORRUPT', 'an interface description is too short')
      interfaces.push(described)
      if (linkLayer(described.linkType)) readable += 1
      else unknownLinks.add(described.linkType)
    } else if (block.type === STATISTICS) {
      const dropped = readDropped(data, block.start, block.end, little)
      if (dropped) collected.note(`the capture itself dropped ${dropped} packets: what is missing may have been sent`)
    } else if ([OLD_PACKET, SIMPLE_PACKET, ENHANCED_PACKET].includes(block.type)) {
      const found = locate(data, block, little, interfaces[0]?.snaplen ?? 0)
      const from = found && interfaces[found.interfaceId]
      if (!found) throw fail('E_PCAPNG_CORRUPT', 'a packet does not fit into its block')
      if (!from) throw fail('E_PCAPNG_CORRUPT', `a packet of interface ${found.interfaceId}, which is not described`)
      number += 1
      const { start, captured, originalLength, ticks } = found
      const time = ticks === undefined ? {} : { time: from.offset + ticks / from.ticksPerSecond }
      collected.add({ number, ...time, linkType: from.linkType, start, end: start + captured, originalLength })
    }
    at += length
  }
  if (unknownLinks.size > 0) {
    const links = `link type ${[...unknownLinks].join(', ')}`
    if (readable === 0) {
      const remedy = `record on another interface (${linkTypes} are read)`
      throw new ReadError({ code: 'E_LINK_TYPE', place: file, cause: `${links} is not read here`, remedy })
    }
    collected.note(`packets of ${links} were skipped: not read here`)
  }
  return collected.capture()
}

const locate = (data: DataView, { type, start, end }: Block, little: boolean, snaplen: number): Located | undefined => {
  const u32 = (offset: number) => data.getUint32(start + offset, little)
  const header = type === SIMPLE_PACKET ? 4 : 20
  const room = end - start - header
  if (room < 0) return undefined
  if (type === SIMPLE_PACKET) {
    // Captured length is not stored: the snaplen of the first interface, or all of it.
    const captured = snaplen > 0 ? Math.min(u32(0), snaplen) : u32(0)
    return captured > room ? undefined : { interfaceId: 0, start: start + 4, captured, originalLength: u32(0) }
  }
  const captured = u32(12)
  if (captured > room) return undefined
  const interfaceId = type === OLD_PACKET ? data.getUint16(start, little) : u32(0)
  const ticks = u32(4) * 2 ** 32 + u32(8)
  return { interfaceId, start: start + 20, captured, originalLength: u32(16), ticks }
}
