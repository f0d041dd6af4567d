import { describe, expect, test } from 'vitest'
import { halfopen, json } from '../testing/halfopen.ts'

describe('halfopen check --clients any', () => {
  test('a queue with backlog 0: every safety property is proved, in words', async () => {
    const { code, out } = await halfopen('check accept-queue-backlog-0 --clients any')
    expect(code).toBe(0)
    expect(out).toContain('any number of clients, each within the bounds of the scenario')
    expect(out).toMatch(/Q1 +holds for every number of clients/)
    expect(out).toMatch(/SYN-dropped +reached with 2 clients, and with any larger number/)
    expect(out).toContain('159 views of one connection beside the listener')
    expect(out).toContain('listener.requests')
  })

  test('the same as a document', async () => {
    const document = await json('check accept-queue-backlog-0 --clients any --json')
    expect(document).toMatchObject({ clients: 'any', verdict: 'holds', views: 159, viewsOf: 1 })
    const of = (id: string) => document.properties.find((p: { id: string }) => p.id === id)
    expect(of('Q1')).toMatchObject({ verdict: 'holds', forEvery: true, views: 159 })
    expect(of('SYN-dropped')).toMatchObject({ verdict: 'reached', smallest: 2, andMore: true })
    expect(of('SYN-dropped').counterexample.steps.length).toBeGreaterThan(0)
  })

  test('a promise that holds with one client and not with two: violated, with its counterexample', async () => {
    const { code, out } = await halfopen('check half-open-connection --clients any --property L13')
    expect(code).toBe(1)
    expect(out).toContain('violated with 2 clients, and with any larger number')
    expect(out).toContain('it holds with 1')
    expect(out).toContain('With 2 clients:')
  })

  test('a queue that no kernel rule bounds: not decided, with the reason', async () => {
    const { code, out } = await halfopen('check accept-queue-backlog-0 --clients any --kernel rfc9293 --property Q3')
    expect(code).toBe(3)
    expect(out).toContain('not decided')
    expect(out).toContain('nothing is proved')
  })

  test.each([
    ['--engine explicit', '--engine'],
    ['--visited hash', '--visited'],
    ['--checkpoint kept', '--checkpoint'],
    ['--max-depth 3', '--max-depth'],
    ['--remedies', '--remedies'],
  ])('%s is refused', async (flags, flag) => {
    const { code, err } = await halfopen(`check accept-queue --clients any ${flags}`)
    expect(code).toBe(2)
    expect(err).toMatch(new RegExp(`^halfopen: ${flag}: cannot be given with --clients any: .*\\[E_OPTION\\]\n$`))
  })

  test('only check leaves the number of clients open', async () => {
    const { code, err } = await halfopen('simulate accept-queue --clients any')
    expect(code).toBe(2)
    expect(err).toContain('"any" is not a whole number')
  })
})
