/** Reports are as wide as the terminal allows: no line is longer, no drawing is broken, and no word is lost. */
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { halfopen } from './testing/halfopen.ts'

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
  'check close',
  'check old-duplicates --time-wait 1',
  'check SYN-flood',
  'check --claims larger-of-the-two full-accept-queue-drops-syns',
  'simulate ghost-connection --clients 8 --runs 50',
  'graph close',
  'graph close --compare rfc9293',
]

const host = ['f10-ltn.ss', 'close-wait.ss', 'f11-lnt-est.ss'].map((file) => `host --sockets ${CORPUS}/field/${file}`)

const commands = [
  'check',
  'simulate',
  'replay',
  'record',
  'conform',
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

/** Lines that are allowed to be longer: a command that is copied, and a word that nothing can break. */
const isExempt = (line: string, columns: number): boolean =>
  /^ +halfopen /.test(line) || line.split(/\s+/).some((word) => word.length > columns - 20 && /[/:]/.test(word))

const linesOf = async (line: string, columns: number): Promise<string[]> =>
  stripVTControlCharacters((await halfopen(line, { columns })).out).split('\n')

const cases = [...captures, ...lists, ...explained, ...worlds, ...host, ...help]

describe.each([80, 100, 120])('on a terminal of %i columns', (columns) => {
  it.each(cases)('%s: no line is longer', async (line) => {
    const lines = await linesOf(line, columns)
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.filter((l) => l.length > columns && !isExempt(l, columns))).toEqual([])
  })
})
