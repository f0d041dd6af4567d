/** tcpdump as oracle: what it prints of the corpus, in every usual form, must read as the pcap that it printed. */
import { spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Capture, Packet } from '../capture.ts'
import { openCapture } from './open.ts'
import { readTcpdump } from './tcpdump-text.ts'
import { corpusFile, corpusFiles } from './testing/corpus.ts'

const TCPDUMP = 'tcpdump'
const hasTcpdump = spawnSync(TCPDUMP, ['--version']).status === 0
if (!hasTcpdump)
  console.warn('\nSKIPPED: tcpdump is not installed, so nothing checks the reader of its text against it\n')

/** Started by root it becomes another user, whom not every system has. */
const SAME_USER = process.getuid?.() === 0 ? ['-Z', userInfo().username] : []

const printed = (file: string, form: string): string => {
  const args = [...SAME_USER, ...form.split(' '), '-r', file, 'tcp or ip6 proto 6']
  const { stdout, status } = spawnSync(TCPDUMP, args, { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })
  expect(status).toBe(0)
  return stdout
}

/** A pure ACK is printed without its sequence number. */
const comparable = (packets: readonly Packet[], told: readonly Packet[]) =>
  packets.map((p, i) => ({
    ends: [p.source, p.destination],
    flags: p.flags,
    sequence: told[i]?.sequence === undefined ? undefined : p.sequence,
    acknowledgment: p.acknowledgment,
    window: p.window,
    length: p.length,
    options: p.options ?? {},
  }))

/** To the microsecond, from the first packet. */
const expectSameTimes = (text: readonly Packet[], pcap: readonly Packet[]) => {
  const off = text.map((p, i) => Math.abs(p.time! - text[0]!.time! - (pcap[i]!.time! - pcap[0]!.time!)))
  expect(Math.max(...off)).toBeLessThan(2e-6)
}

type Times = 'none' | 'some'

const expectSame = (file: string, form: string, times: Times = 'some') =>
  expectSameAs(file, readTcpdump(printed(file, form)), times)

const expectSameAs = (file: string, text: Capture, times: Times) => {
  const pcap = openCapture(file)
  expect(comparable(text.packets, text.packets)).toEqual(comparable(pcap.packets, text.packets))
  if (times === 'some') expectSameTimes(text.packets, pcap.packets)
  // Without a SYN, a small number may be one of the wire: only forged packets have such.
  const told = text.connections.filter(({ clientKnownBy }) => clientKnownBy.startsWith('SYN'))
  const numberings = told.flatMap(({ numbering }) => Object.values(numbering))
  expect(numberings.filter((numbering) => numbering !== 'absolute')).toEqual([])
  expect(text.notes.filter((note) => / no TCP packet|disagree|do not rise/.test(note))).toEqual([])
}

/** Without those that show packets twice: a pcap tells by the bytes of the IP header, which tcpdump prints with -v only. */
const pcaps = corpusFiles('.pcap').filter((file) => !/span-duplicates|f9-any-sll2/.test(file))

it.each([
  ['paws-drop', 'nve', 'some'],
  ['simultaneous-open', 'nS-tttt', 'some'],
  ['split-handshake', 'n-ttt-x', 'none'],
] as const)('%s as tcpdump printed it (%s)', (name, form, times) => {
  const [file] = pcaps.filter((path) => path.endsWith(`/${name}.pcap`))
  expectSameAs(file!, openCapture(corpusFile(`tcpdump/${name}.${form}.txt`)), times)
})

const varied = pcaps.filter((f) =>
  /05-ghost.capture.pcap|split-handshake|simultaneous-open|paws-drop|keepalive/.test(f),
)
const nameOf = (file: string): string => join(basename(dirname(file)), basename(file))

describe.skipIf(!hasTcpdump)('what tcpdump prints reads as the pcap', () => {
  it.each(pcaps.map((file) => [nameOf(file), file]))('-n: %s', (_name, file) => expectSame(file, '-n'))

  describe.each(varied.map((file) => [nameOf(file), file]))('%s', (_name, file) => {
    it.each([
      '-nn -tt',
      '-n -S',
      '-n -S -tttt',
      '-n -ttttt',
      '-n -v',
      '-n -vvv -e',
      '-# -n -e',
      '-n -x',
      '-nXX -v',
      '-nK -v',
    ])('%s', (form) => expectSame(file, form))
    it('-n -t', () => expectSame(file, '-n -t', 'none'))
    it('-n -ttt', () => expectSame(file, '-n -ttt', 'none'))
  })
})
