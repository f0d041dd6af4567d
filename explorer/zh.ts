/** The Chinese words as a script of their own. */
import { zh } from './words/zh.ts'

globalThis.halfopenChinese = zh
