import { expect, test } from 'vitest'
import { halfopen, json } from '../testing/halfopen.ts'

const path = async (): Promise<string> => {
  const { properties } = await json('check accept-queue-backlog-0 --property FULL --json')
  return properties[0].counterexample.path
}

test('draws the steps of a code that check gave', async () => {
  const { code, out } = await halfopen(`trace show accept-queue-backlog-0 --path ${await path()}`)
  expect(code).toBe(0)
  expect(out).toContain('accept-queue-backlog-0: 4 steps')
  expect(out).toMatch(/1 → 0 +0 → 1 +1 SYN_RECV → ESTABLISHED/)
  expect(out).toContain('counted: PassiveOpens')
})

test('--to mermaid is a sequence diagram', async () => {
  const { out } = await halfopen(`trace show accept-queue-backlog-0 --to mermaid --path ${await path()}`)
  expect(out).toMatch(/^sequenceDiagram\n/)
  expect(out).toContain('  C1->>S1: [.] ack 501\n')
  expect(out).toContain('  Note over Q: SYN queue 1 → 0, accept queue 0 → 1')
})

test('--json has the steps', async () => {
  const { steps } = await json(`trace show accept-queue-backlog-0 --json --path ${await path()}`)
  expect(steps.map((s: { event: { rule: string } }) => s.event.rule)).toEqual([
    expect.stringMatching(/connect$/),
    'deliver to server',
    'deliver to client',
    'deliver to server',
  ])
})

test('a code of another world, or a mistyped one, is one clear error', async () => {
  const code = await path()
  for (const wrong of [code.slice(0, -1), `${code}A`, code.replace(/^./, 'Z')]) {
    const { code: exit, err } = await halfopen(`trace show accept-queue-backlog-0 --path ${wrong}`)
    expect(exit).toBe(2)
    expect(err).toContain('[E_PATH]')
  }
  const { properties } = await json('check accept-queue --property FULL --json')
  const longer = properties[0].counterexample.path
  const other = await halfopen(`trace show accept-queue-backlog-0 --clients 1 --path ${longer}`)
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('belongs to another system or other settings')])
})
