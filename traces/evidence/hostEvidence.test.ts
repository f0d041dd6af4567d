import { describe, expect, it } from 'vitest'
import type { Capture, Packet } from '../capture.ts'
import { openCapture } from '../readers/open.ts'
import { readSettings } from '../readers/settings.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { replay } from '../replayCapture.ts'
import { readCounters } from './counters.ts'
import type { HostEvidence } from './hostEvidence.ts'
import { readMoment } from './moment.ts'
import { otherTap } from './otherTap.ts'
import { readSockets } from './read-sockets.ts'

/** Five connections after one another's queue is full; number 5 is a ghost, number 0 was accepted. */
const ghosts = openCapture(corpusFile('05-ghost/capture.pcap'))
const atClient = openCapture(corpusFile('05-ghost/capture-client.pcap'))
const GHOST = 5

const told = (evidence: HostEvidence, capture: Capture = ghosts, stream = GHOST) => {
  const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
  const report = replay(capture, { evidence, stream, kernels })
  const [connection] = report.connections
  const { timeline, diagnoses } = connection!
  return { ...report, ...connection!, timeline, diagnoses, ofAll: [report.verdict, report.contradictions] }
}

const LISTEN = 'LISTEN 5 4 10.77.0.2:502 0.0.0.0:*'
const row = (state: string) => `${state} 0 0 10.77.0.2:502 10.77.0.1:50001`
const listing = (at: string, ...rows: string[]): HostEvidence => {
  const head = 'State Recv-Q Send-Q Local Address:Port Peer Address:Port'
  return { sockets: { listing: readSockets([head, ...rows].join('\n'), 'ss.txt'), at: readMoment(at)! } }
}

describe('a socket listing', () => {
  it('that the packets agree with rules out every other state', () => {
    const after95 = ({ timeline }: ReturnType<typeof told>) => timeline().find((b) => b.packet === 95)?.possible.server
    const evident = told(listing('#98', row('SYN-RECV')), atClient)
    expect(after95(told({}, atClient))?.length).toBeGreaterThan(1)
    expect([evident.verdict, after95(evident)]).toEqual(['conforms', ['SYN_RECV']])
  })
  it('of a state that cannot be contradicts the packets', () => {
    const { verdict, contradictions } = told(listing('#52', row('ESTAB')))
    expect([verdict, contradictions]).toEqual([
      'diverges',
      ['ss.txt:2 shows the server ESTABLISHED, but the packets leave the server SYN_RECV by then'],
    ])
  })
  it('that lists all sockets but this one', () => {
    const other = 'ESTAB 0 0 10.77.0.2:502 10.77.0.1:33684'
    expect(told(listing('#52', LISTEN, other)).contradictions).toEqual([
      'ss.txt lists no socket of the server for this connection, but the packets leave the server SYN_RECV by then',
    ])
  })
  it('before the first packet: no socket yet', () => {
    const { verdict } = told(listing('#1', LISTEN, 'ESTAB 0 0 10.77.0.2:502 10.77.0.1:33684'))
    expect(verdict).toBe('conforms')
  })
  it('of the client', () => {
    const client = (state: string) => `${state} 0 12 10.77.0.1:50001 10.77.0.2:502`
    expect(told(listing('+3.5', client('ESTAB'))).verdict).toBe('conforms')
    expect(told(listing('+3.5', client('SYN-SENT'))).contradictions?.[0]).toContain('shows the client SYN_SENT')
  })
  it('of translated addresses is matched by its ports, and said', () => {
    const { verdict, notes } = told(listing('#52', 'SYN-RECV 0 0 192.168.0.2:502 192.168.0.1:50001'))
    expect([verdict, notes.join()]).toEqual([
      'conforms',
      expect.stringContaining('by their ports: addresses translated'),
    ])
  })
  it('of another host decides nothing, and says so', () => {
    const { verdict, notes } = told(listing('#52', 'ESTAB 0 0 192.168.0.2:9 192.168.0.1:8'))
    expect([verdict, notes.join()]).toEqual(['conforms', expect.stringContaining('shows neither end')])
  })
})

it.each([
  ['1795226301.5', { kind: 'epoch', seconds: 1_795_226_301.5 }],
  ['01:58:21', { kind: 'clock', seconds: 7101, whole: true }],
  ['+2.5', { kind: 'elapsed', seconds: 2.5 }],
  ['#12', { kind: 'packet', number: 12 }],
  ['noon', undefined],
  ['', undefined],
])('the moment «%s»', (text, moment) => {
  expect(readMoment(text)).toEqual(moment)
})

describe('counters', () => {
  const counters = (ListenOverflows: number, RetransSegs = 99): HostEvidence => ({
    counters: { values: readCounters(`TcpExtListenOverflows ${ListenOverflows} 0\nTcpRetransSegs ${RetransSegs} 0`) },
  })
  it('no overflow: seen from the client, the packets must have been lost', () => {
    const { verdict, diagnoses } = told(counters(0), atClient)
    expect([verdict, diagnoses[0]?.id, diagnoses[0]?.certainty, diagnoses[0]?.cause]).toEqual([
      'conforms',
      'third-ack-lost',
      'certain',
      'every packet from 29 on is lost beyond the tap',
    ])
  })
  it('no overflow, but the packets arrived: a contradiction', () => {
    const { verdict, contradictions } = told(counters(0))
    expect([verdict, contradictions?.join()]).toEqual([
      'diverges',
      expect.stringContaining('ListenOverflows did not move'),
    ])
  })
  it('overflows: nothing new', () => {
    expect(told(counters(48)).ofAll).toEqual(['conforms', []])
  })
  it('fewer retransmissions than the capture shows', () => {
    expect(told(counters(48, 3)).ofAll).toEqual([
      'diverges',
      [expect.stringMatching(/^RetransSegs says 3, but the capture shows 20, packet \d+ first/)],
    ])
  })
})

describe('settings', () => {
  const settings = (text: string): HostEvidence => ({ settings: readSettings(text, 'sysctl.txt') })
  it('the SYN+ACK is repeated more often than they allow', () => {
    const { verdict, contradictions } = told(settings('tcp_synack_retries = 3'))
    expect([verdict, contradictions?.join()]).toEqual([
      'diverges',
      expect.stringMatching(/^the settings say tcp_synack_retries = 3, but packet \d+ is explained by nothing else/),
    ])
  })
  it('they allow it', () => {
    expect(told(settings('tcp_synack_retries = 5')).verdict).toBe('conforms')
  })
})

describe('the other end’s capture', () => {
  const other = (capture: Capture): HostEvidence => ({ other: otherTap(capture) })
  /** Everything that the server sends or receives has another address there, and another clock. */
  const translated = (capture: Capture, without: (p: Packet) => boolean = () => false): Capture => {
    const seen = new Map<string, { address: string; port: number }>()
    const end = ({ address, port }: Packet['source']) => {
      const key = `${address} ${port}`
      const found = seen.get(key) ?? { address: `192.0.2.${address.at(-1)}`, port: 20_000 + seen.size }
      seen.set(key, found)
      return found
    }
    const moved = (p: Packet): Packet => ({
      ...p,
      source: end(p.source),
      destination: end(p.destination),
      time: p.time! + 1000,
    })
    const connections = capture.connections.map((c) => ({
      ...c,
      client: end(c.client),
      server: end(c.server),
      packets: c.packets.filter((p) => !without(p)).map(moved),
    }))
    return { ...capture, file: 'other.pcap', connections }
  }
  it('has what the client sent: it was not lost, so the accept queue was full', () => {
    const { verdict, diagnoses, other: o } = told(other(ghosts), atClient)
    expect([verdict, diagnoses[0]?.id, diagnoses[0]?.certainty, diagnoses[0]?.cause]).toEqual([
      'conforms',
      'ghost-connection',
      'certain',
      'the accept queue is full',
    ])
    expect(o).toMatchObject({ stream: GHOST, nearer: 'server', translated: false, onlyHere: [], onlyThere: [] })
  })
  it('is found behind a translation of addresses, and its clock is told', () => {
    const { other: o, diagnoses } = told(other(translated(ghosts)), atClient)
    expect(o).toMatchObject({ stream: GHOST, translated: true, offset: expect.closeTo(1000, 2), packetsOfBoth: 21 })
    expect(diagnoses[0]?.certainty).toBe('certain')
  })
  it('lacks what the client sent: lost on the way, no full queue', () => {
    const isLost = (p: Packet) => p.destination.port === 502 && p.source.port === 50_001 && !p.flags.includes('S')
    const { verdict, diagnoses, other: o } = told(other(translated(ghosts, isLost)), atClient)
    expect([verdict, diagnoses[0]?.id, diagnoses[0]?.certainty, diagnoses[0]?.cause]).toEqual([
      'conforms',
      'third-ack-lost',
      'certain',
      'every packet from 29 on is lost beyond the tap',
    ])
    expect(o).toMatchObject({ onlyHere: expect.arrayContaining([29, 36, 39]) })
  })
  it('of something else: why it tells nothing', () => {
    const { verdict, other: o } = told(other(openCapture(corpusFile('01-normal/capture.pcap'))), atClient)
    expect([verdict, o]).toEqual([
      'conforms',
      { file: corpusFile('01-normal/capture.pcap'), why: expect.stringContaining('begins with the sequence number') },
    ])
  })
})
