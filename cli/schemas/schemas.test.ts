/** Real output against the published schemas. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { once } from '../../traces/replay/once.ts'
import { halfopen, json } from '../testing/halfopen.ts'
import { type SchemaName, schemaOf } from './names.ts'
import { schemas } from './schemas.ts'

const ghost = 'traces/corpus/ghost-connection/ghost-connection.tcpdump.txt'
const netstat = 'traces/corpus/ghost-connection/ghost-connection.netstat.txt'

/** Stands for a path to a ghost in `ghost-connection`: its code changes with the rules. */
const GHOST_PATH = 'GHOST_PATH'
const ghostPath = once(async (): Promise<string> => {
  const { properties } = await json('check ghost-connection --property GHOST --max-depth 8 --json')
  return properties[0].counterexample.path
})

describe('--json', () => {
  test.each<[SchemaName, string]>([
    ['check', 'check handshake --json'],
    ['check', 'check handshake close --json --max-depth 6'],
    ['check', 'check handshake --set tcp_syncookies=0 --json'],
    ['check-every', 'check handshake --clients any --json'],
    ['check-against', 'check handshake --against linux-4.9 --json'],
    ['check-against', 'check handshake --against linux-6.1 --json'],
    ['check-claims', 'check --claims ghost-exists --json'],
    ['remedies', 'check ghost-connection --remedies --max-depth 4 --json'],
    ['simulate', 'simulate handshake --runs 5 --json'],
    ['trace', `trace show ghost-connection --path ${GHOST_PATH} --json`],
    ['trace', `trace show ghost-connection --path ${GHOST_PATH} --view ss --json`],
    ['trace', `trace show ghost-connection --path ${GHOST_PATH} --view counters --json`],
    ['trace-export', `trace export ghost-connection --path ${GHOST_PATH} --to packetdrill --json`],
    ['conform', 'conform model --json'],
    ['learn', 'learn model:linux-4.9 --against linux-6.18 --words 0 --seed 1 --json'],
    ['replay', `replay ${ghost} --json`],
    ['replay', `replay ${ghost} --sockets ${netstat} --what-if backlog=9 --json`],
    ['replay', 'replay traces/corpus/field/ack-with-snd-una.pcap --json'],
    ['replay', 'replay traces/corpus/05-ghost/capture-client.pcap --with traces/corpus/05-ghost/capture.pcap --json'],
    ['replay', `replay ${ghost} nowhere.pcap --json`],
    ['replay', 'replay traces/corpus/diagnosis/time-wait-assassination.pcap --json'],
    ['replay', 'replay nowhere.pcap --json'],
    ['host', `host --sockets ${netstat} --json`],
    ['host', 'host --sockets traces/corpus/field/f8-listen.ss --json'],
    ['graph', 'graph handshake --project client.state --json'],
    ['graph', 'graph handshake --compare rfc9293 --json'],
    ['list', 'list --json'],
    ['explain', 'explain Q1 --json'],
    ['explain-diff', 'explain linux-6.18 --diff linux-4.4 --json'],
  ])('%s: halfopen %s', { timeout: 120_000 }, async (name, line) => {
    const asked = line.includes(GHOST_PATH) ? line.replace(GHOST_PATH, await ghostPath()) : line
    const document = JSON.parse((await halfopen(asked)).out)
    expect(Object.keys(document)[0]).toBe('schema')
    expect(document.schema).toBe(schemaOf(name))
    expect(v.safeParse(schemas[name], document).issues).toBeUndefined()
  })

  test('system: a module of the user', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'halfopen-schema-')), 'own.js')
    const { mutex, mutexProperties } = await import('../../checker/index.ts')
    const importModule = async () => ({ system: mutex, properties: mutexProperties })
    const { writeFileSync } = await import('node:fs')
    writeFileSync(file, '')
    const { out } = await halfopen(`check ${file} --json`, { importModule })
    expect(v.safeParse(schemas.system, JSON.parse(out)).issues).toBeUndefined()
    expect(JSON.parse(out).properties.map((p: { verdict: string }) => p.verdict)).toEqual(['holds', 'holds'])
  })

  test('a matrix, and what became of it', async () => {
    const out = mkdtempSync(join(tmpdir(), 'halfopen-schema-'))
    const matrix = ['check', '--matrix', 'scenario=handshake; tcp_syncookies=0,1', '--out', out, '--json']
    for (const [name, line] of [
      ['check-matrix', matrix],
      ['merge', ['merge', out, '--json']],
    ] as const) {
      const document = JSON.parse((await halfopen(line)).out)
      expect(v.safeParse(schemas[name], document).issues).toBeUndefined()
    }
  })

  test('a schema can be failed', () => {
    expect(v.safeParse(schemas.check, { schema: 'halfopen/check/1', scenario: 'x' }).success).toBe(false)
    expect(v.safeParse(schemas.list, { schema: 'halfopen/list/2' }).success).toBe(false)
    expect(v.safeParse(schemas.list, { schema: 'halfopen/list/1', kernels: [{ name: 6 }] }).success).toBe(false)
    expect(v.safeParse(schemas.explore, { schema: 'halfopen/explore/1' }).success).toBe(false)
    const step = { event: { rule: 'client connect', choice: 0 }, actor: 'client', rule: 'client connect', source: '' }
    const trace = { schema: 'halfopen/trace/1', scenario: 'close', path: 'x', steps: [step] }
    expect(v.safeParse(schemas.trace, trace).success).toBe(false)
    expect(v.safeParse(schemas.trace, { ...trace, steps: [{ ...step, changes: [] }] }).success).toBe(true)
  })
})
