import { expect, it } from 'vitest'
import { once } from './once.ts'

it('is made at the first call, and then the same', () => {
  let made = 0
  const get = once(() => ({ number: ++made }))
  expect(made).toBe(0)
  expect(get()).toBe(get())
  expect(made).toBe(1)
})
it('undefined is made once, too', () => {
  let made = 0
  const get = once(() => void made++)
  expect([get(), get(), made]).toEqual([undefined, undefined, 1])
})
it('what cannot be made is tried again', () => {
  let tries = 0
  const get = once(() => {
    if (++tries === 1) throw new RangeError('not yet')
    return tries
  })
  expect(get).toThrow('not yet')
  expect(get()).toBe(2)
})
