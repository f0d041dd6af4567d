/** Colour, where it is wanted: a terminal, and no NO_COLOR. */
import { styleText } from 'node:util'
import type { Io } from '../io.ts'

type Style = Parameters<typeof styleText>[0]

export type Paint = (style: Style, text: string) => string

export const plain: Paint = (_, text) => text

export const paintFor = (io: Io): Paint => {
  const { NO_COLOR, FORCE_COLOR } = io.env
  const off = NO_COLOR !== undefined && NO_COLOR !== ''
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0'
  if (off || !(forced || (io.isTTY.out && io.env.TERM !== 'dumb'))) return plain
  return (style, text) => styleText(style, text, { validateStream: false })
}

/** Letters that are seen: without the colour of the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is looked for
export const visible = (text: string): number => text.replace(/\u001b\[[0-9;]*m/g, '').length

export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - visible(text)))
