import { words } from '../prefer.ts'
import { said } from '../store.ts'

/** The address holds everything; where the clipboard is closed to the page, it still stands in the address bar. */
export const share = async (): Promise<void> => {
  try {
    await navigator.clipboard.writeText(location.href)
    said.value = words.value.copied
  } catch {
    said.value = location.href
  }
}
