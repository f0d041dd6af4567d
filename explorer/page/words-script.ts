/** The words of a language are a script of their own (`explorer/en.ts`, `explorer/zh.ts`), which is loaded where that language is read. */
import type { Words } from '../words/en.ts'
import type { Language } from './preference.ts'

declare global {
  /** Each of those scripts puts its words there. */
  var halfopenWords: Partial<Record<Language, Words>> | undefined
}

/** Begins to load it, unless it is there. */
export const requestWords = (language: Language): HTMLScriptElement => {
  const known = document.getElementById(language)
  if (known instanceof HTMLScriptElement) return known
  const script = document.createElement('script')
  script.id = language
  script.src = `${language}.js`
  script.addEventListener('error', () => script.remove()) // the next request tries again
  document.head.append(script)
  return script
}

/** @throws Error where it cannot be loaded */
export const loadWords = async (language: Language): Promise<Words> => {
  const loaded = (): Words | undefined => globalThis.halfopenWords?.[language]
  if (loaded() === undefined) {
    const script = requestWords(language)
    await new Promise<void>((resolve, reject) => {
      script.addEventListener('load', () => resolve())
      script.addEventListener('error', () => reject(new Error(`${language}.js cannot be loaded`)))
    })
  }
  return loaded()!
}
