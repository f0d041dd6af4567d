import { expect, test } from 'vitest'
import { halfopen, unwrapped } from '../testing/halfopen.ts'

test('without arguments the main job runs; an interrupt shows what is known and exits 130', async () => {
  let polls = 0
  const { code, out } = await halfopen('', { shouldStop: () => ++polls > 20 })
  expect(code).toBe(130)
  expect(out).toContain('1. What the model explored, and what it found')
  expect(out).toContain('ghost-connection: a client that is established while the server')
  expect(unwrapped(out)).toContain('not everything was explored: interrupted')
})
