/** The three kinds of blocks that hold a packet. draft-ietf-opsawg-pcapng §4.3, §4.4, appendix A */

const OLD_PACKET = 2
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6
export const PACKETS: readonly number[] = [OLD_PACKET, SIMPLE_PACKET, ENHANCED_PACKET]

interface Block {
  readonly type: number
  /** The body without type and lengths. */
  readonly start: number
  readonly end: number
}

interface Located {
  readonly interfaceId: number
  readonly start: number
  readonly captured: number
  readonly originalLength: number
  /** Units of the interface's clock. */
  readonly ticks?: number
}

/** Where the packet lies in its block; undefined if it does not fit. @param snaplen of the first interface, 0: none */
export const locate = (
  data: DataView,
  { type, start, end }: Block,
  little: boolean,
  snaplen: number,
): Located | undefined => {
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
