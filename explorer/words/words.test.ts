import { expect, test } from 'vitest'
import { modelOf } from '../../model/index.ts'
import { scenarios, settingOf } from '../../properties/index.ts'
import { en } from './en.ts'
import { sentenceOf } from './sentence.ts'
import { zh } from './zh.ts'

const shape = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shape(member)]))
    : typeof value

test('both languages have the same words', () => expect(shape(zh)).toEqual(shape(en)))

test('every rule of every scenario has a sentence of its own, in both languages', () => {
  const rules = new Set(
    scenarios.flatMap((s) => {
      const { rules: own, synchronous } = modelOf(settingOf(s))
      return [...own, ...synchronous].map(({ name }) => name)
    }),
  )
  for (const rule of rules)
    for (const words of [en, zh]) expect([rule, sentenceOf({ rule }, '', words)]).not.toEqual([rule, rule])
})
