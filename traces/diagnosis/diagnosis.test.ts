import { describe, expect, it } from 'vitest'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { replay } from '../replayCapture.ts'
import { judged } from './diagnosis.ts'
import { diagnoseCapture } from './index.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
const diagnoses = (name: string) =>
  replay(openCapture(corpusFile(`diagnosis/${name}.pcap`)), { kernels }).connections.map((c) => c.diagnoses)

describe('each recording gives its diagnosis, with its proof, and nothing else', () => {
  it.each([
    ['third-ack-lost', 'third-ack-lost', 'likely', [2, 3, 4], 'the third ACK is lost before the tap'],
    ['half-open-reboot', 'half-open', 'likely', [4, 5], 'has forgotten the connection'],
    ['orphan-give-up', 'orphan-give-up', 'likely', [4, 5, 6, 7, 8, 9], 'tcp_orphan_retries of the client'],
    ['fin-wait2-timeout', 'FIN_WAIT2-timeout', 'likely', [4, 5, 6, 7], 'tcp_fin_timeout'],
    ['data-after-close', 'data-after-close', 'likely', [4, 6, 7], 'called close()'],
    ['unread-data', 'unread-data', 'likely', [4, 6], 'closed without reading all of it'],
    ['queued-child-gone', 'queued-child-gone', 'possible', [3, 4], 'the listener was closed'],
    ['refused', 'refused', 'likely', [1, 2], 'no socket listens'],
    ['keepalive-death', 'keepalive-death', 'certain', [4, 5, 6, 7], 'tcp_keepalive_probes'],
    ['peer-vanished', 'peer-vanished', 'possible', [5, 6, 7, 8, 9, 10, 11], 'gone without a word'],
    ['zero-window', 'zero-window', 'certain', [9, 10, 11, 12, 13, 14, 15, 16], 'does not read'],
    ['simultaneous-close', 'simultaneous-close', 'certain', [4, 5], 'neither FIN'],
    ['ghost-recovered', 'ghost-connection', 'certain', [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], 'accept queue is full'],
    ['third-ack-lost-twice', 'ghost-connection', 'possible', [3, 4, 5, 6], 'the accept queue is full'],
    ['deferred-accept', 'deferred-accept', 'likely', [2, 3, 4, 5], 'TCP_DEFER_ACCEPT of the listener'],
    ['syn-ack-unanswered', 'SYN-ACK-unanswered', 'possible', [2, 3, 4], 'lost or filtered on the way'],
    ['no-room-for-time-wait', 'FIN_WAIT2-timeout', 'likely', [4, 5, 6, 7], 'tcp_max_tw_buckets'],
    ['fin-lost-before-tap', 'half-open', 'likely', [6, 7], 'has forgotten the connection'],
    ['last-ack-lost', 'peer-vanished', 'possible', [6, 8, 9, 10, 11, 12, 13], 'gone without a word'],
    ['time-wait-assassination-syn', 'TIME_WAIT-assassination', 'likely', [9, 10, 11], 'tcp_rfc1337'],
    ['syn-dropped-path', 'SYN-unanswered', 'possible', [1, 2, 3, 4], 'lost or filtered on the way'],
  ])('%s', (name, id, certainty, packets, cause) => {
    const [[found, ...more], ...others] = diagnoses(name) as [ReturnType<typeof diagnoses>[0]]
    expect(found).toMatchObject({ id, certainty, packets, cause: expect.stringContaining(cause) })
    expect(found!.clause).toMatch(/RFC \d+|linux: \w+/)
    expect([more, others]).toEqual([[], []])
  })

  // the certainty of these depends on how much of them the replay explains
  it.each([
    ['simultaneous-open', 'simultaneous-open', [1, 2, 3, 4]],
    ['split-handshake', 'split-handshake', [1, 2, 3, 4]],
    ['paws-drop', 'PAWS-drop', [6, 7]],
    ['time-wait-assassination', 'TIME_WAIT-assassination', [10, 11, 12]],
    ['user-timeout', 'user-timeout', [4, 5, 6, 7, 8, 9, 10]],
    ['retransmission-give-up', 'retransmission-give-up', [4, 5, 6, 7, 8, 9, 10]],
  ])('%s', (name, id, packets) => {
    expect(diagnoses(name)).toMatchObject([[{ id, packets }]])
    expect(diagnoses(name).flat()).toHaveLength(1)
  })

  it('a cookie is told by the options that it has no room for, in every connection', () => {
    expect(diagnoses('cookie-handshake').map((found) => found.map(({ id, packets }) => [id, packets]))).toEqual([
      [['cookie-handshake', [1, 2]]],
      [['cookie-handshake', [6, 9]]],
    ])
  })
})

describe('what else may be', () => {
  const causes = (name: string) => diagnoses(name).flat()[0]!.causes
  it('a ghost that is over says by which packet', () => {
    expect(diagnoses('ghost-recovered').flat()[0]!.words).toMatch(
      /by packet 16 it is over: .* left SYN_RECV for ESTABLISHED$/,
    )
  })
  it('two ACKs that are lost are no less likely than a queue that is full', () => {
    expect(
      causes('third-ack-lost-twice')
        .slice(0, 2)
        .map(({ cost }) => cost),
    ).toEqual([1, 1])
  })
  it('a FIN may be lost before the tap: nobody says that there was none', () => {
    expect(diagnoses('fin-lost-before-tap').flat()[0]!.words).toContain('of which no FIN and no RST was seen before')
    expect(causes('fin-lost-before-tap')).toContainEqual(
      expect.objectContaining({
        words: expect.stringContaining('gave its FIN up (tcp_orphan_retries), and that was lost before the tap'),
        cost: 2,
      }),
    )
  })
  it('who has closed may be heard no more although it waits in TIME_WAIT', () => {
    expect(causes('last-ack-lost')).toContainEqual(
      expect.objectContaining({ words: expect.stringContaining('acknowledges out of TIME_WAIT'), cost: 1 }),
    )
  })
  it('FIN_WAIT2 does not time out within a second', () => {
    expect(causes('no-room-for-time-wait').find(({ words }) => words.includes('tcp_fin_timeout'))).toHaveProperty(
      'ruledOut',
    )
  })
})

describe('other connections of a listener tell', () => {
  it('that it is gone: the next SYN is refused', () => {
    const [reset, next] = diagnoses('listener-gone')
    expect(reset).toMatchObject([{ id: 'listener-gone', certainty: 'likely', packets: [3, 4, 6] }])
    expect(next).toMatchObject([{ id: 'refused' }])
  })
  it('that the accept queue is full: a connection waits in it, no request does', () => {
    const [, dropped] = diagnoses('syn-dropped-accept-queue')
    expect(dropped).toMatchObject([{ id: 'SYN-unanswered', cause: 'the accept queue of the server is full' }])
    expect(dropped![0]!.causes.find((c) => c.words.includes('on the way'))?.ruledOut).toContain('taken at the server')
  })
  it('that the accept queue has room: SYNs are admitted after the last handshake', () => {
    const dropped = diagnoses('syn-dropped-syn-queue').flat()
    expect(dropped.length).toBeGreaterThan(0)
    for (const d of dropped) {
      expect(d).toMatchObject({ id: 'SYN-unanswered', certainty: 'certain' })
      expect(d.cause).toBe('the SYN queue is full and syncookies are off')
    }
  })
})

describe('captures as a whole', () => {
  const whole = (name: string) => diagnoseCapture(openCapture(corpusFile(name)))
  it('a flood of SYNs, by its packets', () => {
    const [flood, ...more] = whole('diagnosis/syn-flood.pcap')
    expect(flood).toMatchObject({ id: 'SYN-flood', certainty: 'likely', cause: 'a SYN flood with forged addresses' })
    expect(flood!.packets).toHaveLength(24)
    expect(more).toEqual([])
  })
  it('a scan, and the port that it finds open', () => {
    const [scan, ...more] = whole('diagnosis/port-scan.pcap')
    expect(scan).toMatchObject({
      id: 'port-scan',
      words: expect.stringMatching(/tries 16 ports of 10\.0\.0\.2; open: 80$/),
    })
    expect(more).toEqual([])
  })
  it.each(['01-normal/capture.pcap', '05-ghost/capture.pcap', 'diagnosis/syn-dropped-syn-queue.pcap'])(
    '%s is neither',
    (name) => expect(whole(name)).toEqual([]),
  )
})

describe('nothing is wrong', () => {
  it.each(['capture', 'capture-client'])('01-normal/%s.pcap', (tap) => {
    const { connections } = replay(openCapture(corpusFile(`01-normal/${tap}.pcap`)), { kernels })
    expect(connections.flatMap((c) => c.diagnoses)).toEqual([])
  })
  it('TCP_DEFER_ACCEPT is told from a lost ACK where it lasts longer than the first timeout', () => {
    const { connections } = replay(openCapture(corpusFile('21-defer-accept/capture.pcap')), { kernels })
    expect(connections.map((c) => c.diagnoses.map(({ id }) => id).join())).toEqual([
      'third-ack-lost', // one second: the first timeout
      'deferred-accept',
      'deferred-accept',
      'deferred-accept',
      '',
      '',
    ])
  })
  it('it is not called a lost ACK where the tap shows that it had arrived', () => {
    const options = { kernels, tap: 'server', stream: 0 } as const
    const { connections } = replay(openCapture(corpusFile('21-defer-accept/capture.pcap')), options)
    const { diagnoses } = connections[0]!
    expect(diagnoses).toMatchObject([{ id: 'ghost-connection', certainty: 'possible', packets: [2, 3, 19, 20] }])
    expect(diagnoses[0]!.causes).toContainEqual(expect.objectContaining({ is: 'deferred-accept', cost: 2 }))
    expect(diagnoses[0]!.decides).toContain('TCPDeferAcceptDrop')
  })
  it.each(['21-defer-accept', '11g-synack-syncnt-dupsyn'])('%s: nothing that is not there', (folder) => {
    const { connections } = replay(openCapture(corpusFile(`${folder}/capture.pcap`)), { kernels })
    const ids = connections.flatMap((c) => c.diagnoses.map(({ id }) => id))
    for (const id of ['ghost-exhausted', 'abort-on-overflow', 'listener-gone', 'PAWS-drop', 'cookie-handshake'])
      expect(ids).not.toContain(id)
  })
})

describe('certainty', () => {
  const cause = (words: string, cost?: number) => ({ words, ...(cost !== undefined && { cost }) })
  it('is what the other explanations cost', () => {
    expect(judged([cause('a', 1)]).certainty).toBe('certain')
    expect(judged([cause('a', 1), cause('b')]).certainty).toBe('certain')
    expect(judged([cause('a', 2), cause('b', 1)])).toMatchObject({ certainty: 'likely', cause: 'b' })
    expect(judged([cause('a', 1), cause('b', 1)]).certainty).toBe('possible')
  })
  it('what it is called is said by the likeliest cause', () => {
    const [full, lost] = [
      { ...cause('a', 2), is: 'ghost-connection' },
      { ...cause('b', 1), is: 'third-ack-lost' },
    ] as const
    expect(judged([full, lost]).id).toBe('third-ack-lost')
    expect(judged([full, { words: 'b', is: 'third-ack-lost', ruledOut: 'it arrived' }]).id).toBe('ghost-connection')
  })
})
