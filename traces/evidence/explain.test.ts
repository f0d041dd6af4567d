import { describe, expect, it } from 'vitest'
import { openCapture } from '../readers/open.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { explainListing, openCounters, openSockets, readSockets } from './index.ts'

const folder = 'ghost-connection/ghost-connection'
const published = () => openSockets(corpusFile(`${folder}.netstat.txt`)).rows

const explain = (...rows: string[]) => {
  const { rows: read, processesShown } = readSockets(rows.join('\n'))
  return explainListing(read, { processesShown })
}
const LISTEN = (queue: number) => `tcp ${queue} 0 0.0.0.0:502 0.0.0.0:* LISTEN`
const row = (state: string, unread: number, port: number, process = '') =>
  `tcp ${unread} 0 10.0.0.2:502 10.0.0.1:${port} ${state} ${process}`

describe('the published netstat', () => {
  const capture = openCapture(corpusFile(`${folder}.tcpdump.txt`))
  const counters = openCounters(corpusFile(`${folder}.proc-net-netstat.txt`))
  const { listeners, notes } = explainListing(published(), { capture, counters })
  const [listener] = listeners

  it('backlog 5, a full queue of six, eight requests', () => {
    expect(listeners).toHaveLength(1)
    expect(listener).toMatchObject({
      acceptQueue: 6,
      backlog: { value: 5, certainty: 'if full' },
      full: true,
      dead: 0,
      others: 0,
    })
    expect(listener!.requests).toHaveLength(8)
    expect(listener!.unaccepted.map(({ state, recvQ }) => [state, recvQ])).toEqual(Array(6).fill(['CLOSE_WAIT', 13]))
    expect(listener!.because).toEqual([
      '0.0.0.0:502 has 6 connections in its accept queue (Recv-Q of LISTEN), not accepted yet',
      'the queue is full if the backlog is 5, for it holds backlog + 1',
      '6 of them are CLOSE_WAIT: their clients sent 12 bytes + FIN (Recv-Q 13) and closed',
      '8 requests in SYN_RECV: whatever their clients send is tried as the third ACK and dropped while the queue is full',
      'ListenOverflows 657727: so often since boot a SYN or a third ACK met a full accept queue on this host',
      'ListenDrops 661488: 3761 more were dropped for other reasons',
    ])
  })

  it('what would contradict it', () => {
    expect(listener!.unless).toEqual([
      expect.stringMatching(/^a connection that its client reset keeps its slot and has no line: .* \(netstat -p/),
      expect.stringMatching(/^if the backlog is larger than 5 the queue is not full, and the 8 requests .* ss -lnt/),
    ])
  })

  it('eight requests tell of an old kernel', () => {
    expect(listener!.notes).toEqual([
      expect.stringContaining('8 requests are more than a kernel since 4.4 keeps with backlog 5 (at most 6)'),
    ])
  })

  it('its remote addresses are not the capture’s: noticed, not an error', () => {
    expect(notes).toEqual([
      expect.stringMatching(
        /remote addresses of the listing \(20\.30\.10\.5\).*capture's clients \(172\.20\.42\.84\).*NAT/,
      ),
    ])
  })
})

describe('every figure comes from the rows', () => {
  it('another queue, other bytes', () => {
    const [listener] = explain(
      LISTEN(2),
      row('CLOSE_WAIT', 8, 1),
      row('CLOSE_WAIT', 1, 2),
      row('SYN_RECV', 0, 3),
    ).listeners
    expect(listener).toMatchObject({ backlog: { value: 1, certainty: 'if full' }, full: true })
    expect(listener!.because).toContain(
      '2 of them are CLOSE_WAIT: their clients sent 7 bytes + FIN (Recv-Q 8) or 0 bytes + FIN (Recv-Q 1) and closed',
    )
    expect(listener!.notes).toEqual([])
  })
  it('no request: nothing says that the queue is full', () => {
    const [listener] = explain(LISTEN(2), row('ESTABLISHED', 5, 1), row('ESTABLISHED', 0, 2)).listeners
    expect(listener).toMatchObject({ backlog: { value: 1, certainty: 'at least' } })
    expect(listener).not.toHaveProperty('full')
  })
  it('a process owns some: as many dead children fill the queue', () => {
    const { listeners } = explain(
      LISTEN(2),
      row('CLOSE_WAIT', 13, 1, '7/server'),
      row('CLOSE_WAIT', 13, 2),
      row('SYN_RECV', 0, 3),
    )
    expect(listeners[0]).toMatchObject({ dead: 1, unaccepted: [{ remote: { port: 2 } }] })
    expect(listeners[0]!.because).toContain(
      '1 of them have no line: they were reset before accept() and keep their slots',
    )
  })
  it('a CLOSE_WAIT read to its end was accepted', () => {
    expect(explain(LISTEN(1), row('CLOSE_WAIT', 0, 1)).listeners[0]).toMatchObject({ unaccepted: [], dead: 1 })
  })
  it('more sockets than slots: unread bytes speak for the queue, and the rest is said', () => {
    const [listener] = explain(LISTEN(1), row('ESTABLISHED', 0, 1), row('ESTABLISHED', 9, 2)).listeners
    expect(listener).toMatchObject({ unaccepted: [{ remote: { port: 2 } }], others: 1 })
    expect(listener!.unless.join()).toContain('1 more socket could be in the queue as well')
  })
  it('ss shows the backlog', () => {
    const head = 'State Recv-Q Send-Q Local Address:Port Peer Address:Port'
    const of = (size: number) => explain(head, `LISTEN ${size} 4 10.0.0.2:502 0.0.0.0:*`).listeners[0]
    expect(of(5)).toMatchObject({ backlog: { value: 4, certainty: 'shown' }, full: true, dead: 5 })
    expect(of(3)).toMatchObject({ full: false })
  })
  it('no listener listed', () => {
    expect(explain(row('SYN_RECV', 0, 1)).notes).toEqual(['no listener is listed: add -a to netstat or ss'])
  })
})
