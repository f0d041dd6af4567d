import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openCapture } from '../readers/index.ts'
import { capturesIn } from './files.ts'
import { judgeMutants, type MutantRow } from './judge.ts'
import { main } from './program.ts'
import { shares } from './table.ts'

const corpus = (name: string): string => fileURLToPath(new URL(`../corpus/${name}/capture.pcap`, import.meta.url))
const judged = new Map<string, readonly MutantRow[]>()
const rowsOf = (name: string): readonly MutantRow[] => {
  const rows = judged.get(name) ?? [...judgeMutants(openCapture(corpus(name)), { connections: 2, most: 60 })]
  judged.set(name, rows)
  return rows
}

const run = (...args: string[]) => {
  const [out, errors]: [string[], string[]] = [[], []]
  const code = main(args, { write: (text) => out.push(text) }, { write: (text) => errors.push(text) })
  return { code, out: out.join(''), errors: errors.join('') }
}

describe('the replay has teeth', () => {
  it.each(['01-normal', '05c-ghost-exhausted', '11g-synack-syncnt-dupsyn', '21-defer-accept'])('on %s', (name) => {
    const rows = rowsOf(name)
    const kinds = new Set(rows.map((row) => row.class))
    expect(kinds).toEqual(new Set(['must reject', 'must accept', 'either']))
    expect(rows.filter(({ ok }) => !ok)).toEqual([])
    expect(shares(rows)).toEqual({ rejected: 1, accepted: 1 })
  })

  it('tells where and why, of what was never sent', () => {
    const row = rowsOf('01-normal').findLast(({ mutation }) => mutation === 'acknowledge what was never sent')!
    expect(row).toMatchObject({ class: 'must reject', verdict: 'rejected' })
    expect(row.reason).toMatch(/what it can acknowledge is/)
  })

  it('a retransmission that comes too soon is seen', () => {
    const [row] = rowsOf('11g-synack-syncnt-dupsyn').filter(({ mutation }) => mutation === 'hasten a retransmission')
    expect(row!.reason).toMatch(/heard nothing between: a timer backs off/)
  })
})

describe('npm run mutants', () => {
  it('sums up by what was done', () => {
    const { code, out } = run(corpus('01-normal'), '--most', '20')
    expect(code).toBe(0)
    expect(out).toMatch(/must reject +answer before its question +0 +\d+ +0 +0/)
    expect(out).toMatch(/of those that must be rejected 100.0 % are/)
  })

  it('with --json gives a row each', () => {
    const { rows } = JSON.parse(run(corpus('01-normal'), '--json', '--most', '10').out)
    expect(rows).toHaveLength(11)
    expect(rows[0]).toMatchObject({ mutation: 'nothing', class: 'must accept', verdict: 'accepted', ok: true })
    expect(rows[1]).toMatchObject({ capture: '01-normal/capture.pcap', verdict: expect.any(String), ok: true })
  })

  it('says what is wrong with how it was asked', () => {
    expect(run()).toMatchObject({ code: 2, errors: expect.stringMatching(/no capture is named\nusage:/) })
    expect(run('--most', 'x', 'f')).toMatchObject({ code: 2, errors: expect.stringMatching(/positive number/) })
    expect(run('no-such-file')).toMatchObject({ code: 4, errors: expect.stringMatching(/no-such-file/) })
    expect(capturesIn('no-such-file')).toEqual(['no-such-file'])
  })
})
