import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openCapture } from '../readers/index.ts'
import { capturesIn, injectedInto } from './files.ts'
import { judgeMutants, type MutantRow } from './judge.ts'
import { lackOf } from './lacks.ts'
import { main } from './program.ts'
import { shares, table } from './table.ts'

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

describe('what a capture that does not show all leaves open', () => {
  const partial = (name: string) => openCapture(fileURLToPath(new URL(`../corpus/partial/${name}`, import.meta.url)))
  it.each([
    ['late-start-client.pcap', /begins in the middle/],
    ['one-way.pcap', /one direction only/],
    ['dropped.pcapng.gz', /dropped 68 packets/],
    ['ignored-reset.pcap', /whose RST packet 10 is/],
    ['injected-reset.pcap', /whose RST packet 12 is/],
  ])('%s', (name, lack) => {
    const capture = partial(name)
    expect(lackOf(capture, capture.connections[0]!)).toMatch(lack)
    const rows = [...judgeMutants(capture, { connections: 1, most: 6 })]
    expect(new Set(rows.map((row) => row.class))).toEqual(new Set(['left open']))
    expect(rows.filter(({ ok }) => !ok)).toEqual([])
  })

  it('is nothing where a capture shows all', () => {
    const whole = openCapture(corpus('01-normal'))
    expect(whole.connections.map((c) => lackOf(whole, c))).toEqual([undefined])
    const unanswered = openCapture(fileURLToPath(new URL('../corpus/diagnosis/syn-dropped-path.pcap', import.meta.url)))
    expect(unanswered.connections.map((c) => lackOf(unanswered, c))).toEqual(
      unanswered.connections.map(() => undefined),
    )
  })

  it('of what the capture dropped itself, it is not accused', () => {
    const whole = openCapture(corpus('01-normal'))
    const [connection] = whole.connections
    const packets = connection!.packets.filter((_, i) => i !== 1)
    const [row] = judgeMutants(
      { ...whole, dropped: 1, packets, connections: [{ ...connection!, packets }] },
      { most: 1 },
    )
    expect(row).toMatchObject({ class: 'left open', verdict: 'inconclusive', ok: true })
  })

  it('is summed up by itself', () => {
    const row = { capture: 'x/y', connection: 'a > b', packet: 0, mutation: 'nothing', ok: true } as const
    const left = { ...row, class: 'left open', verdict: 'inconclusive' } as const
    expect(shares([left])).toEqual({ rejected: 1, accepted: 1 })
    expect(table([left])).toMatch(/left open +nothing +0 +0 +1 +0\n.* 1 are left open by captures that do not show all/)
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

  it('takes a folder of folders, and says where no capture is', () => {
    const folder = fileURLToPath(new URL('../corpus', import.meta.url))
    expect(capturesIn(folder)).toEqual(expect.arrayContaining([corpus('01-normal'), corpus('05-ghost')]))
    expect(capturesIn(folder).filter((file) => /netstat|README/.test(file))).toEqual([])
    const record = fileURLToPath(new URL('../corpus/record', import.meta.url))
    expect(run(record)).toMatchObject({ code: 4, errors: expect.stringMatching(/record: no capture in it/), out: '' })
  })
})

it('what a run has put on the wire is read by the clock of the run', () => {
  const capture = fileURLToPath(new URL('../corpus/driven/cookieminute/capture.pcap', import.meta.url))
  const [first] = injectedInto(capture)
  const times = openCapture(capture).packets.map(({ time }) => time!)
  expect(first).toMatchObject({ destination: 5001, flags: 'R' })
  expect(first!.time).toBeGreaterThan(times[0]!)
  expect(first!.time).toBeLessThan(times.at(-1)!)
})
