/** What the scenarios tell somebody who runs them. The counts themselves are pinned in `properties/`. */
import { describe, expect, test } from 'vitest'
import { halfopen, json } from '../testing/halfopen.ts'

interface Found {
  readonly id: string
  readonly verdict: string
  readonly counterexample?: { readonly path: string; readonly steps: readonly unknown[]; readonly loop?: number }
}

describe('check ghost-connection', () => {
  test('GHOST reached, L3 violated with a lasso, Q1 and H4 hold: exit 1', async () => {
    const { code, out } = await halfopen('check ghost-connection --property L3,GHOST,Q1,H4 --json')
    expect(code).toBe(1)
    const { properties, verdict, exhausted } = JSON.parse(out)
    const found = Object.fromEntries(properties.map((p: Found) => [p.id, p])) as Record<string, Found>
    const verdicts = Object.fromEntries(Object.entries(found).map(([id, p]) => [id, p.verdict]))
    expect({ verdict, exhausted, ...verdicts }).toEqual({
      verdict: 'violated',
      exhausted: true,
      GHOST: 'reached',
      L3: 'violated',
      Q1: 'holds',
      H4: 'holds',
    })
    expect(found.L3?.counterexample?.loop).toBeTypeOf('number')
    const drawn = await halfopen(`trace show ghost-connection --path ${found.GHOST?.counterexample?.path}`)
    expect(drawn.out).toContain('third ACK not seen → seen, no room')
    expect(drawn.out).toContain('counted: ListenOverflows, ListenDrops')
    const lasso = await halfopen(`trace show ghost-connection --path ${found.L3?.counterexample?.path}`)
    expect(lasso.out).toMatch(/╰── (and everything is as it was|nothing has to happen any more)/)
  })

  test('--property Q1,H4 exits 0', async () => {
    expect((await halfopen('check ghost-connection --property Q1,H4')).code).toBe(0)
  })
})

test('check time-wait, on a wire without faults: W1 to W3 hold, exit 0', async () => {
  const { properties } = await json('check time-wait --loss 0 --duplication 0 --json')
  const verdicts = Object.fromEntries(properties.map((p: Found) => [p.id, p.verdict]))
  expect(verdicts).toMatchObject({ W1: 'holds', W2: 'holds', W3: 'holds', assassinated: 'reached' })
})

describe('check old-duplicates', () => {
  test('exits 0 at 2 MSL, as expected', async () => {
    const { code, out } = await halfopen('check old-duplicates')
    expect(code).toBe(0)
    expect(out).toMatch(/W7 +step +holds/)
    expect(out).toContain('every verdict and count is as expected')
  })

  test('exits 1 at 1 MSL, with W7 violated and the way there', async () => {
    const { code, out } = await halfopen('check old-duplicates --time-wait 1 --property W7')
    expect(code).toBe(1)
    expect(out).toMatch(/W7 violated after \d+ steps, connection 1: No segment of an old incarnation is accepted/)
    expect(out).toContain('client incarnation')
    expect(out).toContain('false of the last step, which reads:')
    expect(out).toContain('again: halfopen check old-duplicates --time-wait 1 --property W7\n')
  })
})
