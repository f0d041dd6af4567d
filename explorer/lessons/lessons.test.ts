/** Lessons that ship: every path fits the model, every question has an answer, and both languages take the same way. */
import { describe, expect, test } from 'vitest'
import { shippedLessons } from '../server/opening.ts'
import { benchOf, take } from '../state/run.ts'
import { en } from '../words/en.ts'
import { zh } from '../words/zh.ts'
import { offered } from './answer.ts'
import { LessonError, readLesson } from './read-lesson.ts'

const all = shippedLessons()

test('there are ten', () => expect(all.map(({ name }) => name)).toHaveLength(10))

describe.each(all)('$name', ({ en: lesson, zh: chinese }) => {
  const bench = benchOf(lesson.world)

  test('every page is a run of the model', () => {
    for (const { path } of lesson.pages) expect(take(bench, path).misfit).toBeUndefined()
  })

  test('every question that the model answers offers right choices, and wrong ones', () => {
    for (const { path, questions } of lesson.pages) {
      const { steps } = take(bench, path)
      for (const question of questions.filter(({ ask }) => ask !== 'check'))
        for (const words of [en, zh]) {
          const { choices } = offered(bench, steps, question, words)
          expect(choices.some(({ isRight }) => isRight)).toBe(true)
          expect(choices.some(({ isRight }) => !isRight)).toBe(true)
        }
    }
  })

  test('properties that are asked about are known', () => {
    const asked = lesson.pages.flatMap(({ questions }) => questions.filter((q) => q.ask === 'check'))
    for (const { property, world } of asked) expect(benchOf(world).asked.map((a) => a.property.id)).toContain(property)
  })

  test('Chinese takes the same way', () => {
    expect(chinese!.pages.map(({ path, questions }) => [path, questions])).toEqual(
      lesson.pages.map(({ path, questions }) => [path, questions]),
    )
  })
})

describe('a lesson that cannot be read', () => {
  const head = '---\ntitle: T\nscenario: close\n---\n'
  test.each([
    ['no head', 'text', 'line 1'],
    ['an unknown scenario', '---\nscenario: none\n---\ntext', 'there is no scenario none'],
    ['an unknown question', `${head}text\n\`\`\`ask why\n\`\`\``, '"ask why" is no question'],
    ['no page', head, 'there is no page'],
  ])('%s: says where and what', (_, text, said) => {
    expect(() => readLesson(text)).toThrow(LessonError)
    expect(() => readLesson(text)).toThrow(said)
  })
})
