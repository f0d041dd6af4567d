import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { profiles } from '../../model/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { Driver } from './driver.ts'
import { missingFiles, type Recording, readFolder, recordingsIn } from './folder.ts'
import { forgedIn, infer } from './inferred.ts'
import { isEqual, isWithin, type PredictedCounter, predictCounters } from './predicted.ts'
import { main } from './program.ts'
import { judge } from './row.ts'
import { compareStates } from './states.ts'

const corpus = 'traces/corpus'
const folders = [
  '01-normal',
  '05-ghost',
  '05c-ghost-exhausted',
  '06-abort-on-overflow',
  '07-accept-queue-limit',
  '09-syncookies',
  '11g-synack-syncnt-dupsyn',
  '21-defer-accept',
].map((f) => `${corpus}/${f}`)

const run = (...args: string[]) => {
  let out = ''
  let errors = ''
  const exit = main(args, { write: (text) => (out += text) }, { write: (text) => (errors += text) })
  return { exit, out, errors }
}

describe('the recorded runs', () => {
  test.each(folders)('%s: the model does what the kernel did', (folder) => {
    const row = judge(folder)
    expect(row.mismatches).toEqual([])
    expect(row.segments.total).toBeGreaterThan(2)
  })

  test.each([
    'halfclose',
    'fintimeout',
    'twbuckets',
    'bothways',
    'listenclose',
    'oldack',
    'backedoff',
    'nosack',
    'cookietwin',
    'cookieminute',
  ])('driven/%s: the model does what the kernel did, and all of it was driven', (folder) => {
    const row = judge(`${corpus}/driven/${folder}`)
    expect(row.mismatches).toEqual([])
    expect(row.notDriven).toEqual([])
    expect(row.counters.total).toBeGreaterThan(3)
  })

  test('another kernel would have been noticed: 4.9 still admits SYNs to a full accept queue', () => {
    expect(judge(folders[3]!, profiles['linux-4.9']).mismatches).not.toEqual([])
  })
})

describe('an altered recording does not match', () => {
  const ghosts = readFolder(folders[2]!)
  const complaints = (recording: Recording): string[] =>
    new Driver(recording, profiles['linux-6.18']).mismatches.map((m) => m.says)
  const shifted = (recording: Recording, ms: (n: number) => number): Recording => {
    let n = 0
    const moved = recording.packets.server.packets.map((p) =>
      p.flags === 'S.' && p.destination.port === 50003 ? { ...p, time: p.time! + ms(n++) / 1000 } : p,
    )
    return { ...recording, packets: { ...recording.packets, server: { ...recording.packets.server, packets: moved } } }
  }

  test('the control: nothing altered', () => expect(complaints(shifted(ghosts, () => 0))).toEqual([]))

  test('a SYN+ACK repeated 100 ms early', () => {
    expect(complaints(shifted(ghosts, (n) => (n === 1 ? -100 : 0)))[0]).toMatch(/too early/)
  })

  test('a SYN+ACK repeated 500 ms late', () => {
    expect(complaints(shifted(ghosts, (n) => (n === 1 ? 500 : 0)))[0]).toMatch(/^expiry 1: \d+ ms too late$/)
  })

  test('another backlog', () => {
    const calls = ghosts.calls.map((c) => (c.call === 'listen' ? { ...c, args: { ...c.args, backlog: 5 } } : c))
    expect(complaints({ ...ghosts, calls })).not.toEqual([])
  })

  test('a packet that nobody sent', () => {
    const wire = [...ghosts.wire, { ...ghosts.wire[2]!, at: 5000, len: 3 }]
    expect(complaints({ ...ghosts, wire })[0]).toMatch(/captured, nothing predicted/)
  })
})

describe('altered states do not match', () => {
  const ghosts = readFolder(folders[2]!)
  const { server } = new Driver(ghosts, profiles['linux-6.18']).hosts
  const lines = ghosts.states.server
  const judged = (altered: typeof lines) => compareStates(server, altered, ghosts).mismatches.length

  test('the control: nothing altered', () => expect(judged(lines)).toBe(0))

  test.each(lines.map((line, i) => [i, line.state] as const))('line %i, %s, as a state that was never held', (i) => {
    expect(judged(lines.map((line, j) => (i === j ? { ...line, state: 'CLOSING' } : line)))).toBe(1)
  })

  test('a request that is gone two seconds early', () => {
    const early = lines.map((line) => (line.state === 'GONE' ? { ...line, at: line.at - 2000 } : line))
    expect(judged(early)).toBeGreaterThan(0)
  })
})

describe('npm run conformance', () => {
  test('--json: one row per folder, exit 0 if all matched', () => {
    const { exit, out } = run('--json', folders[0]!)
    expect(exit).toBe(0)
    expect(JSON.parse(out).rows).toEqual([
      {
        capture: '01-normal',
        kernel: expect.stringMatching(/^6\.18/),
        segments: { matched: 11, total: 11 },
        states: { matched: 13, total: 13 },
        counters: { matched: 3, total: 3, mismatches: [] },
        notDriven: [],
      },
    ])
  })

  test('a folder that lacks files is not comparable, and that is no match', () => {
    const ghost = `${corpus}/ghost-connection`
    expect(missingFiles(ghost)).toContain('events.jsonl')
    const { exit, out } = run(ghost)
    expect(exit).toBe(1)
    expect(out).toMatch(/not comparable, lacks events\.jsonl/)
  })

  test('a folder of recordings stands for all that lack nothing', () => {
    const found = recordingsIn(corpus)
    expect(found).toEqual(expect.arrayContaining([`${corpus}/01-normal`]))
    expect(found.flatMap(missingFiles)).toEqual([])
    expect(recordingsIn(`${corpus}/ghost-connection`)).toEqual([`${corpus}/ghost-connection`])
  })

  test('--inferred: what each tap alone tells, held against the recorded states', () => {
    const { exit, out } = run('--inferred', '--json', folders[0]!)
    expect(exit).toBe(0)
    const all = { contained: 10, exact: 6, total: 10 }
    const counters = { mismatches: [], unexplained: 0 }
    expect(JSON.parse(out).rows[0].inferred).toEqual([
      {
        tap: 'client',
        verdict: 'conforms',
        samples: all,
        counters: { ...counters, determined: 2, equal: 2, open: 0, within: 0 },
      },
      {
        tap: 'server',
        verdict: 'conforms',
        samples: all,
        counters: { ...counters, determined: 1, equal: 1, open: 2, within: 2 },
      },
    ])
    expect(run('--inferred', folders[0]!).out).toMatch(/01-normal +server +conforms +10\/10 +6\/10/)
  })

  test('--docs=FILE: the table as a page', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'conformance-')), 'page.md')
    expect(run(`--docs=${file}`, folders[0]!).exit).toBe(0)
    expect(readFileSync(file, 'utf8')).toMatch(/^\| 01-normal \| \S+ \| 11\/11 \| 13\/13 \| 3\/3 \| – \| – \|$/m)
  })

  test.each([[[]], [['--fast', 'x']]])('wrong usage: %j', (args) => expect(run(...args).exit).toBe(2))
})

describe('packets that the run forged', () => {
  test.each(['09-syncookies', '11g-synack-syncnt-dupsyn'])(
    '%s conforms at both taps, every state contained',
    (folder) => {
      for (const { verdict, missed } of infer(corpusFile(folder)))
        expect({ verdict, missed }).toEqual({ verdict: 'conforms', missed: [] })
    },
  )
})

describe('counters told from the packets at a host', () => {
  const predicted = (folder: string) => {
    const recording = readFolder(folder)
    return (['client', 'server'] as const).map((tap) => predictCounters(recording, tap, forgedIn(recording)))
  }
  test.each(folders)('%s: what they determine, the kernel counted', (folder) => {
    for (const { determined, unexplained } of predicted(folder)) {
      expect(unexplained).toBe(0)
      for (const { counter, least, captured } of determined) expect([counter, least]).toEqual([counter, captured])
    }
  })
  test('another count would have been noticed', () => {
    const recording = readFolder(folders[2]!)
    const server = { ...recording.counters.server, 'Tcp.RetransSegs': 3 }
    const counters = { ...recording.counters, server }
    const { determined } = predictCounters({ ...recording, counters }, 'server', [])
    expect(determined.filter((c) => !isEqual(c)).map(({ counter }) => counter)).toEqual(['RetransSegs'])
  })
  test('a SYN that is given up early, and a listener that resets what nobody accepted, are within the bounds', () => {
    const [client, server] = predicted(folders[4]!)
    for (const { open } of [client!, server!]) expect(open.filter((c) => !isWithin(c))).toEqual([])
    const bounds = (c: { open: readonly PredictedCounter[] }, name: string) =>
      c.open.find(({ counter }) => counter === name)
    expect(bounds(client!, 'AttemptFails')).toMatchObject({ least: 0, captured: 15 })
    expect(bounds(server!, 'TCPAbortOnData')).toMatchObject({ least: 0, captured: 0 })
  })
})
