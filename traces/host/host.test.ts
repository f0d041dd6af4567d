import { describe, expect, it } from 'vitest'
import { readCounters, readSockets } from '../evidence/index.ts'
import { examineHost, type HostReading, settingsIn } from './index.ts'

const HEAD = 'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process'
const reading = (at: number, rows: readonly string[], counters = ''): HostReading => ({
  at,
  sockets: readSockets([HEAD, ...rows].join('\n'), 'ss.txt'),
  ...(counters !== '' && { counters: readCounters(counters) }),
})
const nstat = (overflows: number) => `TcpExtListenOverflows ${overflows} 0.0`
const LISTEN = (queue: number) => `LISTEN ${queue} 2 0.0.0.0:502 0.0.0.0:* users:(("plcd",pid=812,fd=3))`
const waits = (port: number, more = '') => `ESTAB 12 0 10.0.0.2:502 10.0.0.1:${port} ${more}`

const ids = (report: ReturnType<typeof examineHost>) => [
  ...report.listeners.flatMap((l) => l.findings.map(({ id }) => id)),
  ...report.findings.map(({ id }) => id),
]

describe('a full accept queue', () => {
  const rows = [LISTEN(3), waits(1, 'lastsnd:9000'), waits(2, 'lastsnd:8000'), waits(3, 'lastsnd:7000')]
  const report = examineHost({
    before: reading(0, rows, nstat(10)),
    now: reading(5, [...rows, 'SYN-RECV 0 0 10.0.0.2:502 10.0.0.1:4'], nstat(14)),
    settings: settingsIn('net.core.somaxconn = 2\nnet.ipv4.tcp_synack_retries = 5'),
    processStates: { 812: 'S' },
  })
  const [listener] = report.listeners

  it('is named with its backlog, its age, its process and what it did', () => {
    expect(listener).toMatchObject({ queue: 3, backlog: 2, full: true, fullFor: 7, requests: 1 })
    expect(listener!.findings[0]).toMatchObject({ id: 'accept-queue-full', certainty: 'certain', property: 'GHOST' })
    expect(listener!.findings[0]!.shownBy).toEqual([
      'ss.txt:2: Recv-Q 3, Send-Q 2 of LISTEN',
      'ListenOverflows grew by 4 between the readings',
      'plcd (pid 812) called accept() on none of them between the readings',
    ])
  })
  it('somaxconn that cuts the backlog is what has to grow first', () => {
    expect(listener!.findings[0]!.changes.map(({ knob }) => knob)).toEqual([
      undefined,
      'somaxconn',
      'tcp_abort_on_overflow',
      'tcp_synack_retries',
    ])
  })
  it('stands first in the conclusion', () => {
    expect(report.conclusion).toMatch(/^the accept queue of 0\.0\.0\.0:502 is full: 3 connections wait/)
  })
  it('a process that is stopped is said to be', () => {
    const stopped = examineHost({ now: reading(0, rows), processStates: { 812: 'T' } })
    expect(stopped.listeners[0]!.findings[0]!.shownBy.at(-1)).toContain('is stopped (state T)')
  })
  it('with room left: nothing is full, and what waits at both readings is said', () => {
    const two = [LISTEN(2), waits(1), waits(2)]
    const found = examineHost({ before: reading(0, two), now: reading(5, two) })
    expect(found.listeners[0]).toMatchObject({ full: false })
    expect(ids(found)).toEqual(['accept-queue-waits'])
  })
})

describe('netstat prints no backlog', () => {
  const netstat = (...rows: string[]): HostReading => ({ sockets: readSockets(rows.join('\n'), 'netstat.txt') })
  it('a queue and requests beside it: full, likely', () => {
    const report = examineHost({
      now: netstat('tcp 6 0 0.0.0.0:502 0.0.0.0:* LISTEN', 'tcp 0 0 10.0.0.2:502 10.0.0.1:9 SYN_RECV'),
    })
    expect(report.listeners[0]!.findings).toMatchObject([{ id: 'accept-queue-full', certainty: 'likely' }])
    expect(report.listeners[0]).not.toHaveProperty('full')
  })
})

describe('connections', () => {
  const both = (...rows: string[]) => examineHost({ before: reading(0, rows), now: reading(5, rows) })
  const owned = 'users:(("app",pid=7,fd=9))'
  it('CLOSE_WAIT that a process keeps, read or not', () => {
    const report = both(
      `CLOSE-WAIT 1 0 10.0.0.2:80 10.0.0.1:1 ${owned}`,
      `CLOSE-WAIT 90 0 10.0.0.2:80 10.0.0.1:2 ${owned}`,
    )
    expect(report.findings).toMatchObject([{ id: 'CLOSE_WAIT-stays', certainty: 'certain' }])
    expect(report.findings[0]!.words).toMatch(/app \(pid 7\) has 2 sockets.*on 1 of them it has not even read/)
  })
  it('CLOSE_WAIT that is gone at the second reading is none', () => {
    const row = `CLOSE-WAIT 1 0 10.0.0.2:80 10.0.0.1:1 ${owned}`
    expect(examineHost({ before: reading(0, [row]), now: reading(5, [LISTEN(0)]) }).findings).toEqual([])
  })
  it('FIN_WAIT2, an orphan that repeats, a connect() without an answer, text without an ACK', () => {
    const report = both(
      'FIN-WAIT-2 0 0 10.0.0.2:80 10.0.0.1:1 timer:(timewait,41sec,0)',
      'FIN-WAIT-1 0 1 10.0.0.2:80 10.0.0.1:2 timer:(on,12sec,7)',
      `SYN-SENT 0 1 10.0.0.2:40000 10.0.0.9:80 ${owned} timer:(on,1.2sec,2)`,
      `ESTAB 0 90 10.0.0.2:40001 10.0.0.9:80 ${owned} timer:(on,12sec,5)`,
    )
    expect(ids(report)).toEqual(['FIN_WAIT2-waits', 'orphans', 'retransmitting', 'connect-unanswered'])
  })
  it('TIME_WAIT against the ports that there are', () => {
    const rows = Array.from({ length: 8 }, (_, i) => `TIME-WAIT 0 0 10.0.0.2:${1000 + i} 10.0.0.9:80`)
    const now = reading(0, rows)
    expect(ids(examineHost({ now, settings: { ip_local_port_range: '1000\t1009' } }))).toEqual(['TIME_WAIT-many'])
    expect(ids(examineHost({ now, settings: { ip_local_port_range: '1000\t60999' } }))).toEqual([])
  })
})

it.each([
  ['PAWSPassive', 'PAWS-rejects'],
  ['TCPReqQFullDrop', 'SYN-queue-full'],
  ['SyncookiesSent', 'cookies-sent'],
])('%s that grows: %s', (counter, id) => {
  const at = (n: number) => reading(n, [LISTEN(0)], `TcpExt${counter} ${n} 0.0`)
  expect(ids(examineHost({ before: at(1), now: at(5) }))).toEqual([id])
  expect(ids(examineHost({ before: at(5), now: at(5) }))).toEqual([])
})

it('nothing stuck: said so', () => {
  expect(examineHost({ now: reading(0, [LISTEN(0)]) }).conclusion).toBe(
    'nothing is stuck: 1 listener, all accept queues empty',
  )
})
