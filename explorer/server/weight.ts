import { gzipSync } from 'node:zlib'
import { built } from './build.ts'

/** In bytes, each file gzipped by itself, as a server would send it. */
export interface Weight {
  /** Page, model, checker, replay and the words in English: all that any view of an English page ever loads. */
  readonly english: number
  /** The same with the Chinese words. */
  readonly chinese: number
}

/** `whole.js` is left out: it is the same code again, for the page as one file, and is loaded only to save that. */
export const weight = (): Weight => {
  const { served, start } = built()
  const of = (text: string) => gzipSync(text, { level: 9 }).length
  const loaded = [...served].filter(([name]) => name !== 'whole.js' && name !== 'zh.js')
  const english = loaded.reduce((sum, [, text]) => sum + of(text), of(start))
  return { english, chinese: english + of(served.get('zh.js')!) }
}
