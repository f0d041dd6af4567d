/** What is written is read back: by our own readers, and by tshark where it is installed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type End, modelOf } from '../../model/index.ts'
import { ask, type Overrides, scenarioKernel, scenarioNamed, settingOf } from '../../properties/index.ts'
import { readCapture } from '../readers/index.ts'
import { replay } from '../replayCapture.ts'
import { traceTo } from './export.ts'
import { flightsOf } from './flights.ts'
import { itf } from './itf.ts'
import { packetdrill } from './packetdrill.ts'
import { pcapng } from './pcapng.ts'
import { sequenceSvg } from './sequence-svg.ts'
import { graphTo } from './state-graph.ts'
import { tapped } from './taps.ts'
import { traceOf } from './trace.ts'

/** The shortest run to where the property is decided. */
const runTo = (name: string, property: string, overrides: Overrides = {}) => {
  const scenario = scenarioNamed(name)!
  const setting = settingOf(scenario, overrides)
  const { path } = ask(scenario, overrides, {}, [property]).asked[0]!.finding
  return { setting, kernel: scenarioKernel(scenario, overrides), trace: traceOf(modelOf(setting), path!) }
}

const runs = [
  ['accept-queue', 'FULL'],
  ['handshake', 'in-by-data'],
  ['handshake', 'in-by-FIN'],
  ['SYN-flood-with-cookies', 'cookie-child'],
  ['half-open-connection', 'request-killed'],
] as const

const ends: readonly End[] = ['client', 'server']

describe.each(runs)('%s, %s', (name, property) => {
  const { trace, kernel } = runTo(name, property)

  test.each(ends)('pcapng from the %s conforms under its profile', (tap) => {
    const capture = readCapture(pcapng(trace, [tap]))
    expect(capture.packets.length).toBe(tapped(trace, [tap]).length)
    const { verdict, connections } = replay(capture, { tap, kernels: { client: kernel, server: kernel } })
    expect([verdict, connections.map((c) => c.divergence?.reason ?? c.reason)]).toEqual([
      'conforms',
      connections.map(() => undefined),
    ])
  })

  test.each(ends)('a packetdrill script of the %s reads back to the same packets', (local) => {
    const { setting } = runTo(name, property)
    const script = packetdrill(trace, setting, { local, connection: 1 })
    const back = readCapture(new TextEncoder().encode(script))
    const sent = tapped(trace, [local]).filter(({ connection }) => connection === 1)
    const flags = (f: string) =>
      [...f]
        .filter((letter) => letter !== 'P')
        .sort()
        .join('')
    expect(back.packets.map((p) => [flags(p.flags), p.length])).toEqual(
      sent.map(({ segment: s }) => [[...s.flags].sort().join(''), s.len]),
    )
  })
})

const ghost = runTo('accept-queue', 'FULL')

test('pcapng: a packet says its step, both states and both queues; each tap is an interface', () => {
  const text = new TextDecoder().decode(pcapng(ghost.trace))
  expect(text).toMatch(/step \d+: [^·]+ · client \w+, server \w+ · SYN queue \d, accept queue 1 \(backlog 1\)/)
  expect(text).toContain('client')
  expect(tapped(ghost.trace).length).toBe(
    tapped(ghost.trace, ['client']).length + tapped(ghost.trace, ['server']).length,
  )
})

const tshark = spawnSync('tshark', ['--version']).status === 0
if (!tshark) console.warn('SKIPPED: pcapng in tshark: tshark is not installed')
test.skipIf(!tshark)('tshark opens it without a warning: every checksum is right, every comment is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'halfopen-export-'))
  try {
    const file = join(folder, 'a.pcapng')
    writeFileSync(file, pcapng(ghost.trace))
    const fields = ['frame.comment', 'tcp.checksum.status', 'ip.checksum.status', 'frame.interface_name']
    const options = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE']
    const { stdout, stderr } = spawnSync('tshark', [
      '-r',
      file,
      ...options,
      '-T',
      'fields',
      ...fields.flatMap((f) => ['-e', f]),
    ])
    const said = stderr
      .toString()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('Running as user'))
    expect(said).toEqual([])
    const rows = stdout
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    expect(rows.length).toBe(tapped(ghost.trace).length)
    for (const [comment, tcp, ip, tap] of rows) {
      expect([tcp, ip]).toEqual(['1', '1'])
      expect(comment).toMatch(/^step \d+/)
      expect(ends).toContain(tap)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('ITF: a state more than steps, values by the names of the facts', () => {
  const { states, vars } = itf(ghost.trace, 'accept-queue')
  expect(states.length).toBe(ghost.trace.steps.length + 1)
  for (const state of states) expect(Object.keys(state).sort()).toEqual(['#meta', ...vars].sort())
  expect(JSON.stringify(states.at(-1))).toContain('["accept queue",{"#bigint":"2"}]')
})

test('flights: one that is lost, its repetition that arrives, one on its way', () => {
  const setting = settingOf(scenarioNamed('handshake')!)
  const model = modelOf(setting)
  const rules = ['client connect', 'lose from client', 'tick', 'client timer', 'deliver to server']
  const events = rules.map((rule) => ({ rule, ...(rule === 'tick' ? {} : { group: 0 }), choice: 0 }))
  const flights = flightsOf(traceOf(model, { initial: 0, events }))
  expect(flights.map(({ from, sent, ended, fate }) => [from, sent, ended, fate])).toEqual([
    ['client', 1, 2, 'is lost'],
    ['client', 4, 5, 'arrives'],
    ['server', 5, undefined, 'in flight'],
  ])
})

test('SVG: every text that it holds is escaped', () => {
  const svg = sequenceSvg(ghost.trace, undefined, {
    client: '<b>&"',
    server: 's',
    connection: () => '<script>',
    incarnation: () => '<i>',
  })
  expect(svg).not.toMatch(/<b>|<script>/)
  expect(svg).toContain('&#60;b&#62;')
})

test.each(['svg', 'mermaid', 'itf'] as const)('%s is written as text', (format) => {
  const { content } = traceTo(format, { name: 'accept-queue', trace: ghost.trace, setting: ghost.setting })
  expect(typeof content).toBe('string')
})

describe('state graphs', () => {
  const graph = {
    name: 'a<b',
    nodes: [
      { id: 0, label: 'x "y"', depth: 0 },
      { id: 1, label: 'z' },
    ],
    edges: [{ from: 0, to: 1, label: 'rcv "S"' }],
    isComplete: true,
  }
  test('.aut: first state, numbers of transitions and states, and each transition', () =>
    expect(graphTo('aut', graph)).toBe(`des (0, 1, 2)\n(0, "rcv 'S'", 1)\n`))
  test('GraphML: names are escaped', () => {
    expect(graphTo('graphml', graph)).toContain('<graph id="a&#60;b"')
    expect(graphTo('graphml', graph)).toContain('<edge source="n0" target="n1">')
  })
  test('JSON reads back', () => expect(JSON.parse(graphTo('json', graph))).toEqual(graph))
})
