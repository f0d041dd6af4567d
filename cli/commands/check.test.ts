import { describe, expect, test } from 'vitest'
import { halfopen, json, unwrapped } from '../testing/halfopen.ts'

describe('check SCENARIO', () => {
  test('says what was explored, every verdict, and how to get the same again', async () => {
    const { code, out, err } = await halfopen('check accept-queue-backlog-0')
    expect(code).toBe(0)
    expect(unwrapped(out)).toMatch(/explored [\d,]+ states · [\d,]+ transitions · depth \d+ · [\d.]+ s: everything/)
    expect(out).toMatch(/Q1 +invariant +holds +The accept queue never holds more than backlog \+ 1 connections\./)
    expect(out).toMatch(/FULL +reachable +reached/)
    expect(out).toContain('again: halfopen check accept-queue-backlog-0\n')
    expect(err).toContain('next: ')
  })

  test('--property asks only those, and draws the path of what was reached', async () => {
    const { code, out } = await halfopen('check accept-queue --property full')
    expect(code).toBe(0)
    expect(out).toContain('FULL reached after 8 steps')
    expect(out).toMatch(/client +wire +SYN queue +accept queue +server/)
    // which two of the three clients it takes, and in which order, is the search's choice
    expect(out).toMatch(/── \[\.\] ack 501 ─+▶ +\d → \d +1 → 2 +\d SYN_RECV → ESTABLISHED/)
    expect(out).toMatch(/8 {2}wire: deliver to server · connection \d · RFC 9293 §3\.10\.7 · linux: tcp_v4_rcv/)
    expect(out).toContain('◇ a = B + 1 — true in the last state, which reads:')
    expect(out).toContain('again: halfopen check accept-queue --property FULL\n')
  })

  test('--property takes a name for a number', async () => {
    const { code, out } = await halfopen('check accept-queue-backlog-0 --property accept-queue-limit')
    expect(code).toBe(0)
    expect(out).toMatch(/Q1 +invariant +holds/)
    expect(out).toContain('again: halfopen check accept-queue-backlog-0 --property Q1\n')
  })

  test('flags move the bounds, and come back in the command that reproduces it', async () => {
    const { out } = await halfopen(
      'check accept-queue-backlog-0 --backlog 1 --clients 1 --set tcp_abort_on_overflow=1 --kernel linux-6.1',
    )
    expect(out).toContain('backlog 1, 0 already queued · 1 client ·')
    expect(out).toMatch(/Q9 +step +not applicable/)
    expect(out).toContain(
      'again:\n  halfopen check accept-queue-backlog-0 --kernel linux-6.1 --set tcp_abort_on_overflow=1 --backlog 1 --clients 1\n',
    )
  })

  test('--json is one document with what a program needs', async () => {
    const document = await json('check accept-queue-backlog-0 --json')
    expect(document).toMatchObject({
      scenario: 'accept-queue-backlog-0',
      kernel: 'linux-6.18',
      engine: 'breadth-first',
      exhausted: true,
      verdict: 'holds',
    })
    expect(document).toEqual(
      expect.objectContaining({
        states: expect.any(Number),
        transitions: expect.any(Number),
        depth: expect.any(Number),
        seconds: expect.any(Number),
      }),
    )
    const full = document.properties.find((p: { id: string }) => p.id === 'FULL')
    expect(full).toMatchObject({ name: 'The accept queue holds backlog + 1.', kind: 'reachable', verdict: 'reached' })
    const { path, steps } = full.counterexample
    expect(path).toMatch(/^[\w-]+$/)
    expect(steps).toHaveLength(4)
    expect(steps[3]).toMatchObject({ event: { rule: 'deliver to server', group: 0, choice: 0 }, actor: 'wire' })
    expect(steps[3].source).toContain('RFC 9293')
    expect(steps[3].changes).toContainEqual({ what: 'accept queue', part: 'listener', from: 0, to: 1 })
  })

  test('several scenarios in one document', async () => {
    const { scenarios } = await json('check accept-queue-backlog-0 accept-queue-backlog-0 --json')
    expect(scenarios).toHaveLength(2)
  })
})

describe('a search that does not end', () => {
  test.each([
    ['--max-depth 3', 'the limit of --max-depth was reached'],
    ['--max-states 100', 'the limit of --max-states was reached'],
    ['--time 0.001', 'the time given with --time was over'],
  ])('%s: inconclusive, and said so', async (flag, words) => {
    const { code, out, err } = await halfopen(`check accept-queue ${flag}`)
    expect(code).toBe(3)
    expect(unwrapped(out)).toContain(`not everything was explored: ${words}`)
    expect(out).toMatch(/Q1 +invariant +inconclusive/)
    expect(err).toContain('give it more with --memory or --time')
  })

  test('too little memory: inconclusive, and said so', async () => {
    const { code, out } = await halfopen('check accept-queue-backlog-2 --memory 64K')
    expect(code).toBe(3)
    expect(out).toMatch(/not everything was explored: .*memory/)
  })

  test('an interrupt prints what is known and exits 130', async () => {
    let polls = 0
    const { code, out } = await halfopen('check accept-queue', { shouldStop: () => ++polls > 3 })
    expect(code).toBe(130)
    expect(unwrapped(out)).toContain('not everything was explored: interrupted')
  })
})

test('progress goes to stderr once a second where it is watched', async () => {
  const lines: string[] = []
  const io = { err: (text: string) => void lines.push(text), env: { HALFOPEN_PROGRESS: '1' } }
  await halfopen('check ghost-connection --full --property Q1 --time 5', io)
  expect(lines.find((line) => line.startsWith('depth'))).toMatch(
    /^depth \d+ · [\d,]+ states · .*[\d,]+ queued · .*[\d.]+ s\n$/,
  )
})

test('colour only where it is wanted', async () => {
  const tty = { isTTY: { out: true, err: false } }
  const colour = '\u001b['
  expect((await halfopen('check accept-queue-backlog-0', tty)).out).toContain(colour)
  expect((await halfopen('check accept-queue-backlog-0', { ...tty, env: { NO_COLOR: '1' } })).out).not.toContain(colour)
  for (const line of ['check accept-queue-backlog-0 --no-color', '--no-color check accept-queue-backlog-0'])
    expect(await halfopen(line, tty)).toMatchObject({ code: 0, out: expect.not.stringContaining(colour) })
  expect((await halfopen('check accept-queue-backlog-0')).out).not.toContain(colour)
})
