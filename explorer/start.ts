/**
 * Stands in the head of the page and runs before anything is drawn: language and theme are those that were chosen, and what
 * stands in the page until its script has run is shown in them; the words of that language are asked for.
 */
import { beginGraphWorker } from './page/early-worker.ts'
import { markDocument, preferredLanguage, preferredTheme } from './page/preference.ts'
import { requestWords } from './page/words-script.ts'

const language = preferredLanguage()
markDocument(language, preferredTheme())
requestWords(language)
beginGraphWorker()
