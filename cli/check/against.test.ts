import { expect, test } from 'vitest'
import { halfopen, json, unwrapped } from '../testing/halfopen.ts'

test('a difference: what both do alike, then how each goes on; exit 1', async () => {
  const { code, out, err } = await halfopen('check accept-queue-backlog-0 --against linux-6.1')
  expect(code).toBe(1)
  expect(out).toContain('accept-queue-backlog-0: linux-6.18 and linux-6.1 on the same events\n')
  expect(out).toContain('They differ in step 2. Until then both do this:')
  const [, newer, older] = out.split(/ {2}linux-[\d.]+ in step 2:/)
  expect(newer).toMatch(/LISTEN → SYN_RECV/)
  expect(older).toMatch(/counted: TCPReqQFullDrop, ListenDrops/)
  expect(older).not.toContain('SYN_RECV')
  expect(out).toContain('again: halfopen check accept-queue-backlog-0 --kernel linux-6.18 --against linux-6.1\n')
  expect(err).toContain('halfopen explain linux-6.18 --diff linux-6.1')
})

test('a difference late in a path: the step alone, from the world before it, with what it delivers', async () => {
  const { code, out } = await halfopen('check opening-at-a-full-queue --kernel linux-4.4 --against linux-6.18')
  expect(code).toBe(1)
  const [, older, newer] = out.split(/ {2}linux-[\d.]+ in step 6:/)
  for (const side of [older, newer]) {
    expect(side).toMatch(/1 ESTABLISHED +0 +3 \(backlog 2\) +1 ESTABLISHED\n/)
    expect(side!.match(/^ +\d+ {2}\S/gm)).toHaveLength(1)
    expect(side).toContain('── [S] seq 100 ─')
  }
})

test('a difference before anything happens: somaxconn clamps the backlog', async () => {
  const { code, out } = await halfopen('check accept-queue --backlog 200 --kernel linux-5.10 --against linux-4.9')
  expect(code).toBe(1)
  expect(out).toContain('they differ at listen() already: backlog linux-5.10 200, linux-4.9 128')
})

test('no difference, after everything was explored: exit 0', async () => {
  const { code, out } = await halfopen('check accept-queue --kernel linux-4.4 --against linux-4.4')
  expect(code).toBe(0)
  expect(unwrapped(out)).toContain('everything that this world can reach was explored')
  expect(out).toContain('no difference: they send, count and show the same whatever happens in this world')
})

test('a search that ends early: exit 3', async () => {
  const { code, out } = await halfopen('check accept-queue --kernel linux-4.4 --against linux-4.4 --max-states 20')
  expect(code).toBe(3)
  expect(out).toContain('inconclusive: no difference so far')
})

test('a scenario written for a kernel is compared with that one', async () => {
  const { code, out } = await halfopen('check systematic-ghost --against linux-5.10')
  expect(code).toBe(1)
  expect(out).toContain('systematic-ghost: linux-4.9 and linux-5.10 on the same events\n')
  expect(out).toMatch(
    /linux-4\.9 in step 2:[\s\S]*LISTEN → SYN_RECV[\s\S]*linux-5\.10 in step 2:[\s\S]*ListenOverflows/,
  )
})

test('--json', async () => {
  const document = await json('check accept-queue-backlog-0 --kernel linux-4.4 --against linux-6.18 --json')
  expect(document).toMatchObject({
    scenario: 'accept-queue-backlog-0',
    kernel: 'linux-4.4',
    against: 'linux-6.18',
    verdict: 'differ',
    alike: [{ rule: 'rival connect', effects: ['client sent [S] 100+0', 'client counted ActiveOpens'] }],
    differ: [
      { kernel: 'linux-4.4', step: { rule: 'deliver to server' } },
      { kernel: 'linux-6.18', step: { effects: ['server received [S] 100+0', 'server sent [S.] 500+0 ack 101'] } },
    ],
  })
})

test.each([
  ['check --against linux-4.9', /^halfopen: --against: names no world to compare in; .*\[E_OPTION\]\n$/],
  [
    'check accept-queue --against linux-4.9 --property Q1',
    /^halfopen: --property: asks something else; .*\[E_OPTION\]\n$/,
  ],
  ['check accept-queue --against solaris-11', /^halfopen: kernel: "solaris-11" is unknown; .*\[E_KERNEL\]\n$/],
])('%s: one line of error', async (line, words) => {
  const { code, err } = await halfopen(line)
  expect(code).toBe(2)
  expect(err).toMatch(words)
})
