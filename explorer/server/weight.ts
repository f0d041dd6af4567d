import { gzipSync } from 'node:zlib'
import { built } from './build.ts'

const LANGUAGES = ['en', 'zh'] as const

/**
 * In bytes, each file gzipped by itself, as a server would send it: page, model, checker, replay and the words of a language, which
 * is all that any view of a page in that language ever loads.
 */
export type Weight = Readonly<Record<(typeof LANGUAGES)[number], number>>

/** `whole.js` is left out: it is the same code again, for the page as one file, and is loaded only to save that. */
export const weight = (): Weight => {
  const { served, start } = built()
  const of = (text: string) => gzipSync(text, { level: 9 }).length
  const words = LANGUAGES.map((language) => `${language}.js`)
  const loaded = [...served].filter(([name]) => name !== 'whole.js' && !words.includes(name))
  const code = loaded.reduce((sum, [, text]) => sum + of(text), of(start))
  const [en, zh] = LANGUAGES.map((language) => code + of(served.get(`${language}.js`)!))
  return { en: en!, zh: zh! }
}
