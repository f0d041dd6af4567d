/** Language and theme, and the words of that language. */
import { computed, effect, signal } from '@preact/signals'
import type { Words } from '../words/en.ts'
import { type Language, markDocument, preferredLanguage, preferredTheme, remember, type Theme } from './preference.ts'
import { loadWords } from './words-script.ts'

const loaded = signal<Partial<Record<Language, Words>>>(globalThis.halfopenWords ?? {})
export const language = signal<Language>(preferredLanguage())
export const theme = signal<Theme>(preferredTheme())
export const words = computed((): Words => loaded.value[language.value] ?? Object.values(loaded.value)[0]!)

const other = (): Language => (language.value === 'zh' ? 'en' : 'zh')

const load = async (): Promise<void> => {
  const wanted = language.value
  if (loaded.value[wanted] === undefined) loaded.value = { ...loaded.value, [wanted]: await loadWords(wanted) }
}

/** The words of the language that is wanted are there; where they cannot be had, the page speaks the other one. */
export const wordsAreThere = async (): Promise<void> => {
  try {
    await load()
  } catch {
    language.value = other()
    await load()
  }
}

export const applyPreferences = (): void => {
  effect(() => {
    markDocument(language.value, theme.value)
    document.title = words.value.title
  })
}

export const turnTheme = (): void => {
  theme.value = theme.value === 'dark' ? 'light' : 'dark'
  remember('halfopen.theme', theme.value)
}

export const turnLanguage = async (): Promise<void> => {
  language.value = other()
  await wordsAreThere()
  remember('halfopen.language', language.value)
}

export const grouped = (n: number): string => n.toLocaleString('en-US')
