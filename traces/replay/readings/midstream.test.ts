/** Captures that begin in the middle of a connection: recordings without their first packets. */
import { describe, expect, it } from 'vitest'
import type { Capture } from '../../capture.ts'
import { connectionsOf } from '../../readers/connections.ts'
import { openCapture, openText, readTcpdump } from '../../readers/index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import { replay } from '../../replayCapture.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const

/** The first connection of a recording, without its first packets, and with one of the others changed. */
const from = (file: string, first: number, change: Partial<Capture['packets'][number]> = {}, changed = -1) => {
  const capture = openCapture(corpusFile(file))
  const packets = capture.connections[0]!.packets.slice(first).map((p, i) => (i === changed ? { ...p, ...change } : p))
  return replay({ ...capture, packets, connections: connectionsOf(packets) }, { kernels }).connections[0]!
}

describe('a capture that begins in the middle conforms, wherever it begins', () => {
  it.each([
    ['01-normal/capture.pcap', 9],
    ['diagnosis/zero-window.pcap', 14],
    ['diagnosis/simultaneous-close.pcap', 5],
    ['diagnosis/half-open-reboot.pcap', 4],
    ['transfer/keepalive-client.pcap', 10],
    ['transfer/echo-loss-server.pcap', 4],
    ['ghost-connection/ghost-connection.tcpdump.txt', 18],
  ])('%s, without its first 1 to %i packets', (file, most) => {
    for (let first = 1; first <= most; first++)
      expect([first, from(file, first).verdict, from(file, first).divergence]).toEqual([first, 'conforms', undefined])
  })
  it('says that it does, and that the roles of client and server are a guess', () => {
    const { invents, timeline, packets } = from('01-normal/capture.pcap', 3)
    expect(invents[0]).toBe(
      'the capture begins in the middle of the connection: its first packet, 4, is no SYN; which end is the client is a guess, by its port',
    )
    expect(timeline()).toHaveLength(packets)
    expect(timeline()[0]).toMatchObject({ packet: 4, client: ['ESTABLISHED'] })
    expect(timeline().at(-1)).toMatchObject({ client: ['TIME_WAIT'] })
  })
  it('with the SYN+ACK: the SYN is inferred', () => {
    const { verdict, invents, timeline } = from('01-normal/capture.pcap', 1)
    expect(verdict).toBe('conforms')
    expect(invents[0]).toContain('packet 2 is a SYN+ACK, whose SYN it does not show')
    expect(timeline()[0]).toMatchObject({ packet: 2, client: ['ESTABLISHED', 'SYN_SENT'], server: ['SYN_RECV'] })
  })
  it('a ghost connection whose handshake is not shown is told all the same', () => {
    const found = from('ghost-connection/ghost-connection.tcpdump.txt', 4)
    expect(found.timeline()[0]!.server).toEqual(['SYN_RECV'])
    expect(found.diagnoses[0]).toMatchObject({ id: 'ghost-connection', cause: 'the accept queue is full' })
    for (const packet of found.diagnoses[0]!.packets) expect(packet).toBeGreaterThan(4)
  })
  it('a RST that comes just before the SYN that it answers diverges; a SYN that is repeated a second later does not', () => {
    const { connections, ...capture } = openCapture(corpusFile('diagnosis/refused.pcap'))
    const [{ packets, ...connection }] = connections as [(typeof connections)[0]]
    const [syn, reset] = [packets[0]!, packets[1]!]
    const verdict = (seconds: number) => {
      const swapped = [reset, { ...syn, number: 3, time: reset.time! + seconds }]
      return replay({ ...capture, connections: [{ ...connection, packets: swapped }] }, { kernels }).verdict
    }
    expect([verdict(0.1), verdict(1.1)]).toEqual(['diverges', 'conforms'])
  })
  it('a text whose numbers are all relative', () => {
    const lines = ['seq 1:13, ack 1, win 5, length 12', 'seq 13:20, ack 1, win 5, length 7']
    const packets = lines.map((line, i) => `12:00:0${i}.0 IP 10.0.0.1.4000 > 10.0.0.2.80: Flags [P.], ${line}`)
    const answer = '12:00:03.0 IP 10.0.0.2.80 > 10.0.0.1.4000: Flags [.], ack 20, win 5, length 0'
    expect(replay(readTcpdump([...packets, answer].join('\n'), 'x.txt')).verdict).toBe('conforms')
  })
})

describe('it diverges where it contradicts itself', () => {
  const { packets } = openCapture(corpusFile('01-normal/capture.pcap')).connections[0]!
  it.each([3, 4])('an acknowledgment of what was never sent, in a capture that begins after %i packets', (first) => {
    const at = packets.findIndex((p, i) => i > first + 2 && p.source.port === 502)
    const acknowledgment = ((packets[at]!.acknowledgment! + 500) % 2 ** 32) as never
    const found = from('01-normal/capture.pcap', first, { acknowledgment }, at - first)
    expect(found).toMatchObject({ verdict: 'diverges', divergence: { packet: packets[at]!.number } })
  })
  it('a sequence number out of the row', () => {
    const at = packets.findIndex((p, i) => i > 6 && p.source.port !== 502)
    const sequence = ((packets[at]!.sequence! + 2 ** 30) % 2 ** 32) as never
    const found = from('01-normal/capture.pcap', 3, { sequence }, at - 3)
    expect(found).toMatchObject({ verdict: 'diverges', divergence: { packet: packets[at]!.number } })
  })
  it('a SYN+ACK in the midst of it, which is of no handshake', () => {
    const at = packets.findIndex((p, i) => i > 5 && p.source.port === 502)
    const sequence = ((packets[at]!.sequence! + 77_777) % 2 ** 32) as never
    const found = from('01-normal/capture.pcap', 3, { flags: 'S.', sequence, length: 0 }, at - 3)
    expect(found).toMatchObject({ verdict: 'diverges', divergence: { packet: packets[at]!.number } })
  })
  it('a number of the second packet of an end of which only that end is seen', () => {
    const file = 'ghost-connection/ghost-connection.tcpdump.txt'
    const [, second] = openCapture(corpusFile(file)).connections[0]!.packets.slice(4)
    const found = from(file, 4, { sequence: ((second!.sequence! + 2 ** 30) % 2 ** 32) as never }, 1)
    expect(found).toMatchObject({ verdict: 'diverges', divergence: { packet: second!.number } })
  })
  it('a SYN+ACK before its SYN', () => {
    const capture = openCapture(corpusFile('01-normal/capture.pcap'))
    const [syn, synAck, ...others] = capture.connections[0]!.packets
    const swapped = [synAck!, { ...syn!, number: 3, time: synAck!.time! + 0.01 }, ...others]
    expect(replay({ ...capture, packets: swapped, connections: connectionsOf(swapped) }).verdict).toBe('diverges')
  })
  it('but is inconclusive where nothing was seen before that could be contradicted', () => {
    const [first] = packets.slice(3)
    const found = from('01-normal/capture.pcap', 3, { flags: 'SF.' }, 0)
    expect(first!.number).toBe(4)
    expect(found.verdict).toBe('inconclusive')
    expect(found.reason).toMatch(
      /^the capture begins in the middle .* what came before may be the reason for packet \d+$/,
    )
  })
})

it('an excerpt of the published text gives relative numbers beside absolute ones: inconclusive', () => {
  const lines = openText(corpusFile('ghost-connection/ghost-connection.tcpdump.txt')).trimEnd().split('\n')
  const { verdict, reason } = replay(readTcpdump(lines.slice(3).join('\n'), 'middle.txt')).connections[0]!
  expect(verdict).toBe('inconclusive')
  expect(reason).toContain('relative sequence numbers beside absolute ones')
})

it.each(['late-start-client', 'late-start-server'])('%s: recorded from the midst of a transfer on', (name) => {
  const [late] = replay(openCapture(corpusFile(`partial/${name}.pcap`)), { kernels }).connections
  expect(late).toMatchObject({ verdict: 'conforms', supposes: [expect.stringContaining('begins in the middle')] })
})
