/** Text in lines that are no wider than the page. */
import type { Page } from './page.ts'
import { visible } from './paint.ts'

const NO_BREAK = '\u00a0'

/** Words that stay on one line: a command line that is copied, a fact. */
export const unbroken = (text: string): string => text.replaceAll(' ', NO_BREAK)

/** Facts with points between them: none is torn. */
export const dotted = (facts: readonly string[]): string => facts.map(unbroken).join(' · ')

/** Notation: a number stays with its name, as in `seq 100`. */
export const unbrokenPairs = (text: string): string => text.replace(/(\w) (?=\d)/g, `$1${NO_BREAK}`)

/**
 * Text in lines; a word that is longer than a line has one of its own.
 * @param width characters of a line
 * @param first of the first one, where something stands before it; too few for its first word: it is left empty
 */
export const linesOf = (text: string, width: number, first = width): string[] => {
  const [begin = '', ...words] = paintedWords(text).split(' ')
  const lines = first < width && visible(begin) > first ? ['', begin] : [begin]
  for (const word of words) {
    const line = lines.at(-1)!
    const room = lines.length === 1 ? first : width
    if (visible(line) + 1 + visible(word) > room) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines.map((line) => line.replaceAll(NO_BREAK, ' '))
}

/**
 * A paragraph, its last line ended: `head`, the text beside it, and further lines below. No line begins with a point.
 * @param hanging blanks before these, where they do not stand under the beginning of the text
 */
export const paragraph = (page: Pick<Page, 'width'>, head: string, text: string, hanging = visible(head)): string => {
  const [first, ...more] = linesOf(
    text.replaceAll(' · ', `${NO_BREAK}· `),
    page.width - hanging,
    page.width - visible(head),
  )
  return [`${head}${first}`.trimEnd(), ...more.map((line) => ' '.repeat(hanging) + line)].map((l) => `${l}\n`).join('')
}

/** One of several things that are said. */
export const bullet = (page: Pick<Page, 'width'>, text: string): string => paragraph(page, '   · ', text)

/** Colour begins and ends with each word, so that it does not run over what stands beside a line. */
const paintedWords = (text: string): string =>
  text.replace(SPAN, (_, on: string, words: string, off: string) => on + words.replaceAll(' ', `${off} ${on}`) + off)

/** Styles that begin, what they are of, and the same styles ending. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is looked for
const SPAN = /((?:\u001b\[(?:[1-9]|[39][0-7])m)+)([^\u001b]+)((?:\u001b\[(?:2[2-9]|39)m)+)/g
