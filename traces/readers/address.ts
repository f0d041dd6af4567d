/** Addresses as text. */

export const addressText4 = (data: DataView, at: number): string => {
  const number = data.getUint32(at)
  const slot = (Math.imul(number, 2_654_435_761) >>> SHIFT) * 2
  if (recent[slot] !== number) {
    recent[slot] = number
    recent[slot + 1] = `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`
  }
  return recent[slot + 1] as string
}

/** Numbers and texts of addresses read before, a few thousand: the same come again and again. */
const SLOTS = 4096
const SHIFT = 32 - Math.log2(SLOTS)
const recent: (number | string)[] = Array.from({ length: 2 * SLOTS }, () => '')

/** RFC 5952 §4: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as `::`. */
export const addressText6 = (data: DataView, at: number): string => {
  const groups = Array.from({ length: 8 }, (_, i) => data.getUint16(at + 2 * i))
  const mapped = groups.slice(0, 5).every((g) => g === 0) && groups[5] === 0xffff
  if (mapped) return `::ffff:${addressText4(data, at + 12)}`
  const run = longestZeroRun(groups)
  const hex = (part: number[]) => part.map((g) => g.toString(16)).join(':')
  return run.length < 2
    ? hex(groups)
    : `${hex(groups.slice(0, run.start))}::${hex(groups.slice(run.start + run.length))}`
}

const longestZeroRun = (groups: readonly number[]): { start: number; length: number } => {
  let best = { start: 0, length: 0 }
  let length = 0
  groups.forEach((group, i) => {
    length = group === 0 ? length + 1 : 0
    if (length > best.length) best = { start: i - length + 1, length }
  })
  return best
}
