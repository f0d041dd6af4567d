import { describe, expect, it } from 'vitest'
import { seq, text } from '../../../model/index.ts'
import { type Lookahead, noLookahead } from './lookahead.ts'
import { QuestionTree } from './questions.ts'

/** Answers two questions as told, and counts how often each is asked. */
const told = (isSilent: boolean, refuses: boolean) => {
  const asked = { isSilent: 0, refuses: 0 }
  const lookahead: Lookahead<never> = {
    ...noLookahead,
    isSilent: () => {
      asked.isSilent++
      return isSilent
    },
    refuses: () => {
      asked.refuses++
      return refuses
    },
  }
  return { asked, lookahead }
}

const segment = text(seq(1), seq(1), 1)
/** Asks about refusals only where the end is silent. */
const compute = (look: Lookahead<never>): string =>
  look.isSilent() ? `silent${look.refuses(segment) ? ', refuses' : ''}` : 'heard'

describe('a tree of questions', () => {
  it('knows a result under the same answers, and under no others', () => {
    const tree = new QuestionTree<never, string>()
    expect(tree.find(told(true, false).lookahead)).toBeUndefined()
    tree.learn(told(true, false).lookahead, compute)
    expect(tree.find(told(true, false).lookahead)).toBe('silent')
    expect(tree.find(told(true, true).lookahead)).toBeUndefined()
    expect(tree.find(told(false, false).lookahead)).toBeUndefined()
  })
  it('keeps a result for each combination of answers that was met', () => {
    const tree = new QuestionTree<never, string>()
    for (const [silent, refuses] of [
      [true, false],
      [true, true],
      [false, false],
    ] as const)
      tree.learn(told(silent, refuses).lookahead, compute)
    expect(tree.find(told(true, true).lookahead)).toBe('silent, refuses')
    expect(tree.find(told(false, true).lookahead)).toBe('heard')
  })
  it('asks only what the computation asked: of an end that is heard nothing about refusals', () => {
    const tree = new QuestionTree<never, string>()
    tree.learn(told(false, false).lookahead, compute)
    const { asked, lookahead } = told(false, true)
    expect(tree.find(lookahead)).toBe('heard')
    expect(asked).toEqual({ isSilent: 1, refuses: 0 })
  })
  it('passes a question on once, however often the computation asks', () => {
    const { asked, lookahead } = told(true, true)
    new QuestionTree<never, string>().learn(lookahead, (look) => compute(look) + compute(look))
    expect(asked).toEqual({ isSilent: 1, refuses: 1 })
  })
})

describe('what another tree has learnt', () => {
  it('is taken over for the answers that were met, and for no others', () => {
    const [own, other] = [new QuestionTree<never, string>(), new QuestionTree<never, string>()]
    for (const refuses of [true, false]) other.learn(told(true, refuses).lookahead, compute)
    own.adopt(other, told(true, false).lookahead)
    expect(own.find(told(true, false).lookahead)).toBe('silent')
    expect(own.find(told(true, true).lookahead)).toBeUndefined()
    own.adopt(other, told(false, false).lookahead) // never met there
    expect(own.find(told(false, false).lookahead)).toBeUndefined()
  })
})
