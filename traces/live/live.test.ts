import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { profiles, seq } from '../../model/index.ts'
import { judge } from '../conformance/row.ts'
import { compareRuns, kindOf } from './compare.ts'
import { framed, frameOf } from './frame.ts'
import { draw } from './grammar.ts'
import { thisKernel } from './here.ts'
import { whyNotLive } from './namespaced.ts'
import { reportJson, reportText } from './report.ts'
import { save } from './save.ts'
import { type Script, story } from './script.ts'
import { shrink } from './shrink.ts'

const whyNot =
  process.getuid?.() === 0 ? whyNotLive() : 'the tests make namespaces as root only; npm run live needs no root'
if (whyNot !== undefined) console.warn(`SKIPPED: fresh runs on this kernel: ${whyNot}`)

const linux = profiles['linux-6.18']

/** A ghost: the accept queue is full, the third ACK is dropped, the client closes, and the server gives up. */
const ghost: Script = {
  settings: { client: { tcp_orphan_retries: 1 }, server: { tcp_syncookies: 0, tcp_synack_retries: 1 } },
  delay: { client: 20, server: 20 },
  wire: [],
  lasts: 5_000,
  steps: [
    { at: 0, host: 'server', socket: 'L0', does: { call: 'listen', port: 5000, backlog: 0 } },
    { at: 50, host: 'client', socket: 'c0', does: { call: 'connect', port: 40000, to: 5000 } },
    { at: 60, host: 'client', socket: 'c1', does: { call: 'connect', port: 40001, to: 5000 } },
    { at: 500, host: 'client', socket: 'c1', does: { call: 'send', bytes: 10 } },
    { at: 900, host: 'client', socket: 'c1', does: { call: 'close' } },
  ],
}

describe.skipIf(whyNot !== undefined)('fresh runs on this kernel', () => {
  /** Another one every time: a failure prints it. */
  const seed = Math.floor(Math.random() * 2 ** 31)

  test('8 random runs: the model does what the kernel did', () => {
    const compared = compareRuns(thisKernel, draw(seed, 8), linux, { shrinking: 0 })
    if (compared.disagreements.length > 0) console.error(reportText(seed, compared))
    expect({ seed, says: compared.disagreements.map((d) => d.says) }).toEqual({ seed, says: [] })
    expect(compared.segments.total).toBeGreaterThan(20)
  })

  test('a ghost happens; saved as a folder it is compared alike; another kernel would have been noticed', () => {
    const again = { ...ghost, steps: ghost.steps.map((s) => (s.at === 50 ? { ...s, at: 60 } : s)) }
    const wrong = {
      ...linux,
      dialect: { ...linux.dialect, synOnFullAcceptQueue: 'admit' as const, pruning: 'never' as const },
    }
    expect(compareRuns(thisKernel, [again], linux, { shrinking: 0 }).disagreements).toEqual([])
    const late = {
      ...again,
      steps: [
        ...again.steps,
        { at: 400, host: 'client' as const, socket: 'c2', does: { call: 'connect' as const, port: 40002, to: 5000 } },
      ],
    }
    const { disagreements } = compareRuns(thisKernel, [late], wrong, { shrinking: 0 })
    expect(disagreements[0]?.says.join()).toMatch(/40002>5000 \[S\.\].* predicted/)
    const folder = join(mkdtempSync(join(tmpdir(), 'live-')), 'ghost')
    save(folder, disagreements[0]!.recording)
    const row = judge(folder)
    expect(row.mismatches).toEqual([])
    expect(row.counters.total).toBeGreaterThan(5)
  })
})

test('the same seed draws the same runs, and a run is told as a story', () => {
  expect(draw(5, 3)).toEqual(draw(5, 3))
  expect(draw(5, 3)).not.toEqual(draw(6, 3))
  expect(story(ghost)).toContain('0.060 s  client c1: connect() from port 40001 to 5000\n')
})

test('shrinking leaves out what the disagreement does not need', () => {
  const needs = (s: Script) => s.steps.some(({ at }) => at === 60) && s.settings.server.tcp_syncookies === 0
  const shortest = shrink(
    ghost,
    (all) => all.map(needs),
    () => false,
  )
  expect(shortest).toMatchObject({ settings: { client: {}, server: { tcp_syncookies: 0 } }, steps: [{ at: 60 }] })
  expect(shortest.steps).toHaveLength(1)
  expect(
    shrink(
      ghost,
      () => [],
      () => true,
    ),
  ).toBe(ghost)
})

test('disagreements that differ in numbers only are of one kind', () => {
  const kinds = [
    'at 1.2 s: client 40001>5000 expiry 1: 7 ms too late',
    'at 3 s: client 40007>5001 expiry 2: 44 ms too late',
  ].map(kindOf)
  expect(kinds[0]).toBe(kinds[1])
})

test('a frame is read as it was written', () => {
  const segment = {
    flags: 'S.' as const,
    seq: seq(7),
    ack: seq(9),
    len: 3,
    options: { mss: 1460, sack: true as const, windowScale: 7, timestamp: { val: 5, echo: 6 } },
  }
  const of = { sourcePort: 5000, destinationPort: 40000, segment }
  expect(framed(frameOf(of, '10.77.0.2', '10.77.0.1'))).toEqual(of)
  const ack = { ...segment, flags: '.' as const, options: { timestamp: { val: 5, echo: 6 } } }
  const blocks = { ...of, segment: ack, sack: [[seq(1), seq(4)] as const, [seq(8), seq(2 ** 32 - 1)] as const] }
  expect(framed(frameOf(blocks, '10.77.0.2', '10.77.0.1'))).toEqual(blocks)
})

test('what was shown, as JSON: no packets', () => {
  const share = { matched: 1, total: 1 }
  const nothing = {
    runs: 1,
    segments: share,
    states: share,
    counters: share,
    notDriven: {},
    disagreements: [],
    once: [],
  }
  expect(reportJson(3, nothing)).toEqual({ seed: 3, ...nothing })
  expect(reportText(3, nothing)).toBe(
    'seed 3: 1 runs, segments 1/1, states 1/1, counters 1/1, 0 kinds of disagreement\n',
  )
})
