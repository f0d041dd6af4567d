/** tshark as oracle: on every pcap of the corpus, and on what editcap makes of them, it must see the same packets. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { fc } from '@fast-check/vitest'
import { afterAll, describe, expect, it } from 'vitest'
import type { Capture } from '../capture.ts'
import { openCapture } from './open.ts'
import { corpusFiles } from './testing/corpus.ts'

const runs = (command: string) => spawnSync(command, ['--version']).status === 0
/** Programs of Wireshark, which is no dependency of the package. */
const TSHARK = 'tshark'
const EDITCAP = 'editcap'
const hasTshark = runs(TSHARK)
const hasEditcap = hasTshark && runs(EDITCAP)
if (!hasTshark) console.warn('\nSKIPPED: tshark is not installed, so nothing checks the readers against it\n')
else if (!hasEditcap) console.warn('\nSKIPPED: editcap is not installed, so pcapng is not checked against tshark\n')

const scratch = mkdtempSync(join(tmpdir(), 'halfopen-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const FIELDS = [
  'frame.number',
  'tcp.stream',
  'ip.src',
  'tcp.srcport',
  'ip.dst',
  'tcp.dstport',
  'tcp.flags',
  'tcp.seq',
  'tcp.ack',
  'tcp.window_size_value',
  'tcp.len',
  'tcp.options.mss_val',
  'tcp.options.wscale.shift',
  'tcp.options.timestamp.tsval',
  'tcp.options.timestamp.tsecr',
  'frame.time_epoch',
]

const LETTERS = 'FSRP.UEW'

const tshark = (file: string) => {
  const fields = FIELDS.flatMap((field) => ['-e', field])
  const preferences = ['-o', 'tcp.relative_sequence_numbers:FALSE', '-o', 'tcp.analyze_sequence_numbers:TRUE']
  const args = ['-r', file, ...preferences, '-Y', 'tcp', '-T', 'fields', ...fields]
  const output = execFileSync(TSHARK, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [number, stream, source, sourcePort, destination, destinationPort, flags, ...rest] = line.split('\t')
      const [seq, ack, window, length, mss, scale, value, echo, time] = rest
      const bits = Number(flags)
      const letters = [...LETTERS].filter((_, bit) => bits & (1 << bit)).join('')
      const hasAck = letters.includes('.')
      const ends = [source, sourcePort, destination, destinationPort]
      const options = [mss, scale, value, echo].map((text) => (text ? Number(text) : undefined))
      const numbers = [seq, hasAck ? ack : undefined, window, length].map((text) => (text ? Number(text) : undefined))
      return [
        Number(number),
        Number(stream),
        ...ends,
        [...letters].sort().join(''),
        ...numbers,
        ...options,
        Number(time),
      ]
    })
}

const ours = ({ packets, connections }: Capture) => {
  const streams = new Map(connections.flatMap(({ id, packets }) => packets.map((p) => [p.number, id] as const)))
  return packets.map((packet) => {
    const { source, destination, options } = packet
    const ends = [source.address, String(source.port), destination.address, String(destination.port)]
    const { mss, windowScale, timestamp } = options ?? {}
    return [
      packet.number,
      streams.get(packet.number),
      ...ends,
      [...packet.flags].sort().join(''),
      packet.sequence,
      packet.acknowledgment,
      packet.window,
      packet.length,
      mss,
      windowScale,
      timestamp?.value,
      timestamp?.echo,
      packet.time,
    ]
  })
}

const expectSame = (file: string) => {
  const expected = tshark(file)
  expect(expected.length).toBeGreaterThan(0)
  expect(ours(openCapture(file))).toEqual(expected)
}

/** Those that show packets twice are left out: tshark shows every frame, and what is captured twice is read once. */
const captures = corpusFiles('.pcap').filter((file) => !/span-duplicates|f9-any-sll2/.test(file))

describe.skipIf(!hasTshark)('tshark sees the same packets', () => {
  /** A second SYN on the same ports begins a stream there; here it is another incarnation of one connection. */
  const opensTwice = (file: string): boolean =>
    /split-handshake|assassination-syn|driven\/bothways|f4-full|challenge-held-back/.test(file)
  /** Four of its frames are shorter than the datagram that their IP header tells of: tshark counts the bytes of the frame. */
  const isCut = (file: string): boolean => file.endsWith('slow/117-packets.pcap')
  it.each(captures.filter((file) => !opensTwice(file) && !isCut(file)))('%s', expectSame)
  it.each(captures.filter(isCut))('%s: the same, but for the length of text in frames that were cut', (file) => {
    const lengthsApart = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.toSpliced(10, 1))
    expect(lengthsApart(ours(openCapture(file)))).toEqual(lengthsApart(tshark(file)))
  })
  it.each(captures.filter(opensTwice))(
    '%s: the same, but that tshark counts a new stream from the second SYN on',
    (file) => {
      const withoutStream = (rows: readonly (readonly unknown[])[]) =>
        rows.map(([number, , ...rest]) => [number, ...rest])
      expect(withoutStream(ours(openCapture(file)))).toEqual(withoutStream(tshark(file)))
    },
  )
})

describe.skipIf(!hasTshark)('tshark sees the same packets in what is packed', () => {
  it('gzip', () => {
    const file = join(scratch, 'packed.pcap.gz')
    writeFileSync(file, gzipSync(readFileSync(captures[1]!)))
    expectSame(file)
  })
})

describe.skipIf(!hasEditcap)('tshark sees the same packets in other formats', () => {
  const converted = (name: string, ...args: string[]) => {
    const file = join(scratch, `${name}-${basename(captures[1]!)}`)
    execFileSync(EDITCAP, [...args, captures[1]!, file], { stdio: 'ignore' })
    return file
  }
  it('pcapng', () => expectSame(converted('ng', '-F', 'pcapng')))
  it('pcap with nanoseconds', () => expectSame(converted('ns', '-F', 'nsecpcap')))
  it('cut to the headers', () => expectSame(converted('cut', '-s', '74')))
})

describe.skipIf(!hasTshark)('tshark sees the same in damaged captures', () => {
  const damaged = (seed: number): string => {
    const bytes = Uint8Array.from(readFileSync(captures[seed % captures.length]!))
    const view = new DataView(bytes.buffer)
    const random = fc.sample(fc.nat(), { seed, numRuns: 4000 })
    for (let at = 24, i = 0; at + 16 < bytes.length; i += 3) {
      const length = view.getUint32(at + 8, true)
      const start = at + 16 + 14 // behind the Ethernet header
      if (random[i % 4000]! % 3 === 0)
        bytes[start + (random[(i + 1) % 4000]! % (length - 14))] = random[(i + 2) % 4000]! % 256
      at += 16 + length
    }
    const file = join(scratch, `damaged-${seed}.pcap`)
    writeFileSync(file, bytes)
    return file
  }
  /** Whether a frame is a segment at all tshark may judge more sternly: it looks at lengths of options and at versions. */
  it.each([1, 2, 3, 4, 5, 6])('%i', (seed) => {
    const file = damaged(seed)
    const theirs = new Map(tshark(file).map((row) => [row[0], headerOf(row)]))
    const both = ours(openCapture(file)).filter(([number]) => theirs.has(number))
    expect(both.length).toBeGreaterThan(5)
    for (const row of both) expect(headerOf(row)).toEqual(theirs.get(row[0]))
  })
  /** Ports, flags, numbers, window; not what it counts or reads from options. */
  const headerOf = (row: readonly unknown[]) => [row[0], ...row.slice(2, 10)]
})
