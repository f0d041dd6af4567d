/** What a report is written on: its colours, and how wide a line may be. Every printer is handed it, and none measures by itself. */
import type { Io } from '../io.ts'
import { type Paint, paintFor, plain } from './paint.ts'

export interface Page {
  readonly paint: Paint
  /** Characters in a line. */
  readonly width: number
}

const LEAST = 76
const MOST = 110

/** As wide as the terminal is, within what reads well; where there is none, as much as reads well. */
export const pageFor = (io: Io): Page => ({ paint: paintFor(io), width: widthOf(io) })

const widthOf = ({ columns }: Pick<Io, 'columns'>): number =>
  columns === undefined ? MOST : Math.min(MOST, Math.max(LEAST, columns - 1))

/** Where there is no terminal at all. */
export const plainPage: Page = { paint: plain, width: MOST }
