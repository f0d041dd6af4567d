/** Columns under headings, as wide as what stands in them. */
import { type Paint, padded, visible } from './paint.ts'

export const table = (headings: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string => {
  const widths = headings.map((heading, i) => Math.max(...[heading, ...rows.map((row) => row[i] ?? '')].map(visible)))
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => padded(cell, widths[i]!)).join('  ')}`.trimEnd()
  return [line(headings.map((heading) => paint('dim', heading))), ...rows.map(line)].map((l) => `${l}\n`).join('')
}

/** Text in lines of at most `width`, each after the first indented. */
export const wrapped = (text: string, width: number, indent: string): string => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && visible(line) + 1 + visible(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join(`\n${indent}`)
}
