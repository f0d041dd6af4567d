/** Reports are as wide as the terminal allows: no line is longer, no drawing is broken, and no word is lost. */
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { halfopen, json } from './testing/halfopen.ts'

const CORPUS = 'traces/corpus'
const GHOST = `${CORPUS}/ghost-connection/ghost-connection`

const captures = [
  `${GHOST}.tcpdump.txt --sockets ${GHOST}.netstat.txt --counters ${GHOST}.proc-net-netstat.txt`,
  `${GHOST}.tcpdump.txt --explain`,
  `${CORPUS}/diagnosis/syn-flood.pcap`,
  `${CORPUS}/diagnosis/fin-lost-before-tap.pcap --explain`,
  `${CORPUS}/diagnosis/simultaneous-close.pcap --explain`,
  `${CORPUS}/diagnosis/split-handshake.pcap --explain`,
  `${CORPUS}/diagnosis/zero-window.pcap`,
  `${CORPUS}/diagnosis/syn-dropped-accept-queue.pcap --what-if backlog=64`,
  `${CORPUS}/field/f10-ghost.txt --sockets ${CORPUS}/field/f10-ltn.ss`,
  `${CORPUS}/field/nat-ghost-client.pcap --with ${CORPUS}/field/nat-ghost-server.pcap`,
  `${CORPUS}/field/tfo.pcap --explain`,
  `${CORPUS}/field/25-recycle.pcap --counters ${CORPUS}/field/25-before.txt,${CORPUS}/field/25-after.txt`,
  `${CORPUS}/partial/late-start-client.pcap --explain`,
  `${CORPUS}/partial/injected-reset.pcap`,
  `${CORPUS}/packetdrill/accept-queue-full.pkt`,
  `${CORPUS}/wild/refused-in-pieces.pcap --explain`,
].map((line) => `replay ${line}`)

const kinds = ['', 'scenarios', 'properties', 'sysctls', 'options', 'unmodelled', 'imagined', 'kernels', 'counters']
const lists = [...kinds, 'claims', 'diagnoses', 'requirements', 'findings'].map((kind) => `list ${kind}`)

const explained = [
  ...['L3', 'GHOST', 'ghost-connection', 'linux-3.10', 'rfc9293', 'tcp_syncookies', 'tcp_abort_on_overflow'],
  ...['ListenOverflows', 'larger-of-the-two', 'full-accept-queue-drops-syns', 'backlog', 'tcp_tw_recycle'],
  'linux-6.18 --diff linux-3.10',
].map((name) => `explain ${name}`)

const worlds = [
  'check opening-at-a-full-queue --kernel linux-4.4 --against linux-6.18',
  'check lowered-backlog --property Q2',
  'check overfull-queue --property Q1',
  'check SYN-ACK-with-text --property Q7',
  'check --claims larger-of-the-two full-accept-queue-drops-syns',
  'simulate ghost-connection --clients 8 --runs 50',
  'graph opening-at-a-full-queue',
  'graph opening-at-a-full-queue --compare rfc9293',
]

const host = ['f10-ltn.ss', 'close-wait.ss', 'f11-lnt-est.ss'].map((file) => `host --sockets ${CORPUS}/field/${file}`)

const commands = [
  'check',
  'simulate',
  'replay',
  'record',
  'conform',
  'learn',
  'host',
  'merge',
  'work',
  'graph',
  'explore',
  'list',
]
const help = [
  ...commands,
  'init',
  'trace show',
  'trace export',
  'trace run',
  'explain',
  'mcp',
  'completion',
  'man',
  '',
].map((command) => `${command} --help`)

/** Lines that may be longer: a command that is copied stays whole, and a word such as a path is longer than any line. */
const isExempt = (line: string, columns: number): boolean =>
  /^ +halfopen /.test(line) || line.split(/\s+/).some((word) => word.length > columns)

const printed = async (line: string, columns: number, env = {}): Promise<string> =>
  stripVTControlCharacters((await halfopen(line, { columns, env })).out)

const cases = [...captures, ...lists, ...explained, ...worlds, ...host, ...help]

describe.each([80, 100, 120])('on a terminal of %i columns', (columns) => {
  it.each(cases)('%s: no line is longer', async (line) => {
    const lines = (await printed(line, columns)).split('\n')
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.filter((l) => l.length > columns && !isExempt(l, columns))).toEqual([])
  })
})

describe('what is said does not depend on the width', () => {
  /** Of drawings, what arrows and lifelines are made of is left out. */
  const words = (text: string): string[] =>
    text
      .split(/[\s─╌│✗]+/)
      .filter((word) => word !== '')
      .sort()

  it.each([...captures, ...lists, ...explained, ...host, ...help])('%s', async (line) => {
    expect(words(await printed(line, 80))).toEqual(words(await printed(line, 200)))
  })

  it.each([captures[0]!, 'list claims', 'explain tcp_syncookies'])('%s, nor on colour', async (line) => {
    expect(await printed(line, 80, { FORCE_COLOR: '1' })).toBe(await printed(line, 80))
  })
})

/** Many connections of which none differs, and text in the SYN, which is not modelled. */
const UNDRAWN = /syn-flood|tfo/

describe('a drawing on 80 columns', () => {
  it.each(captures.filter((line) => !UNDRAWN.test(line)))(
    '%s: both lifelines stand in their columns, and arrows have heads',
    async (line) => {
      const lines = (await printed(line, 80)).split('\n')
      const head = lines.findIndex((l) => /^ +packet +client +server$/.test(l))
      const [client, server] = [lines[head]!.indexOf('client'), lines[head]!.indexOf('server')]
      const rest = lines.slice(head + 1)
      const drawn = rest.slice(
        0,
        rest.findIndex((l) => /^ {3}[a-z]/.test(l)),
      )
      expect(drawn.length).toBeGreaterThan(2)
      for (const l of drawn.filter((one) => one.trim() !== '…')) {
        expect(l.slice(client - 2, client + 1)).toMatch(/^ {2}\S$/)
        expect(l.slice(server - 2, server + 1)).toMatch(/^ {2}\S$/)
        if (/^ +✗?\d/.test(l)) expect(l.slice(client, server - 2)).toMatch(/ ── .*─▶$| ◀─.* ──$/)
      }
    },
  )
})

it('a command that is too long for its line has one of its own', async () => {
  const line = 'check opening-at-a-full-queue --kernel linux-4.4 --against linux-6.18 --max-states 900000'
  expect(await printed(line, 80)).toContain(`again:\n  halfopen ${line}\n`)
})

it('a path is drawn by trace show as check draws it', async () => {
  const world = 'lowered-backlog'
  const { properties } = await json(`check ${world} --property Q2 --json`)
  const lines = (await printed(`trace show ${world} --path ${properties[0].counterexample.path}`, 80)).split('\n')
  const checked = (await printed(`check ${world} --property Q2`, 80)).split('\n')
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  expect(checked).toEqual(expect.arrayContaining(lines.slice(1)))
})
