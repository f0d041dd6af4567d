import { expect, it } from 'vitest'
import { once, whenRead } from './once.ts'

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

it('a member that is made when it is read: copied, printed and compared like any other', () => {
  let made = 0
  const make = (n: number) =>
    whenRead(
      whenRead({ a: n }, 'b', () => n + ++made),
      'c',
      () => 'c',
    )
  const [one, other] = [make(10), make(20)]
  expect(made).toBe(0)
  expect([one.b, other.b, one.b, made]).toEqual([11, 22, 11, 2])
  expect({ ...one }).toEqual({ a: 10, b: 11, c: 'c' })
  expect(JSON.stringify(other)).toBe('{"a":20,"b":22,"c":"c"}')
  expect(structuredClone(one)).toEqual(one)
})
