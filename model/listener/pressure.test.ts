/** Requests given up early: linux: reqsk_timer_handler. Measured on 6.18, each with all SYNs at once. */
import { describe, expect, test } from 'vitest'
import { type Host, listening, requested, rings } from '../testing/host.ts'
import { stack } from '../testing/stack.ts'
import type { Request } from './request.ts'

const st = stack({ sysctls: { tcp_synack_retries: 5 } })

/** One of `n` requests, none of them young, whose SYN+ACK has been repeated twice. */
const old = (backlog: number, n: number, young = 0): Host => {
  const host = requested(listening({ backlog }, st), st)
  const object = { ...(host.server.object as Request), timer: { left: 0, n: 2 } }
  return { listener: { ...host.listener, requests: n, young }, server: { ...host.server, object } }
}
const goesOn = (host: Host): boolean => rings(host, st).host.server.object.kind === 'request'

describe('linux-3.10', () => {
  const old310 = stack({ profile: 'linux-3.10', sysctls: { tcp_synack_retries: 5 } })

  test.each([
    [5, 7, true],
    [5, 8, false],
    [128, 127, true],
    [128, 128, false],
  ])('backlog %i, %i requests, half its table or not: goes on: %s', (backlog, n, on) => {
    expect(rings(old(backlog, n), old310).host.server.object.kind === 'request').toBe(on)
  })
})

/** How many of them are given up when their timers fire one after another. */
const pruned = (backlog: number, n: number): number => {
  let left = n
  for (let i = 0; i < n; i += 1) if (!goesOn(old(backlog, left))) left -= 1
  return n - left
}

describe('all requests old', () => {
  test.each([
    [8, 4, 0],
    [8, 5, 1],
    [8, 9, 5],
    [4, 4, 0],
    [4, 5, 1],
    [1, 2, 0],
    [16, 8, 0],
    [16, 9, 1],
    [16, 17, 9],
    [128, 64, 0],
    [128, 65, 1],
    [128, 128, 64],
  ])('backlog %i, %i requests: %i given up after two retransmissions', (backlog, n, gone) => {
    expect(pruned(backlog, n)).toBe(gone)
  })
})

describe('a request given up', () => {
  test('leaves the SYN queue without a word', () => {
    const h = rings(old(8, 5), st)
    expect([h.host.listener.requests, h.send, h.count]).toEqual([4, [], ['TCPTimeouts']])
  })

  test('none while most are young', () => expect(goesOn(old(8, 5, 3))).toBe(true))

  test('none before its second retransmission', () => {
    const host = old(8, 9)
    const once = { ...(host.server.object as Request), timer: { left: 0, n: 1 } }
    expect(goesOn({ ...host, server: { ...host.server, object: once } })).toBe(true)
  })
})
