import { describe, expect, it } from 'vitest'
import type { Seq } from '../../model/index.ts'
import type { Connection, Packet } from '../capture.ts'
import { connectionsOf } from '../readers/connections.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { type ReplayCaptureOptions, replay } from '../replayCapture.ts'
import { type Remedy, readRemedy, remedyText } from './remedy.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
const asked = (file: string, remedy: string, options: ReplayCaptureOptions = {}) =>
  replay(openCapture(corpusFile(file)), { kernels, remedy: readRemedy(remedy)!, ...options }).connections.map((c) => ({
    port: c.client.split(':')[1],
    ...c.whatIf!,
  }))
const changed = (file: string, remedy: string, options?: ReplayCaptureOptions) =>
  asked(file, remedy, options).filter(({ from }) => from !== undefined)

const published = 'ghost-connection/ghost-connection.tcpdump.txt'
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('the published ghost connection', () => {
  const about = (remedy: string) => asked(published, remedy, { kernels: {} })[0]!

  it('tcp_abort_on_overflow=1: an error at once, and nothing after the third ACK', () => {
    const w = about('tcp_abort_on_overflow=1')
    expect(w).toMatchObject({
      from: 3,
      client: { state: 'CLOSED', gets: 'ECONNRESET', acknowledged: 0 },
      server: { state: 'CLOSED', received: 0 },
      spared: { packets: upTo(4, 22), synAcks: 4, acks: 4 },
      doesNot: expect.stringContaining('serves no client'),
    })
    expect(w).not.toHaveProperty('until')
    expect(w.sentences[0]).toBe(
      'the server would answer packet 3 with RST and forget the request; the client would get ECONNRESET; in the capture it gets none as long as that lasts',
    )
  })

  it.each(['backlog', 'accept=faster'])(
    '%s: the text is acknowledged, both ends close as far as the client does',
    (remedy) => {
      expect(about(remedy)).toMatchObject({
        from: 3,
        client: { state: 'FIN_WAIT2', written: 12, acknowledged: 12 },
        server: { state: 'CLOSE_WAIT', received: 12 },
        instead: { client: 'FIN_WAIT1', server: 'SYN_RECV' },
        // the text and the FIN are sent once
        spared: { packets: [5, 6, 7, ...upTo(9, 22)], synAcks: 4, repetitions: 9, acks: 4 },
      })
    },
  )

  it('tcp_synack_retries=2: the ghost dies sooner', () => {
    expect(about('tcp_synack_retries=2')).toMatchObject({
      from: 16,
      client: { state: 'CLOSED', gets: 'ECONNRESET' },
      spared: { synAcks: 2 },
    })
  })

  it('tcp_synack_retries=4 is what the server had', () => {
    expect(about('tcp_synack_retries=4').sentences).toEqual([expect.stringContaining('nothing would change')])
  })
})

describe('ghosts of a listener, with times', () => {
  const ghosts = ['50001', '50002', '50003', '50004']

  it('tcp_abort_on_overflow=1: each gets ECONNRESET a round trip after its third ACK', () => {
    const found = changed('05-ghost/capture.pcap', 'tcp_abort_on_overflow=1')
    expect(found.map(({ port }) => port)).toEqual(ghosts)
    for (const w of found) {
      expect(w).toMatchObject({ client: { gets: 'ECONNRESET', state: 'CLOSED' }, server: { state: 'CLOSED' } })
      expect(w.client!.at! - w.at!).toBeCloseTo(0.1, 1)
      expect(w.spared!.synAcks).toBe(5)
    }
  })

  it('what text was on its way meets the RST of nobody', () => {
    const [first] = changed('05-ghost/capture.pcap', 'tcp_abort_on_overflow=1')
    expect(first!.spared!.packets).not.toContain(36) // sent before the RST arrives
  })

  it('backlog: acknowledged when it is sent, not when the ghost is over', () => {
    const found = changed('05-ghost/capture.pcap', 'backlog')
    expect(found.map(({ client }) => client!.acknowledged)).toEqual([12, 12, 12, 0])
    expect(found[0]!.client!.at).toBeCloseTo(0.487, 2)
    expect(found[3]).toMatchObject({ client: { state: 'FIN_WAIT2' }, server: { state: 'CLOSE_WAIT' } })
  })

  it('tcp_synack_retries=2 resets with the next that the client sends, as the recording with this setting shows', () => {
    const idle = changed('05c-ghost-exhausted/capture.pcap', 'tcp_synack_retries=1').find((w) => w.port === '50003')
    expect(idle!.sentences[0]).toMatch(/would get ECONNRESET at 24\.\d s .*as by packet 73 of the capture/)
    const busy = changed('05c-ghost-exhausted/capture.pcap', 'tcp_synack_retries=1').find((w) => w.port === '50001')
    expect(busy!.client!.at).toBeCloseTo(5.53, 1) // its retransmission, when it comes in the capture
  })

  it('what resets the client in the capture would not exist with room', () => {
    const found = changed('06-abort-on-overflow/capture.pcap', 'accept=faster')
    expect(found.map(({ spared }) => spared!.packets)).toContainEqual([33])
    expect(found[0]!.sentences[0]).toContain('the client would not be reset by packet 33')
  })

  it('tcp_abort_on_overflow=1 changes nothing where it is set', () => {
    expect(changed('06-abort-on-overflow/capture.pcap', 'tcp_abort_on_overflow=1')).toEqual([])
  })

  it('a SYN that found the queue full is admitted with room, and dropped by tcp_abort_on_overflow=1 all the same', () => {
    const file = '07-accept-queue-limit/capture.pcap'
    const found = changed(file, 'backlog=5')
    expect(found[0]).toMatchObject({ from: 4, client: { state: 'ESTABLISHED' }, instead: { client: 'SYN_SENT' } })
    expect(changed(file, 'tcp_abort_on_overflow=1')).toEqual([])
  })
})

describe('backlog=N: the queue of that size, by all connections of the listener', () => {
  const file = '05-ghost/capture.pcap'
  it('is enough from as many on as can have waited, and been turned away before', () => {
    const [one, , , four] = changed(file, 'backlog=8')
    expect(one!.room).toMatchObject({ most: 5 })
    expect(four!.room).toMatchObject({ most: 8 })
    expect(four!.sentences.join()).toContain('backlog=8 has room for it')
  })
  it('is too small where it is known to be full: nothing would change', () => {
    const few = asked(file, 'backlog=4', { backlog: 4 }).find((w) => w.port === '50001')!
    expect(few).not.toHaveProperty('from')
    expect(few.sentences).toEqual([
      expect.stringMatching(/^nothing would change: backlog=4 is too small: 5 others fill it/),
    ])
  })
  it('cannot be told between', () => {
    const [, two] = changed(file, 'backlog=5')
    expect(two!.sentences.join()).toContain('whether backlog=5 has room for it cannot be told, 6 has')
  })
  it('cannot be told of a connection alone', () => {
    expect(asked(published, 'backlog=100')[0]!.sentences.join()).toContain(
      'whether backlog=100 is large enough cannot be told: the capture does not show what else waits',
    )
  })
})

describe('what was lost stays lost', () => {
  const start = 1_000_000_000
  const packet = (ms: number, from: 'c' | 's', flags: string, numbers: [number, number?, number?]): Packet => {
    const [client, server] = [
      { address: '10.0.0.1', port: 40000 },
      { address: '10.0.0.2', port: 502 },
    ]
    const [sequence, acknowledgment, length = 0] = numbers
    return {
      number: 0,
      time: start + ms / 1000,
      source: from === 'c' ? client : server,
      destination: from === 'c' ? server : client,
      flags,
      sequence: sequence as Seq,
      length,
      ...(acknowledgment !== undefined && { acknowledgment: acknowledgment as Seq }),
    }
  }
  /** At the client; the SYN+ACK that is repeated at 1 s is honoured at once, but the text before it never arrives. */
  const packets = [
    packet(0, 'c', 'S', [100]),
    packet(100, 's', 'S.', [500, 101]),
    packet(100.1, 'c', '.', [101, 501]),
    packet(150, 'c', 'P.', [101, 501, 10]),
    packet(600, 'c', 'P.', [101, 501, 10]),
    packet(1100, 's', 'S.', [500, 101]),
    packet(1100.1, 'c', '.', [111, 501]),
    packet(3100, 's', 'S.', [500, 101]),
    packet(3100.1, 'c', '.', [111, 501]),
  ].map((p, i) => ({ ...p, number: i + 1 }))
  const connection: Connection = connectionsOf(packets)[0]!
  const seen = (beyond: ReadonlyMap<number, boolean>) =>
    replay(
      { file: 'made', format: 'pcap', packets, connections: [connection], notes: [] },
      {
        kernels,
        remedy: { kind: 'accept' },
        evidence: {
          other: { beyond: () => beyond, answerTo: () => undefined, of: () => ({ why: 'made by hand' }) } as never,
        },
      },
    ).connections[0]!.whatIf!

  it('text that never arrived is acknowledged only when it is repeated', () => {
    expect(seen(new Map()).client).toMatchObject({ acknowledged: 10, at: 0.25 })
    expect(seen(new Map([[4, false]])).client!.at).toBeGreaterThan(0.6)
  })
})

describe('remedies', () => {
  it.each(['tcp_abort_on_overflow=1', 'backlog', 'backlog=0', 'backlog=4096', 'accept=faster', 'tcp_synack_retries=0'])(
    '%s is one',
    (text) => expect(remedyText(readRemedy(text) as Remedy)).toBe(text),
  )
  it('net.ipv4.tcp_abort_on_overflow=1 is the same', () => {
    expect(readRemedy('net.ipv4.tcp_abort_on_overflow=1')).toEqual({ kind: 'abort' })
  })
  it.each([
    '',
    '=',
    'reboot',
    'backlog=',
    'backlog=-1',
    'backlog=1e3',
    'backlog=4294967296',
    'accept=slower',
    'tcp_abort_on_overflow=0',
    'tcp_synack_retries=256',
    'tcp_synack_retries',
  ])('"%s" is none', (text) => expect(readRemedy(text)).toBeUndefined())
})
