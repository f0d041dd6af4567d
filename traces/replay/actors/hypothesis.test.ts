import { expect, it } from 'vitest'
import { counting } from './hypothesis.ts'

it('a move tells what its kernel counts; nothing where that is nothing, so that equal moves are equal', () => {
  expect(counting(['PassiveOpens'])).toEqual({ count: ['PassiveOpens'] })
  expect([counting([]), counting()]).toEqual([{}, {}])
})
