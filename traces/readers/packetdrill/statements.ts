/** A script cut into its statements: each begins on a line of its own, with a time, a backtick, `%{` or `--`. */
export interface Statement {
  readonly text: string
  /** Of its first line, from 1. */
  readonly line: number
}

/** Where something opens that nothing closes. */
export class Unclosed extends Error {
  readonly line: number
  readonly column: number
  readonly what: string
  readonly closing: string

  constructor(line: number, column: number, what: string, closing: string) {
    super(`${what} is not closed`)
    this.line = line
    this.column = column
    this.what = what
    this.closing = closing
  }
}

const BEGINS = /^\s*(?:\+?\s*\.?\d|\*\s|`|%\{|--\w)/

/** Pairs within which comments and line ends mean nothing. */
const QUOTES = [
  ['"', '"', 'a string'],
  ['`', '`', 'a shell command'],
  ['%{', '}%', 'code'],
] as const

/** @throws Unclosed */
export const statementsOf = (text: string): Statement[] => {
  const { plain, inside } = withoutComments(text)
  const statements: { text: string; line: number }[] = []
  plain.split('\n').forEach((raw, index) => {
    const last = statements.at(-1)
    if (last !== undefined && (inside.has(index) || !BEGINS.test(raw))) last.text += `\n${raw}`
    else if (raw.trim() !== '') statements.push({ text: raw, line: index + 1 })
  })
  return statements.map((s) => ({ ...s, text: s.text.trimEnd() }))
}

/** Blanks in place of comments, so that columns stay; and the lines, from 0, that begin inside a quotation. */
const withoutComments = (text: string): { plain: string; inside: Set<number> } => {
  const inside = new Set<number>()
  const source = text.replace(/\r\n?/g, '\n')
  const parts: string[] = []
  let line = 0
  let lineStart = 0
  const pass = (until: number, from: number, keep: boolean, quoted: boolean): void => {
    const piece = source.slice(from, until)
    parts.push(keep ? piece : piece.replace(/[^\n]/g, ' '))
    for (let i = piece.indexOf('\n'); i >= 0; i = piece.indexOf('\n', i + 1)) {
      line += 1
      lineStart = from + i + 1
      if (quoted) inside.add(line)
    }
  }
  const closing = (at: number, close: string, length: number, what: string): number => {
    const end = source.indexOf(close, at + length)
    if (end < 0) throw new Unclosed(line + 1, at - lineStart + 1, what, close)
    return end + close.length
  }
  for (let at = 0; at < source.length; ) {
    const quote = QUOTES.find(([open]) => source.startsWith(open, at))
    const isLineComment =
      source.startsWith('//', at) || (source[at] === '#' && source.slice(lineStart, at).trim() === '')
    let end = at + 1
    if (quote) end = closing(at, quote[1], quote[0].length, quote[2])
    else if (source.startsWith('/*', at)) end = closing(at, '*/', 2, 'a comment')
    else if (isLineComment) end = source.indexOf('\n', at) < 0 ? source.length : source.indexOf('\n', at)
    pass(end, at, !(isLineComment || source.startsWith('/*', at)), quote !== undefined)
    at = end
  }
  return { plain: parts.join(''), inside }
}
