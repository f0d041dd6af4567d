/** Where the built page is, and its files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the package: what holds the corpus, above the source and above the compiled file. */
export const root = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'traces', 'corpus')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

export interface Built {
  /**
   * What a server of the page has, by name: `page.css`, `page.js`, a worker for each kind of work and what they share,
   * `en.js` and `zh.js`, of which each reader needs one, and `whole.js`, page and workers as one script, for the page as one file.
   */
  readonly served: ReadonlyMap<string, string>
  /** The script in the head of the page. */
  readonly start: string
}

const NEEDED = ['page.css', 'page.js', 'whole.js', 'en.js', 'zh.js']

/** @throws Error that says how to build it, where it is not built */
export const built = (): Built => {
  const folder = join(root(), 'dist', 'explorer', 'page')
  const start = join(root(), 'dist', 'explorer', 'start.js')
  const missing = [...NEEDED.map((name) => join(folder, name)), start].find((file) => !existsSync(file))
  if (missing !== undefined) throw new Error(`the page is not built: ${missing} is missing; run npm run bundle`)
  const names = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name))
  return {
    served: new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    start: readFileSync(start, 'utf8').trim(),
  }
}
