import { expect, it } from 'vitest'
import { searchedOnce } from './searched-once.ts'

it('the same packets and the same options: one search; others: another', () => {
  const [packets, others] = [[], []]
  let searches = 0
  const search = (of: readonly never[], told: unknown) => searchedOnce(of, told, () => ++searches)
  expect(search(packets, { side: 'client' })).toBe(1)
  expect(search(packets, { side: 'client' })).toBe(1)
  expect(search(packets, { side: 'client', sysctls: { tcp_syncookies: 1 } })).toBe(2)
  expect(search(others, { side: 'client' })).toBe(3)
})
