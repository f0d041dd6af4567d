/** Language and theme: what was chosen, else what the browser prefers. */
import { computed, effect, signal } from '@preact/signals'
import { en, type Words } from '../words/en.ts'
import { zh } from '../words/zh.ts'

const remembered = (name: string): string | undefined => {
  try {
    return localStorage.getItem(name) ?? undefined
  } catch {
    return undefined // a page from disk may have no storage
  }
}

const remember = (name: string, value: string): void => {
  try {
    localStorage.setItem(name, value)
  } catch {
    // then it is forgotten
  }
}

export type Language = 'en' | 'zh'
export type Theme = 'light' | 'dark'

const preferred: Language = navigator.language.startsWith('zh') ? 'zh' : 'en'
export const language = signal<Language>((remembered('halfopen.language') as Language) ?? preferred)
export const theme = signal<Theme>(
  (remembered('halfopen.theme') as Theme) ??
    (globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
)
export const words = computed((): Words => (language.value === 'zh' ? zh : en))

export const applyPreferences = (): void => {
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
    document.title = words.value.title
    remember('halfopen.language', language.value)
  })
  effect(() => {
    document.documentElement.dataset.theme = theme.value
    remember('halfopen.theme', theme.value)
  })
}

export const turnTheme = (): void => {
  theme.value = theme.value === 'dark' ? 'light' : 'dark'
}
export const turnLanguage = (): void => {
  language.value = language.value === 'zh' ? 'en' : 'zh'
}

export const grouped = (n: number): string => n.toLocaleString('en-US')
