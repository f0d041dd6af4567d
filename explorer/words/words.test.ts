import { describe, expect, test } from 'vitest'
import { modelOf, sysctls } from '../../model/index.ts'
import { properties, scenarios, settingOf } from '../../properties/index.ts'
import { diagnosisMeanings } from '../../traces/index.ts'
import { en } from './en.ts'
import { sentenceOf } from './sentence.ts'
import { diagnoses as zhDiagnoses } from './zh/diagnoses.ts'
import { properties as zhProperties } from './zh/properties.ts'
import { scenarios as zhScenarios } from './zh/scenarios.ts'
import { settings as zhSettings } from './zh/settings.ts'
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

describe('has its Chinese sentence, and none speaks of what is no longer there', () => {
  const isChinese = (text: string) => /\p{Script=Han}/u.test(text)
  const sets = [
    ['every property', properties.map(({ id }) => id), zhProperties, zh.about.property],
    ['every scenario', scenarios.map(({ name }) => name), zhScenarios, zh.about.scenario],
    ['every setting', Object.keys(sysctls), zhSettings, zh.about.setting],
    ['every diagnosis', Object.keys(diagnosisMeanings), zhDiagnoses, zh.about.diagnosis],
  ] as const
  test.each(sets)('%s', (_, ids, sentences, said) => {
    expect(ids.filter((id) => !isChinese(said(id, '')))).toEqual([])
    expect(Object.keys(sentences).filter((id) => !ids.includes(id))).toEqual([])
  })
})
