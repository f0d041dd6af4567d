/** The Chinese words are a script of their own (`explorer/zh.ts`), which is loaded where Chinese is read. */
import type { Words } from '../words/en.ts'

declare global {
  /** Set by that script. */
  var halfopenChinese: Words | undefined
}

const ID = 'zh'

/** Begins to load it, unless it is there. */
export const requestChinese = (): HTMLScriptElement => {
  const known = document.getElementById(ID)
  if (known instanceof HTMLScriptElement) return known
  const script = document.createElement('script')
  script.id = ID
  script.src = 'zh.js'
  script.addEventListener('error', () => script.remove()) // the next request tries again
  document.head.append(script)
  return script
}

/** @throws Error where it cannot be loaded */
export const loadChinese = async (): Promise<Words> => {
  if (globalThis.halfopenChinese === undefined) {
    const script = requestChinese()
    await new Promise<void>((resolve, reject) => {
      script.addEventListener('load', () => resolve())
      script.addEventListener('error', () => reject(new Error('zh.js cannot be loaded')))
    })
  }
  return globalThis.halfopenChinese!
}
