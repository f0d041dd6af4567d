/** Columns beside each other: how wide each may be, and rows whose cells have several lines. */
import { padded, visible } from './paint.ts'

/** Characters. */
export interface Extent {
  /** What it takes to have each cell on one line. */
  readonly natural: number
  /** Less than this tears a word. */
  readonly least: number
}

/** Blanks between two columns. */
export const GAP = 2

/** What columns take with what is between them. */
export const taken = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1))

/** Characters that a sentence needs to be read. */
export const SENTENCE = 32

/** The widths of columns that take at most `room` together, with what is between them. */
export const fitted = (columns: readonly Extent[], room: number): number[] =>
  widestYields(columns, room) ?? allYield(columns, room)

/** The widest column alone gives way, while a sentence can be read there. */
const widestYields = (columns: readonly Extent[], room: number): number[] | undefined => {
  const at = columns.reduce((most, { natural }, i) => (natural > columns[most]!.natural ? i : most), 0)
  const left = room - taken(columns.map(({ natural }, i) => (i === at ? 0 : natural)))
  const { natural, least } = columns[at]!
  if (left < Math.min(natural, Math.max(least, SENTENCE))) return undefined
  return columns.map((column, i) => (i === at ? Math.min(natural, left) : column.natural))
}

/** To the largest limit that is the same for all; no word is torn for it. */
const allYield = (columns: readonly Extent[], room: number): number[] => {
  const widths = (limit: number) => columns.map(({ natural, least }) => Math.min(natural, Math.max(least, limit)))
  let limit = Math.max(...columns.map(({ natural }) => natural))
  while (limit > 0 && taken(widths(limit)) > room) limit--
  return widths(limit)
}

/** The same columns, of which one keeps its natural width as long as the others need not tear a word for it. */
export const lastToYield = (columns: readonly Extent[], kept: number, room: number): Extent[] => {
  const others = taken(columns.map(({ least }, i) => (i === kept ? 0 : least)))
  return columns.map((column, i) =>
    i === kept ? { ...column, least: Math.max(column.least, Math.min(column.natural, room - others)) } : column,
  )
}

/** Of cells that wrap between words. */
export const extentOf = (texts: readonly string[]): Extent => ({
  natural: longest(texts),
  least: longest(texts.flatMap((text) => text.split(' '))),
})

/** Of a column of such cells. */
export const widest = (cells: readonly Extent[]): Extent =>
  cells.reduce(
    (most, { natural, least }) => ({ natural: Math.max(most.natural, natural), least: Math.max(most.least, least) }),
    { natural: 0, least: 0 },
  )

/** Characters that are seen of the longest. A capture has more lines than a call has arguments. */
export const longest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, visible(text)), 0)

/** @param cells each as its lines @param below what stands in a column under a cell that has no more of them */
export const rowOf = (
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  below: readonly string[] = [],
): string[] =>
  Array.from({ length: Math.max(1, ...cells.map((lines) => lines.length)) }, (_, i) =>
    cells
      .map((lines, column) => padded(lines[i] ?? below[column] ?? '', widths[column]!))
      .join(' '.repeat(GAP))
      .trimEnd(),
  )
