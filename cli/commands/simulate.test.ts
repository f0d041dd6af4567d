import { describe, expect, test } from 'vitest'
import { halfopen, json } from '../testing/halfopen.ts'

describe('simulate SCENARIO', () => {
  test('says how often each thing was seen, in how many runs, and how to get the same again', async () => {
    const { code, out, err } = await halfopen('simulate accept-queue --runs 200 --seed 7')
    expect(code).toBe(3)
    expect(out).toMatch(/simulated 200 runs · [\d,]+ steps · the longest \d+ · seed 7 · [\d.]+ s\n/)
    expect(out).toContain('what random runs have not met is inconclusive')
    expect(out).toMatch(/FULL +reachable +reached +[\d,]+ \(\d+\) +The accept queue holds backlog \+ 1\./)
    expect(out).toMatch(/Q1 +invariant +inconclusive +– +[\d,]+ \(200\) +The accept queue never holds/)
    expect(out).toMatch(/deadlock +freedom +inconclusive +–/)
    expect(out).toMatch(/runs ended: 200 at a declared end · 0 cut short/)
    expect(out).toContain('again: halfopen simulate accept-queue --runs 200 --steps 200 --seed 7\n')
    expect(err).toContain('next: halfopen check accept-queue decides what random runs cannot')
  })

  test('the same seed gives the same text, another seed another', async () => {
    const text = async (seed: number) =>
      (await halfopen(`simulate accept-queue --runs 50 --seed ${seed}`)).out.replace(/[\d.]+ s\n/, '')
    expect(await text(3)).toBe(await text(3))
    expect((await text(3)).replace('seed 3', '')).not.toBe((await text(4)).replace('seed 4', ''))
  })

  test('a violation is exit 1, made short, drawn, and its code is one that trace show draws', async () => {
    const world = 'old-duplicates-ack-lost --time-wait 0'
    const { code, out, err } = await halfopen(`simulate ${world} --runs 300`)
    expect(code).toBe(1)
    expect(out).toMatch(/W1 +step +violated +[\d,]+ \(\d+\)/)
    expect(out).toMatch(/W1 violated after \d+ steps/)
    expect(out).toMatch(/client +wire +SYN queue +accept queue +server/)
    expect(out).toContain('Why it is violated')
    expect(err).toContain('next: halfopen explain W1')
    const { properties } = await json(`simulate ${world} --runs 300 --json`)
    const { path, steps } = properties.find((p: { id: string }) => p.id === 'W1').counterexample
    const drawn = await halfopen(`trace show ${world} --path ${path}`)
    expect(drawn.code).toBe(0)
    expect(drawn.out).toContain(`old-duplicates-ack-lost: ${steps.length} steps`)
  })

  test('--property: only these; what was to be reached and was is exit 0, and drawn', async () => {
    const { code, out } = await halfopen('simulate accept-queue --property full --runs 100')
    expect(code).toBe(0)
    expect(out).toMatch(/FULL reached after \d+ steps?/)
    expect(out).not.toContain('deadlock')
    expect(out).toContain('again: halfopen simulate accept-queue --property FULL --runs 100')
  })

  test('a world far too large to explore', async () => {
    const { code, out } = await halfopen('simulate ghost-connection --full --clients 12 --loss 3 --runs 5')
    expect(code).toBe(3)
    expect(out).toContain('12 clients · loss 3')
    expect(out).toContain('again: halfopen simulate ghost-connection --full --clients 12 --loss 3 --runs 5')
  })

  test('without a scenario: the ghost connection', async () => {
    expect((await halfopen('simulate --runs 1')).out).toMatch(/^ghost-connection: /)
  })

  test('runs that were cut short are said', async () => {
    const { out } = await halfopen('simulate handshake --runs 20 --steps 2')
    expect(out).toContain('the longest 2')
    expect(out).toContain('runs ended: 0 at a declared end · 20 cut short')
    expect(out).toMatch(/rules never taken: .+/)
  })
})

describe('simulate --json', () => {
  test('is one document with what a program needs', async () => {
    const document = await json('simulate accept-queue --runs 100 --seed 9 --backlog 0 --json')
    expect(document).toMatchObject({
      scenario: 'accept-queue',
      kernel: 'linux-6.18',
      overrides: { backlog: 0 },
      engine: 'simulation',
      seed: 9,
      runs: 100,
      ended: { declared: 100, dead: 0, cutShort: 0 },
      verdict: 'inconclusive',
      reproduce: 'halfopen simulate accept-queue --backlog 0 --runs 100 --steps 200 --seed 9',
    })
    const full = document.properties.find((p: { id: string }) => p.id === 'FULL')
    expect(full).toMatchObject({ kind: 'reachable', verdict: 'reached' })
    expect(full.seen.times).toBeGreaterThanOrEqual(full.seen.runs)
    expect(full.counterexample.steps).toHaveLength(4)
    expect(full.first.steps).toBeGreaterThanOrEqual(4)
    const fired = document.rules.filter(({ times }: { times: number }) => times === 0)
    expect(fired.map(({ rule }: { rule: string }) => rule)).toEqual(document.rulesNeverFired)
  })
})

describe('what ends it early', () => {
  test('an interrupt prints what was met and exits 130', async () => {
    let polls = 0
    const { code, out } = await halfopen('simulate accept-queue --runs 1000000', { shouldStop: () => ++polls > 5 })
    expect(code).toBe(130)
    expect(out).toContain('not all runs were made: interrupted: this is what was met until then')
  })

  test('--time', async () => {
    const { code, out } = await halfopen('simulate accept-queue --runs 100000000 --time 0.01')
    expect(code).toBe(3)
    expect(out).toContain('not all runs were made: the time given with --time was over')
    expect(out).toContain('--seed 1 --time 0.01\n')
  })
})

describe('wrong usage is one line and exit 2', () => {
  test.each([
    ['simulate ghost', 'scenario: "ghost" is unknown; did you mean ghost-connection?'],
    ['simulate accept-queue --runs 0', '--runs: 0 is out of range; give 1 to'],
    ['simulate accept-queue --seed x', '--seed: "x" is not a whole number'],
    ['simulate accept-queue --seed 4294967296', '--seed: 4294967296 is out of range'],
    ['simulate accept-queue --property Q99', 'property: "Q99" is unknown'],
    ['simulate accept-queue --queued 9', '--queued: 9 is out of range'],
  ])('%s', async (line, words) => {
    const { code, out, err } = await halfopen(line)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(words)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

test('progress goes to stderr once a second where somebody watches', async () => {
  const lines: string[] = []
  const io = { err: (text: string) => void lines.push(text), env: { HALFOPEN_PROGRESS: '1' } }
  await halfopen('simulate ghost-connection --runs 1000000 --time 1.3', io)
  expect(lines.find((line) => line.includes('runs'))).toMatch(
    /^[\d,]+ runs · [\d,]+ steps · [\d.]+ ?[kM]?\/s · \d+\.\d s\n$/,
  )
})
