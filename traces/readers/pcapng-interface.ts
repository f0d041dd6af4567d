/** Interface description and statistics of a pcapng section, with their options. draft-ietf-opsawg-pcapng §4.2, §4.6 */

export interface Interface {
  readonly linkType: number
  /** Bytes; 0 means no limit. */
  readonly snaplen: number
  readonly ticksPerSecond: number
  /** Seconds to add to every time. */
  readonly offset: number
}

const END_OF_OPTIONS = 0
const IF_TSRESOL = 9
const IF_TSOFFSET = 14
const ISB_IFDROP = 5

/** Nothing if the block is too short to be one. */
export const readInterface = (data: DataView, start: number, end: number, little: boolean): Interface | undefined => {
  if (end - start < 8) return undefined
  const linkType = data.getUint16(start, little)
  const snaplen = data.getUint32(start + 4, little)
  let ticksPerSecond = 1e6
  let offset = 0
  for (const option of options(data, start + 8, end, little)) {
    if (option.code === IF_TSRESOL && option.length >= 1) {
      const resolution = data.getUint8(option.at)
      ticksPerSecond = resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution
    }
    if (option.code === IF_TSOFFSET && option.length >= 8) offset = Number(data.getBigInt64(option.at, little))
  }
  return { linkType, snaplen, ticksPerSecond, offset }
}

/** How many packets the interface dropped for want of room, where the statistics tell. */
export const readDropped = (data: DataView, start: number, end: number, little: boolean): number => {
  for (const { code, at, length } of options(data, start + 12, end, little)) {
    if (code === ISB_IFDROP && length >= 8) return Number(data.getBigUint64(at, little))
  }
  return 0
}

/** Every option that lies within the block; values are padded to four bytes. */
function* options(data: DataView, start: number, end: number, little: boolean) {
  for (let at = start; at + 4 <= end; ) {
    const code = data.getUint16(at, little)
    const length = data.getUint16(at + 2, little)
    if (code === END_OF_OPTIONS || at + 4 + length > end) return
    yield { code, at: at + 4, length }
    at += 4 + Math.ceil(length / 4) * 4
  }
}
