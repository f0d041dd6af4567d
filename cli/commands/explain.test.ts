import { expect, test } from 'vitest'
import { slugs } from '../../properties/slugs.ts'
import { knownIds } from '../explain/explain.ts'
import { halfopen, json } from '../testing/halfopen.ts'

test('list names everything that explain knows, numbered properties by their numbers', async () => {
  const { schema: _schema, ...lists } = await json('list --json')
  const listed = Object.values(lists).flatMap((list) => (list as { name: string }[]).map(({ name }) => name))
  const alsoNamed = Object.values(slugs)
  expect(new Set([...listed, ...alsoNamed])).toEqual(new Set(knownIds()))
  expect(listed).toHaveLength(knownIds().length - alsoNamed.length)
})

test('list of one kind', async () => {
  const { code, out } = await halfopen('list kernels')
  expect(code).toBe(0)
  expect(out).toMatch(/linux-4\.9 +Linux 4\.9: a full accept queue still admits SYNs/)
})

test('explain a property: what it says, its formula, source and scenarios', async () => {
  const { code, out } = await halfopen('explain q1')
  expect(code).toBe(0)
  expect(out).toContain('Q1, a property')
  for (const words of ['□ a ≤ B + 1', 'sk_acceptq_is_full', 'accept-queue']) expect(out).toContain(words)
  expect(out).toMatch(/ghost-connection +holds for 2 clients \([\d,]+ states\), and for every number/)
})

test.each(knownIds())('explain %s', async (id) => {
  const { code, out } = await halfopen(['explain', id])
  expect(code).toBe(0)
  expect(out).toContain(id)
  expect(out).not.toContain('undefined')
})
