/** Tables of the docs that only a kernel can fill: each stands between two comments of its page. */
import { readFileSync, writeFileSync } from 'node:fs'

/** The page with the table between `<!-- NAME -->` and `<!-- /NAME -->`. @throws Error where the page has no such place */
export const published = (page: string, name: string, table: string): string => {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the page has no place for ${name}: ${begin} … ${end}`)
  return `${page.slice(0, from + begin.length)}\n\n${table}\n${page.slice(to)}`
}

export const publish = (file: string, name: string, table: string): void => {
  writeFileSync(file, published(readFileSync(file, 'utf8'), name, table))
}
