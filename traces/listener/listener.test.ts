import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Seq } from '../../model/index.ts'
import type { Capture, Connection, Packet } from '../capture.ts'
import { readFolder } from '../conformance/folder.ts'
import { connectionsOf } from '../readers/connections.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { type ReplayCaptureOptions, replay } from '../replayCapture.ts'
import { concludeListener } from './conclude.ts'
import type { Fact, ListenerFacts } from './facts.ts'
import { keptSmall } from './ordinary.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
const ghost = openCapture(corpusFile('05-ghost/capture.pcap'))
const listenersOf = (capture: Capture, options: ReplayCaptureOptions = {}) =>
  replay(capture, { kernels, ...options }).listeners

describe('what the connections of a listener tell together', () => {
  const [listener] = listenersOf(ghost)
  it('from which packet to which the accept queue was full, and by which', () => {
    expect(listener).toMatchObject({ listener: '10.77.0.2:502', connections: 9, certainty: 'certain' })
    expect(listener!.sentences[0]).toBe(
      'the accept queue was full from packet 31 to packet 88: packet 31 filled it, 37 packets met it so, and no connection can have entered it between',
    )
  })
  it('the backlog as a range, with the packets that show it', () => {
    expect(listener!.backlog).toMatchObject({ least: 3, most: 4 })
    expect(listener!.sentences).toContain(
      'backlog between 3 and 4: packets 24, 26, 28, 30 admit requests that wait at once, and at most 5 can be in the queue that packet 36 met full',
    )
  })
  it('the order in which they entered the queue', () => {
    expect(listener!.promoted.flat().map((client) => client.split(':')[1])).toEqual([
      '33684',
      '33694',
      '33698',
      '33710',
      '50000',
    ])
  })
  it('a capture at the client is only likely: packets may have been lost beyond the tap', () => {
    const [at] = listenersOf(openCapture(corpusFile('05-ghost/capture-client.pcap')))
    expect(at).toMatchObject({ certainty: 'likely', backlog: { least: 3, most: 4 } })
  })
  it('an accept(), by the child that finds room after a full queue', () => {
    const two = listenersOf(openCapture(corpusFile('07-accept-queue-limit/capture.pcap')))[1]
    expect(two!.sentences).toContain('accept() was called between packet 21 and packet 24, which finds room')
  })
  it('RSTs to third ACKs tell of a full queue where somebody listens afterwards: the recording counted 6 overflows', () => {
    const [abort] = listenersOf(openCapture(corpusFile('06-abort-on-overflow/capture.pcap')))
    expect(abort!.sentences).toEqual([
      'the accept queue was full from packet 31 to packet 41: packet 31 filled it, 6 packets met it so, and no connection can have entered it between',
      'backlog at most 4: at most 5 can be in the queue that packet 32 met full',
    ])
  })
  it('and of nothing where the next SYN is refused', () => {
    const gone = listenersOf(openCapture(corpusFile('diagnosis/listener-gone.pcap')))
    expect(gone.flatMap(({ full }) => full)).toEqual([])
  })
  it('nothing of a listener with one connection, or without times', () => {
    expect(listenersOf(openCapture(corpusFile('01-normal/capture.pcap')))).toEqual([])
    expect(listenersOf(openCapture(corpusFile('ghost-connection/ghost-connection.tcpdump.txt')))).toEqual([])
  })
})

interface SocketLine {
  readonly t: number
  readonly l: string
  readonly st: string
  /** Of a listener: how many wait in its accept queue. */
  readonly rxq: number
}

/** What the kernel's table of sockets said of the listener's accept queue, when it was read last before a moment. */
const lengthOf = (folder: string, listener: string, time: number): number | undefined =>
  readFileSync(corpusFile(`${folder}/states-server.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SocketLine)
    .findLast(({ t, l, st }) => st === 'LISTEN' && l === listener && t <= time)?.rxq

describe('held against what the kernel said', () => {
  it.each(['05-ghost', '05c-ghost-exhausted', '07-accept-queue-limit'])('%s', (folder) => {
    const { calls, epoch } = readFolder(corpusFile(folder))
    const listeners = listenersOf(openCapture(corpusFile(`${folder}/capture.pcap`)))
    for (const { listener, full, backlog, accepts } of listeners) {
      const long = full.filter(({ from, to }) => to - from > 0.5)
      expect(long.map(({ to }) => lengthOf(folder, listener, to - epoch))).toEqual([backlog.most! + 1])
      const made = calls.filter(({ call, error }) => call === 'accept' && error === undefined)
      for (const { after, before } of accepts)
        expect(made.some(({ at }) => epoch + at / 1000 > after && epoch + at / 1000 < before)).toBe(true)
    }
  })
  it.each([
    [5000, 0],
    [5001, 1],
    [5008, 8],
    [5016, 16],
    [5100, 16],
  ])('07-accept-queue-limit, port %i: a backlog of %i', (port, backlog) => {
    const all = listenersOf(openCapture(corpusFile('07-accept-queue-limit/capture.pcap')))
    expect(all.find(({ listener }) => listener.endsWith(`:${port}`))!.backlog.most).toBe(backlog)
  })
})

const altered = (change: (packets: readonly Packet[]) => readonly Packet[]): Capture => {
  const packets = change(ghost.packets).map((p, i) => ({ ...p, number: i + 1 }))
  return { ...ghost, packets, connections: connectionsOf(packets) as Connection[] }
}

describe('what no accept queue can have done', () => {
  const verdict = (capture: Capture, backlog?: number) => {
    const report = replay(capture, { kernels, ...(backlog !== undefined && { backlog }) })
    return { verdict: report.verdict, sentences: report.listeners[0]!.sentences.join('\n') }
  }
  it('a backlog that five children cannot fill: inconclusive, and the packet that is left unexplained', () => {
    const { verdict: v, sentences } = verdict(ghost, 7)
    expect(v).toBe('inconclusive')
    expect(sentences).toMatch(
      /packet 36 met a full accept queue, but at most 5 children can be in the accept queue then, and 8 fill it/,
    )
    expect(sentences).toMatch(/the capture lacks connections that were in the queue, or the backlog is not 7/)
  })
  it('a backlog that does not admit so many requests at once', () => {
    expect(verdict(ghost, 2).sentences).toMatch(
      /packets 24, 26, 28, 30 admit requests that wait at once, which takes a backlog of 3/,
    )
  })
  it('the true backlog conforms', () => expect(verdict(ghost, 4).verdict).toBe('conforms'))
  it('without those who fill the queue: it lacks connections, and says so', () => {
    const clients = ghost.connections.slice(0, 4).map(({ client }) => client.port)
    const capture = altered((all) =>
      all.filter((p) => ![p.source.port, p.destination.port].some((n) => clients.includes(n))),
    )
    expect(verdict(capture)).toMatchObject({
      verdict: 'conforms',
      sentences: expect.stringContaining('the capture lacks connections'),
    })
    expect(verdict(capture, 4).verdict).toBe('inconclusive')
  })
  it('a SYN that is admitted while the queue is full', () => {
    const capture = altered((all) => {
      const at = all.findIndex(({ number }) => number === 60)
      const time = all[at]!.time!
      const [syn, synAck] = all.slice(0, 2)
      const anew = (p: Packet, port: 'source' | 'destination', later: number): Packet => ({
        ...p,
        [port]: { ...p[port], port: 60_000 },
        time: time + later,
        sequence: ((p.sequence! + 7777) % 2 ** 32) as Seq,
        ...(p.acknowledgment !== undefined && { acknowledgment: ((p.acknowledgment + 7777) % 2 ** 32) as Seq }),
      })
      return [
        ...all.slice(0, at + 1),
        anew(syn!, 'source', 1e-5),
        anew(synAck!, 'destination', 2e-5),
        ...all.slice(at + 1),
      ]
    })
    expect(verdict(capture).sentences).toMatch(
      /packet 62 answers a SYN, but the accept queue is full from packet 31 to packet 90/,
    )
    expect(verdict(capture, 4).verdict).toBe('inconclusive')
  })
})

describe('what it decides of single connections', () => {
  const diagnoses = (file: string, options: ReplayCaptureOptions = {}) =>
    replay(openCapture(corpusFile(file)), { kernels, ...options }).connections.flatMap((c) => c.diagnoses)
  it('SYNs that come while the queue is full are certain to have met it so', () => {
    const found = diagnoses('07-accept-queue-limit/capture.pcap').filter(({ id }) => id === 'SYN-unanswered')
    expect(found).toHaveLength(15)
    for (const d of found)
      expect(d).toMatchObject({ certainty: 'certain', cause: 'the accept queue of the server is full' })
    expect(found[0]!.causes.map(({ ruledOut }) => ruledOut).join()).toContain(
      'other connections show the accept queue full from packet 3 to packet 9',
    )
  })
  it('a full queue is ruled out where a backlog of that size cannot be filled: the packets are lost', () => {
    const told = (backlog?: number) =>
      diagnoses('05-ghost/capture-client.pcap', backlog === undefined ? {} : { backlog })[0]!
    expect(told()).toMatchObject({ id: 'ghost-connection', certainty: 'likely', cause: 'the accept queue is full' })
    expect(told(4)).toMatchObject({ certainty: 'likely', cause: 'the accept queue is full' })
    expect(told(9)).toMatchObject({ certainty: 'certain', cause: 'every packet from 29 on is lost beyond the tap' })
    expect(told(9).causes.map(({ ruledOut }) => ruledOut)).toContain(
      'at most 5 children can be in the accept queue then, and 10 fill it',
    )
  })
})

describe('facts kept small', () => {
  const usual: ListenerFacts = {
    client: '10.0.0.1:1024',
    kernels: ['linux-6.18'],
    overflows: [],
    promoted: { from: 1.25, to: 1.5, packet: 3, certain: false },
    acted: { time: 2, packet: 4 },
    mayRequest: { from: 1, to: 9 },
    admitted: [{ from: 1, to: 1.125, packet: 2, certain: true }],
    unexplained: false,
  }
  it('are the same facts', () => {
    const { client, kernels, overflows, promoted, acted, mayRequest, admitted, unexplained } = keptSmall(usual)
    expect(keptSmall(usual)).not.toBe(usual)
    expect({ client, kernels, overflows, promoted, acted, mayRequest, admitted, unexplained }).toEqual(usual)
  })
  it.each([
    ['an overflow', { overflows: [{ ...usual.promoted!, dropped: 'ACK', deferrable: false }] }],
    ['a request that lasted', { request: { from: 1, to: 2, packet: 2 } }],
    ['two SYNs admitted', { admitted: [...usual.admitted, ...usual.admitted] }],
    ['nothing explained', { unexplained: true }],
  ] as const)('but not with %s', (_, more) => {
    const facts: ListenerFacts = { ...usual, ...more }
    expect(keptSmall(facts)).toBe(facts)
  })
})

describe('very many connections', () => {
  const fact = (from: number, packet: number, certain = true): Fact => ({ from, to: from + 0.001, packet, certain })
  const entered = (i: number): ListenerFacts => ({
    client: `10.0.${i >> 8}.${i & 255}:1024`,
    kernels: ['linux-6.18'],
    promoted: fact(i, 4 * i),
    overflows: [],
    admitted: [fact(i - 0.5, 4 * i)],
    acted: { time: i + 0.25, packet: 4 * i + 1 },
    unexplained: false,
  })
  const turnedAway = (i: number): ListenerFacts => {
    const { promoted: _, acted: __, ...others } = entered(i)
    return { ...others, overflows: [{ ...fact(i, 4 * i), dropped: 'ACK', deferrable: false }] }
  }
  const all = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? entered(i) : turnedAway(i)))
  it('are looked at together, and the sentences stay few', () => {
    const { full, sentences, accepted } = concludeListener('10.0.0.1:80', all, { hard: false })
    expect([full.length, accepted.length]).toEqual([10_000, 10_000])
    expect(sentences.length).toBeLessThan(40)
    expect(sentences).toContainEqual(expect.stringMatching(/^and \d+ more times, for less long each$/))
  })
})
