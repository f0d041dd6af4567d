import { describe, expect, test } from 'vitest'
import { profiles, type Segment, seq } from '../../model/index.ts'
import { Host } from './host.ts'
import { stackOf } from './settings.ts'
import { arrivalAfter, countedInstead, silentBefore, silentRequests } from './silent-timers.ts'

const profile = profiles['linux-6.18']
const SYN: Segment = { flags: 'S', seq: seq(100), len: 0 }
const ACK: Segment = { flags: '.', seq: seq(101), ack: seq(501), len: 0 }
const TEXT: Segment = { flags: '.', seq: seq(101), ack: seq(501), len: 10 }

/** A server that listens on port 5000. `defer`: TCP_DEFER_ACCEPT, as a number of timeouts. */
const server = (backlog: number, sysctls: Record<string, string>, defer?: number): Host => {
  const host = new Host('server', stackOf(profile, sysctls), () => seq(500), 4)
  if (defer !== undefined) host.options.set(5000, { deferAccept: defer })
  host.listen(5000, backlog, 0)
  return host
}

const arrives = (host: Host, port: number, segment: Segment, now: number) => {
  const end = host.end(`${port}>5000`, now)
  host.take(end, host.onArrival(end, segment, now), now, 'test')
  return end
}

const arriving = (host: Host, port: number, segment: Segment, now: number) => ({
  host,
  end: host.end(`${port}>5000`, now),
  segment,
  now,
  mayHaveFired: () => true,
})

describe('an acknowledged request under TCP_DEFER_ACCEPT, whose text comes in the slack of its silent timer', () => {
  const host = server(3, {}, 2)
  arrives(host, 40001, SYN, 0)
  const end = arrives(host, 40001, ACK, 10)
  const text = arriving(host, 40001, TEXT, 1_040)

  test('becomes a child in both orders: one expiry more may have been counted', () => {
    const before = silentBefore(text)
    expect(before).toEqual([end])
    expect(countedInstead(text, before, host.onArrival(end, TEXT, 1_040))).toContain('TCPTimeouts')
  })

  test('may have fired by the time at which its listener closes', () => {
    expect(silentRequests(host, 5000, 1_040)).toEqual([end])
    expect(silentRequests(host, 5000, 900)).toEqual([])
  })

  test('asking changes nothing', () => {
    const was = structuredClone(end.server)
    arrivalAfter(text, end)
    expect(end.server).toEqual(was)
  })
})

describe('a SYN that comes in the slack of the last expiry of the request that fills the SYN queue', () => {
  /** A request of port 40001, then backlog 0, for which one request is enough to fill the queue. */
  const full = (children: readonly number[]) => {
    const host = server(3, { 'net.ipv4.tcp_synack_retries': '0', 'net.ipv4.tcp_syncookies': '0' })
    const waits = arrives(host, 40001, SYN, 0)
    for (const port of children) {
      arrives(host, port, SYN, 0)
      arrives(host, port, ACK, 1)
    }
    host.listen(5000, 0, 2)
    const syn = arriving(host, 40009, SYN, 1_040)
    return { waits, syn, before: silentBefore(syn), step: host.onArrival(syn.end, SYN, 1_040) }
  }

  test('is dropped or answered: what is sent next tells', () => {
    const { waits, syn, before, step } = full([])
    expect(before).toEqual([waits])
    expect(step).toMatchObject({ send: [], count: expect.arrayContaining(['TCPReqQFullDrop']) })
    expect(arrivalAfter(syn, waits).send).toHaveLength(1)
    expect(countedInstead(syn, before, step)).toBeUndefined()
  })

  test('is dropped in both orders where the accept queue is full, too: another counter', () => {
    const { syn, before, step } = full([40002])
    expect(step.count).toContain('TCPReqQFullDrop')
    expect(countedInstead(syn, before, step)).toEqual(expect.arrayContaining(['ListenOverflows', 'ListenDrops']))
  })
})
