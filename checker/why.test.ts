import { expect, test } from 'vitest'
import { canonicalKey } from './canonical.ts'
import { explainTerm } from './why.ts'

const view = {
  listener: { acceptQueue: 3, backlog: 1 },
  server: [{ object: { kind: 'none' } }, { object: { kind: 'request' } }],
}

test('a comparison: both values in the order they were read, and what would turn it', () => {
  const term = explainTerm((v) => v.listener.acceptQueue <= v.listener.backlog + 1, view)
  expect(term).toEqual({
    says: false,
    reads: [
      { path: ['listener', 'acceptQueue'], value: 3, turns: [2] },
      { path: ['listener', 'backlog'], value: 1, turns: [2] },
    ],
  })
})

test('what is not looked at is not named', () => {
  const term = explainTerm((v) => v.listener.backlog > 5 && v.listener.acceptQueue > 0, view)
  expect(term.reads.map(({ path }) => path.join('.'))).toEqual(['listener.backlog'])
})

test('members of a list, with the values that they may have elsewhere', () => {
  const kinds = ['none', 'request', 'child']
  const term = explainTerm(
    // biome-ignore lint/suspicious/noExplicitAny: a view of a test
    (v) => v.server.some((s: any) => s.object.kind === 'request'),
    view,
    () => kinds,
  )
  expect(term.says).toBe(true)
  expect(term.reads).toEqual([
    { path: ['server', 0, 'object', 'kind'], value: 'none', turns: [] },
    { path: ['server', 1, 'object', 'kind'], value: 'request', turns: ['none', 'child'] },
  ])
})

test('a whole that is compared: its text', () => {
  const term = explainTerm((v) => canonicalKey(v.listener) === canonicalKey(view.listener), view)
  expect([term.says, term.reads[0]?.path, term.reads[0]?.value]).toEqual([
    true,
    ['listener'],
    JSON.stringify(view.listener),
  ])
})
