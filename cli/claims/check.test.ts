import { describe, expect, test } from 'vitest'
import { claims } from '../../properties/index.ts'
import { halfopen, json } from '../testing/halfopen.ts'
import { verdictText } from './verdicts.ts'

describe('check --claims', () => {
  test('every claim with its verdict, and 0 when all came out as the ledger says', async () => {
    const { code, out } = await halfopen('check --claims')
    expect(code).toBe(0)
    for (const { id } of claims) expect(out).toMatch(new RegExp(`^ {2}${id} +(true|false|only if)`, 'm'))
    expect(out).toMatch(/\nas the ledger says: \d+ verdicts over 6 kernels\n$/)
  })
  test('one claim: what each experiment gave on each kernel', async () => {
    const { code, out } = await halfopen('check --claims full-accept-queue-drops-syns')
    expect(code).toBe(0)
    expect(out).toMatch(/^full-accept-queue-drops-syns: While the accept queue is full every new SYN is dropped/)
    expect(out).toMatch(
      /experiment +if it is true +linux-3\.10 +linux-4\.4 +linux-4\.9 +linux-5\.10 +linux-6\.1 +linux-6\.18\n/,
    )
    expect(out).toMatch(/full-house: Q9 +holds +violated +violated +violated +holds +holds +holds\n/)
    expect(out).toMatch(/verdict +false +false +false +true +true +true\n/)
  })
  test('--json', async () => {
    const document = await json('check --claims count-syn-recv netstat-send-q-is-maximum --json')
    expect(document).toMatchObject({
      asExpected: true,
      claims: [{ id: 'count-syn-recv', onlyIf: expect.any(String) }, { id: 'netstat-send-q-is-maximum' }],
    })
    expect(document.claims[1].kernels).toContainEqual({
      kernel: 'linux-6.18',
      verdict: 'false',
      expected: 'false',
      experiments: [{ asks: 'three-at-once: netstat-send-q-is-limit', claimed: 'holds', came: 'violated' }],
    })
  })
  test('a bound that ends the search: not decided', async () => {
    const { code, out } = await halfopen('check --claims ghost-exists --max-depth 2')
    expect(code).toBe(3)
    expect(out).toContain('not decided: 6 of 6 verdicts over 6 kernels\n')
    expect(out).toContain('  ghost-exists, linux-6.18: inconclusive, the ledger says true\n')
  })
  test.each([
    ['check --claims ghost-exist', 'E_ID', 'did you mean ghost-exists?'],
    ['check --claims --kernel linux-6.1', 'E_OPTION', 'leave it out'],
    ['check --claims --property Q1', 'E_OPTION', 'leave it out'],
    ['check --claims --remedies', 'E_OPTION', 'leave it out'],
  ])('%s', async (line, code, remedy) => {
    const { code: exit, out, err } = await halfopen(line)
    expect([exit, out]).toEqual([2, ''])
    expect(err).toContain(`[${code}]`)
    expect(err).toContain(remedy)
  })
})

test('a verdict that changes is told with the last kernel of the old one', () => {
  const verdictOf = (id: string) => verdictText(claims.find((c) => c.id === id)!)
  expect(verdictOf('six-syns-more')).toBe('true to linux-6.1, then false')
  expect(verdictOf('count-syn-recv')).toBe('only if')
})
