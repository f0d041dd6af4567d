/** The Chinese words as a script of their own. */
import { zh } from './words/zh.ts'

globalThis.halfopenWords = { ...globalThis.halfopenWords, zh }
