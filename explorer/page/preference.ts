/** Language and theme as they were chosen, else as the browser prefers them. They are known before anything is drawn. */
export type Language = 'en' | 'zh'
export type Theme = 'light' | 'dark'

const remembered = (name: string): string | undefined => {
  try {
    return localStorage.getItem(name) ?? undefined
  } catch {
    return undefined // a page from disk may have no storage
  }
}

export const remember = (name: 'halfopen.language' | 'halfopen.theme', value: string): void => {
  try {
    localStorage.setItem(name, value)
  } catch {
    // then it is forgotten
  }
}

export const preferredLanguage = (): Language =>
  (remembered('halfopen.language') as Language | undefined) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')

export const preferredTheme = (): Theme =>
  (remembered('halfopen.theme') as Theme | undefined) ??
  (globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')

/** Both as the style reads them. */
export const markDocument = (language: Language, theme: Theme): void => {
  const { documentElement } = document
  documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  documentElement.dataset.theme = theme
}
