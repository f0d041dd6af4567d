/**
 * A segment that is late, from the line where it leaves to the line where it comes: a slanted line that passes behind the
 * text between, with the same mark at both ends.
 */
import type { Arrow } from '../../traces/index.ts'
import { lateEnd, lateOrigin } from '../../traces/index.ts'
import type { Page } from '../words/page.ts'
import { type Paint, visible } from '../words/paint.ts'
import { paragraph } from '../words/paragraph.ts'

export interface Slant {
  readonly from: Arrow['from']
  readonly mark: string
  /** The line where it leaves; absent where it was in flight at the beginning. */
  readonly begins?: number
  /** The line where it comes, or is lost; absent where nothing is drawn of that. */
  readonly ends?: number
}

/** The column of the wire. */
export interface Between {
  readonly at: number
  readonly width: number
}

/** The lines with what passes behind them. */
export const slanted = (
  lines: readonly string[],
  slants: readonly Slant[],
  { at, width }: Between,
  paint: Paint,
): string[] => {
  const drawn = [...lines]
  for (const { from, begins = 0, ends } of slants) {
    if (ends === undefined) continue
    for (let line = begins + 1; line < ends; line++) {
      const part = (line - begins) / (ends - begins)
      const across = Math.round(part * (width - 1))
      const x = at + (from === 'client' ? across : width - 1 - across)
      drawn[line] = behind(drawn[line]!, x, from === 'client' ? '╲' : '╱', paint)
    }
  }
  return drawn
}

/** The letter where the line is free, and free on both sides. */
const behind = (line: string, x: number, letter: string, paint: Paint): string => {
  const length = visible(line)
  if (x >= length)
    return x === length && length > 0 ? line : `${line}${' '.repeat(x - length)}${paint('magenta', letter)}`
  const at = placeOf(line, x)
  const around = [placeOf(line, x - 1), at, placeOf(line, x + 1)].map((i) => line[i] ?? ' ')
  return around.join('') === '   ' ? `${line.slice(0, at)}${paint('magenta', letter)}${line.slice(at + 1)}` : line
}

/** Where the x-th letter stands that is seen. */
const placeOf = (line: string, x: number): number => {
  let seen = 0
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '\u001b') i = line.indexOf('m', i)
    else if (seen++ === x) return i
  }
  return line.length
}

/** At both ends of its way: where a segment that is late comes, and where it came from. */
export const wayLines = (arrows: readonly Arrow[], page: Page): string[] =>
  arrows.flatMap(({ kind, late }) => {
    if (late === undefined) return []
    const words = `${late.mark} ${kind === 'leaves' ? lateEnd(late) : lateOrigin(late)}`
    return paragraph(page, '      ', page.paint('magenta', words), 8).trimEnd().split('\n')
  })
