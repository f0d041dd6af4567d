import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCapture, openText, readTcpdump } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { replay } from '../replayCapture.ts'

const published = corpusFile('ghost-connection/ghost-connection.tcpdump.txt')
const lines = openText(published).trimEnd().split('\n')

/** The published capture with some lines changed; packets are numbered anew. */
const altered = (change: (lines: string[]) => void) => {
  const copy = [...lines]
  change(copy)
  const text = copy.map((line, i) => line.replace(/^\d+/, String(i + 1))).join('\n')
  return replay(readTcpdump(text, 'altered.txt')).connections[0]!
}

describe('the published capture', () => {
  const report = replay(openCapture(published))
  const connection = report.connections[0]!
  const states = (end: 'client' | 'server', from: number, to: number) =>
    new Set(
      connection
        .timeline()
        .slice(from - 1, to)
        .flatMap((b) => b[end]),
    )

  it('conforms', () => {
    expect(report).toMatchObject({ verdict: 'conforms', packets: 22 })
    expect(connection.verdict).toBe('conforms')
  })
  it('client: ESTABLISHED at packets 3 to 7, FIN_WAIT1 from 8', () => {
    expect(states('client', 3, 7)).toEqual(new Set(['ESTABLISHED']))
    expect(states('client', 8, 22)).toEqual(new Set(['FIN_WAIT1']))
  })
  it('server: SYN_RECV from packet 2 to the end, because the accept queue is full', () => {
    expect(states('server', 2, 22)).toEqual(new Set(['SYN_RECV']))
    expect(connection.invents).toEqual(['the accept queue is full'])
  })
  it('near the end it could be promoted unseen or expired, each at a price', () => {
    expect(connection.timeline().at(-1)!.possible.server).toEqual(
      expect.arrayContaining(['SYN_RECV', 'CLOSE_WAIT', 'CLOSED']),
    )
    const server = connection.alternatives.filter((a) => a.end === 'server')
    expect(server.find((a) => a.state === 'CLOSE_WAIT')?.invents).toContain('the accept queue has room again')
    expect(server.flatMap((a) => a.invents).join()).toContain('the request expires')
    expect(server.every((a) => a.cost > 1)).toBe(true)
  })
  it('before the last SYN+ACK nothing but SYN_RECV is possible', () => {
    expect(
      new Set(
        connection
          .timeline()
          .slice(1, 18)
          .flatMap((b) => b.possible.server),
      ),
    ).toEqual(new Set(['SYN_RECV']))
  })
  it('its FIN after three retransmissions tells of a kernel before 6.1', () => {
    expect(connection.fits.client).toEqual(['linux-5.10', 'linux-4.9', 'linux-4.4', 'linux-3.10', 'rfc9293'])
    expect(connection.fits.server).toContain('linux-3.10')
  })
  it('is a ghost connection: a full accept queue, or every packet from 3 on lost', () => {
    expect(connection.diagnoses).toHaveLength(1)
    expect(connection.diagnoses[0]).toMatchObject({
      id: 'ghost-connection',
      cause: 'the accept queue is full',
      certainty: 'likely',
      packets: Array.from({ length: 20 }, (_, i) => i + 3),
    })
    expect(connection.diagnoses[0]!.causes[1]).toMatchObject({ words: 'every packet from 3 on is lost beyond the tap' })
    expect(connection.diagnoses[0]!.decides).toContain('ListenOverflows')
  })
})

describe('altered copies diverge at the right packet', () => {
  const divergence = (change: (lines: string[]) => void) => {
    const c = altered(change)
    expect(c.verdict).toBe('diverges')
    return c.divergence!
  }
  it("the server's acknowledgment number wrong in packet 9: at 9", () => {
    const d = divergence((l) => (l[8] = l[8]!.replace('ack 4013763010', 'ack 4013763011')))
    expect(d.packet).toBe(9)
    expect(d.reason).toContain('what it can acknowledge is 4013763010')
    expect(d.allowed).toContain('[S.] ack 4013763010')
  })
  it('another ISN in packet 9: at 9', () => {
    expect(divergence((l) => (l[8] = l[8]!.replace('seq 1013872532', 'seq 1013879999'))).packet).toBe(9)
  })
  it('another ISN in packet 9, and a wire that may duplicate: conforms', () => {
    const copy = [...lines]
    copy[8] = copy[8]!.replace('seq 1013872532', 'seq 1013879999')
    const capture = readTcpdump(copy.slice(0, 9).join('\n'), 'altered.txt')
    expect(replay(capture).verdict).toBe('diverges')
    const duplicating = replay(capture, { limits: { copies: 1 } }).connections[0]!
    expect(duplicating.verdict).toBe('conforms')
    expect(duplicating.invents.join()).toContain('the wire duplicates a segment')
  })
  it('the client acknowledging data that was never sent, in packet 10: at 10', () => {
    expect(divergence((l) => (l[9] = l[9]!.replace('ack 1,', 'ack 5,'))).packet).toBe(10)
  })
  it.each(['Flags [R], seq 1, win 0', 'Flags [R.], seq 1, ack 1, win 0', 'Flags [R.], seq 1, ack 14, win 0'])(
    'a RST of the server invented between 10 and 11 (%s): at the SYN+ACK that follows',
    (reset) => {
      const d = divergence((l) => l.splice(10, 0, `11 20.30.3.101.502 > 172.20.42.84.59032: ${reset}, length 0`))
      expect(d.packet).toBe(14)
    },
  )
  it('data that was never written, in a retransmission: at that packet', () => {
    expect(divergence((l) => (l[10] = l[10]!.replace('1:13', '1:20').replace('length 12', 'length 19'))).packet).toBe(
      11,
    )
  })
})

describe('captures of a real kernel conform from both taps, connection by connection', () => {
  const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
  const folders = ['01-normal', '05-ghost', '05c-ghost-exhausted', '06-abort-on-overflow']
  it.each(folders.flatMap((f) => [`${f}/capture.pcap`, `${f}/capture-client.pcap`]))('%s', (file) => {
    const report = replay(openCapture(corpusFile(file)), { kernels })
    expect(report.connections.length).toBeGreaterThan(0)
    expect(report.connections.filter((c) => c.verdict !== 'conforms')).toEqual([])
  })
  it.each([
    ['05-ghost', 'ghost-connection', 3],
    ['05c-ghost-exhausted', 'ghost-exhausted', 4],
    ['06-abort-on-overflow', 'abort-on-overflow', 4],
  ])('%s: %s', (folder, id, count) => {
    for (const tap of ['capture', 'capture-client']) {
      const report = replay(openCapture(corpusFile(`${folder}/${tap}.pcap`)), { kernels })
      expect(report.connections.flatMap((c) => c.diagnoses).filter((d) => d.id === id).length, tap).toBe(count)
    }
  })
})

describe('recordings of unusual courses conform', () => {
  const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
  const folder = corpusFile('diagnosis')
  const files = readdirSync(folder).filter((file) => file.endsWith('.pcap'))
  it.each(files)('%s', (file) => {
    const { connections } = replay(openCapture(join(folder, file)), { kernels })
    expect(connections.filter((c) => c.verdict !== 'conforms')).toEqual([])
  })
  it.each([
    ['simultaneous-open', 'the server opens actively, too'],
    ['split-handshake', 'the server splits its SYN+ACK into an ACK and a SYN'],
    ['paws-drop', 'packet 6 is an old duplicate or forged: its timestamp is 100 s behind'],
  ])('%s: %s', (name, words) => {
    const { connections } = replay(openCapture(corpusFile(`diagnosis/${name}.pcap`)), { kernels })
    expect(connections[0]!.invents).toContain(words)
  })
})

describe('what cannot be replayed says so', () => {
  it('a capture that begins in the middle is inconclusive', () => {
    const c = replay(readTcpdump(lines.slice(3).join('\n'), 'middle.txt')).connections[0]!
    expect(c.verdict).toBe('inconclusive')
    expect(c.reason).toContain('SYN')
  })
  it('a capture of one direction is inconclusive', () => {
    const capture = openCapture(corpusFile('diagnosis/unread-data.pcap'))
    const [connection] = capture.connections
    const packets = connection!.packets.filter((p) => p.source.port === connection!.client.port)
    const c = replay({ ...capture, connections: [{ ...connection!, packets }] }).connections[0]!
    expect(c.verdict).toBe('inconclusive')
    expect(c.reason).toMatch(/^the capture shows nothing that the server sent, though packet \d+ acknowledges it/)
  })
})

it('a clock that is set back in the midst of repetitions is none of the sender’s haste', () => {
  const capture = openCapture(corpusFile('diagnosis/syn-dropped-path.pcap'))
  const [connection] = capture.connections
  const packets = connection!.packets.map((p, i, all) => (i === all.length - 1 ? { ...p, time: p.time! - 30 } : p))
  const stepped = { ...capture, connections: [{ ...connection!, packets }] }
  expect(replay(stepped).connections[0]!.verdict).toBe('conforms')
})

it('a split handshake in text, where tcpdump prints no number of the ACK', () => {
  expect(replay(openCapture(corpusFile('tcpdump/split-handshake.n-ttt-x.txt'))).verdict).toBe('conforms')
})
