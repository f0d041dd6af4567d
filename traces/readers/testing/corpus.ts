import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../corpus/', import.meta.url))

/** A file of the corpus, by its path in it. */
export const corpusFile = (path: string): string => root + path

/** Every file of the corpus with this ending. */
export const corpusFiles = (ending: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .sort()
    .map(corpusFile)
