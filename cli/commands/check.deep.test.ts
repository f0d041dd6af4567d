import { describe, expect, test } from 'vitest'
import { halfopen, json } from '../testing/halfopen.ts'

const counts = ({ states, transitions, deadlocks }: Record<string, number>) => ({ states, transitions, deadlocks })

describe('check --engine depth-first', () => {
  test('says how it searched, and that its paths are not the shortest', async () => {
    const { code, out } = await halfopen('check accept-queue-backlog-0 --property Q1,FULL --engine depth-first')
    expect(code).toBe(0)
    expect(out).toMatch(
      /explored {2}[\d,]+ states · [\d,]+ transitions · paths of up to \d+ steps · [\d.]+ s: everything/,
    )
    expect(out).toContain('state by state, depth first: paths are not the shortest')
    expect(out).toMatch(/FULL reached after \d+ steps/)
    expect(out).toContain('again: halfopen check accept-queue-backlog-0 --property Q1,FULL --engine depth-first\n')
  })

  test('counts what breadth first counts, and decides the same but for promises about runs', async () => {
    const [deep, wide] = await Promise.all(
      ['depth-first', 'explicit'].map((engine) => json(`check accept-queue --engine ${engine} --json`)),
    )
    expect(deep.engine).toBe('depth-first')
    expect(counts(deep)).toEqual(counts(wide))
    const verdicts = (document: typeof deep) =>
      document.properties.map(({ id, kind, verdict }: Record<string, string>) => [
        id,
        kind === 'leads-to' ? 'inconclusive' : verdict,
      ])
    expect(deep.properties.map(({ id, verdict }: Record<string, string>) => [id, verdict])).toEqual(verdicts(wide))
    expect((await halfopen('check accept-queue --engine depth-first')).code).toBe(3)
  })

  test('the path that it gives is one that trace show draws', async () => {
    const { properties } = await json('check accept-queue --property FULL --engine depth-first --json')
    const { path, steps } = properties[0].counterexample
    const { code, out } = await halfopen(`trace show accept-queue --path ${path}`)
    expect(code).toBe(0)
    expect(out).toContain(`accept-queue: ${steps.length} steps`)
  })

  test('it is not kept in checkpoints', async () => {
    const { code, err } = await halfopen('check accept-queue --engine depth-first --checkpoint nowhere')
    expect(code).toBe(2)
    expect(err).toContain('--checkpoint: a depth-first search cannot be kept; use --engine explicit')
  })
})
