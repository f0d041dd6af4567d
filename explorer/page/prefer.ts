/** Language and theme, and the words of that language. */
import { computed, effect, signal } from '@preact/signals'
import { en, type Words } from '../words/en.ts'
import { loadChinese } from './chinese.ts'
import { type Language, markDocument, preferredLanguage, preferredTheme, remember, type Theme } from './preference.ts'

const chinese = signal<Words | undefined>(globalThis.halfopenChinese)
export const language = signal<Language>(preferredLanguage())
export const theme = signal<Theme>(preferredTheme())
export const words = computed((): Words => (language.value === 'zh' ? (chinese.value ?? en) : en))

/** The words of the language that is wanted are there; where they cannot be had, the page speaks English. */
export const wordsAreThere = async (): Promise<void> => {
  if (language.value !== 'zh' || chinese.value !== undefined) return
  try {
    chinese.value = await loadChinese()
  } catch {
    language.value = 'en'
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
  language.value = language.value === 'zh' ? 'en' : 'zh'
  await wordsAreThere()
  remember('halfopen.language', language.value)
}

export const grouped = (n: number): string => n.toLocaleString('en-US')
