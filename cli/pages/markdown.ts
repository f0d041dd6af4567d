/** Rows of Markdown tables. */

/** What would end a cell is escaped. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

export const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`
