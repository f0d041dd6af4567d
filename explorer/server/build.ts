/** Where the built page is, and its files. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the page loads, and `start.js`, which stands in its head. */
const NAMES = ['page.js', 'page.css', 'zh.js', 'start.js'] as const
export type BuiltName = (typeof NAMES)[number]

/** The root of the package: what holds the corpus, above the source and above the compiled file. */
export const root = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'traces', 'corpus')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

/** @throws Error that says how to build it, where it is not built */
export const builtFiles = (): Record<BuiltName, string> => {
  const folder = join(root(), 'dist', 'explorer')
  const missing = NAMES.find((name) => !existsSync(join(folder, name)))
  if (missing !== undefined) throw new Error(`the page is not built: ${missing} is missing; run npm run bundle`)
  const text = (name: BuiltName) => readFileSync(join(folder, name), 'utf8').trim()
  return Object.fromEntries(NAMES.map((name) => [name, text(name)])) as Record<BuiltName, string>
}
