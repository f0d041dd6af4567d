/**
 * pcapng: sections, interfaces, packets. Layout: draft-ietf-opsawg-pcapng. Blocks that carry no packet are passed over.
 * As in pcap, no length is trusted before it was compared.
 */
import type { Capture } from '../capture.ts'
import { type Collector, collector } from './collect.ts'
import { type Decoder, decodeAll, Unread } from './decoder.ts'
import { ReadError } from './error.ts'
import { linkLayer, linkTypes } from './link.ts'
import { type Interface, readDropped, readInterface } from './pcapng-interface.ts'
import { locate, PACKETS } from './pcapng-packet.ts'

const SECTION = 0x0a0d0d0a
const BYTE_ORDER = 0x1a2b3c4d
const INTERFACE = 1
const STATISTICS = 5
/** Wireshark's own limit; more is damage, and would have to be waited for. */
const LARGEST_BLOCK = 16 * 2 ** 20

/** Whether the content starts like a pcapng file. */
export const isPcapng = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === SECTION

/**
 * Throws ReadError E_NOT_A_CAPTURE, E_LINK_TYPE when no interface can be read; with `partial`, what was read until there,
 * E_PCAPNG_TRUNCATED and E_PCAPNG_CORRUPT.
 */
export const pcapngDecoder = (file: string, collected: Collector = collector(file, 'pcapng')): Decoder => {
  const unread = new Unread()
  const links = { readable: 0, unknown: new Set<number>() }
  let interfaces: Interface[] = []
  let little = false
  let number = 0

  const fail = (code: 'E_PCAPNG_TRUNCATED' | 'E_PCAPNG_CORRUPT', cause: string): ReadError =>
    new ReadError({
      code,
      place: `${file}: packet ${number + 1}, byte ${unread.at}`,
      cause,
      remedy: 'packets before it were read; copy or record the file again',
      partial: collected.capture(),
    })

  /** The length of the block that comes next, as far as that can be told yet. */
  const nextLength = (data: DataView): number | undefined => {
    if (data.byteLength < 12) return undefined
    if (data.getUint32(0) === SECTION) {
      little = data.getUint32(8, true) === BYTE_ORDER
      if (!little && data.getUint32(8) !== BYTE_ORDER) throw fail('E_PCAPNG_CORRUPT', 'a section without byte order')
      interfaces = []
    } else if (unread.at === 0) {
      const remedy = 'give a pcap, a pcapng or the text of tcpdump'
      throw new ReadError({ code: 'E_NOT_A_CAPTURE', place: file, cause: 'no pcapng section header', remedy })
    }
    const length = data.getUint32(4, little)
    if (length < 12 || length % 4 !== 0 || length > LARGEST_BLOCK)
      throw fail('E_PCAPNG_CORRUPT', `a block cannot have ${length} bytes`)
    return length
  }

  const readBlock = (data: DataView, length: number): void => {
    if (data.getUint32(length - 4, little) !== length)
      throw fail('E_PCAPNG_CORRUPT', 'the two lengths of a block differ')
    const type = data.getUint32(0, little)
    const [start, end] = [8, length - 4]
    if (type === INTERFACE) {
      const described = readInterface(data, start, end, little)
      if (!described) throw fail('E_PCAPNG_CORRUPT', 'an interface description is too short')
      interfaces.push(described)
      if (linkLayer(described.linkType)) links.readable += 1
      else links.unknown.add(described.linkType)
    } else if (type === STATISTICS) {
      const dropped = readDropped(data, start, end, little)
      if (dropped) collected.dropped(dropped)
    } else if (PACKETS.includes(type)) {
      const found = locate(data, { type, start, end }, little, interfaces[0]?.snaplen ?? 0)
      const from = found && interfaces[found.interfaceId]
      if (!found) throw fail('E_PCAPNG_CORRUPT', 'a packet does not fit into its block')
      if (!from) throw fail('E_PCAPNG_CORRUPT', `a packet of interface ${found.interfaceId}, which is not described`)
      number += 1
      const { ticks, interfaceId } = found
      collected.add(data, {
        number,
        ...(ticks === undefined ? {} : { time: from.offset + ticks / from.ticksPerSecond }),
        ...(interfaces.length > 1 ? { interfaceId } : {}),
        linkType: from.linkType,
        start: found.start,
        end: found.start + found.captured,
        originalLength: found.originalLength,
      })
    }
  }

  return {
    push(piece) {
      unread.push(piece)
      for (;;) {
        const data = unread.view
        const length = nextLength(data)
        if (length === undefined || length > unread.length) return
        readBlock(data, length)
        unread.skip(length)
      }
    },
    end() {
      const left = unread.length
      const length = left === 0 ? undefined : nextLength(unread.view)
      if (left > 0)
        throw fail('E_PCAPNG_TRUNCATED', `the file ends ${left} bytes into a block${length ? ` of ${length}` : ''}`)
      noteUnknown()
      return collected.capture()
    },
  }

  function noteUnknown(): void {
    if (links.unknown.size === 0) return
    const types = `link type ${[...links.unknown].join(', ')}`
    if (links.readable === 0) {
      const remedy = `record on another interface (${linkTypes} are read)`
      throw new ReadError({ code: 'E_LINK_TYPE', place: file, cause: `${types} is not read here`, remedy })
    }
    collected.note(`packets of ${types} were skipped: not read here`)
  }
}

/** Reads a pcapng file that is here as a whole. @throws ReadError */
export const readPcapng = (bytes: Uint8Array, file = 'capture'): Capture => decodeAll(pcapngDecoder(file), bytes)
