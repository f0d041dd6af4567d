/** How wide a line may be: as the terminal is, within what reads well. */
import type { Io } from '../io.ts'

const LEAST = 76
const MOST = 110

/** Characters. Where there is no terminal, as much as reads well. */
export const widthOf = ({ columns }: Pick<Io, 'columns'>): number =>
  columns === undefined ? MOST : Math.min(MOST, Math.max(LEAST, columns - 2))
