/** What a check says of itself: how it searched, and what it never met. */
import { expect, test } from 'vitest'
import { halfopen, json, unwrapped } from '../testing/halfopen.ts'

const engineOf = (out: string): string | undefined => {
  const [, text] = /^ {2}engine {4}(.*\n(?: {12}.*\n)*)/m.exec(out) ?? []
  return text && unwrapped(text).trim()
}

test('state by state: which set, how large, and that it is exact', async () => {
  const { out } = await halfopen('check accept-queue-backlog-0 --property Q1 --clients 1')
  expect(engineOf(out)).toMatch(
    /^state by state · bitset over [\d,]+ indices · \d+\.\d B\/state · .* states\/s · exact$/,
  )
})

test.each([
  ['bitset', 'bitset over'],
  ['paged', 'paged bitset over'],
  ['hash', 'hash table ·'],
])('--visited %s', async (set, words) => {
  const { out } = await halfopen(`check accept-queue-backlog-0 --property Q1 --clients 1 --visited ${set}`)
  expect(engineOf(out)).toContain(words)
  expect(out).toContain(`again: halfopen check accept-queue-backlog-0 --clients 1 --property Q1 --visited ${set}\n`)
})

test('alike clients: how many states stood for how many', async () => {
  const { out } = await halfopen('check accept-queue --property Q1')
  const { orbits, states } = await json('check accept-queue --property Q1 --json')
  expect(engineOf(out)).toContain(
    `${orbits.toLocaleString('en')} searched for ${states.toLocaleString('en')}, alike clients being interchangeable`,
  )
})

test('--engine symbolic says so, and counts the same', async () => {
  const explicit = await json('check accept-queue-backlog-0 --property Q1 --engine explicit --json')
  const symbolic = await json('check accept-queue-backlog-0 --property Q1 --engine symbolic --json')
  expect(symbolic).toMatchObject({ engine: 'symbolic', visited: 'decision diagrams', states: explicit.states })
  expect(symbolic.rulesNeverFired).toEqual(explicit.rulesNeverFired)
  const { out } = await halfopen('check accept-queue-backlog-0 --property Q1 --engine symbolic')
  expect(engineOf(out)).toMatch(/^sets of states, as decision diagrams · .* · exact$/)
})

test('auto says why it went on with sets of states', async () => {
  const { out } = await halfopen('check accept-queue --clients 9 --property Q1 --time 4')
  expect(engineOf(out)).toContain('combinations of local states cannot be numbered exactly')
})

test('--no-continue stops at the first violation, --continue does not', async () => {
  const stopped = await json('check old-duplicates --time-wait 1 --engine explicit --no-continue --json')
  expect(stopped).toMatchObject({ exhausted: false, bound: 'first violation', verdict: 'violated' })
  expect(await json('check old-duplicates --time-wait 1 --continue --json')).toMatchObject({ exhausted: true })
})

test('rules that never fired and properties never exercised are named, in text and JSON', async () => {
  const never = 'check accept-queue-backlog-0 --clients 1 --set tcp_abort_on_overflow=1 --property Q9,Q1'
  expect(await json(`${never} --json`)).toMatchObject({ rulesNeverFired: [], propertiesNeverExercised: ['Q9'] })
  expect((await halfopen(never)).out).toContain('  properties never exercised: Q9\n')
  const ghost = 'check ghost-connection --clients 1 --property Q1'
  expect(await json(`${ghost} --json`)).toMatchObject({ rulesNeverFired: ['client recv'] })
  expect((await halfopen(ghost)).out).toContain('  rules that never fired: client recv\n')
})

test('of a search that was cut short: so far', async () => {
  const { out } = await halfopen('check accept-queue --max-depth 1 --property Q1')
  expect(out).toContain('  rules that never fired so far: ')
})

test.each([
  ['--engine symbolic --max-depth 3', '--max-depth: sets of states are not searched state by state'],
  ['--engine symbolic --visited hash', '--visited'],
  ['--engine simulate', 'Allowed choices are auto, explicit, depth-first, symbolic'],
  ['--visited tree', 'Allowed choices are bitset, paged, hash'],
  ['--time 5x', 'is not a duration'],
])('%s is refused', async (flags, words) => {
  const { code, out, err } = await halfopen(`check close ${flags}`)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(words)
})
