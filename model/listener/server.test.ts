/** The server's object for one 4-tuple through its life: nothing, request, child, TIME_WAIT, and a request again. */
import { describe, expect, test } from 'vitest'
import { close } from '../socket/calls.ts'
import type { Tcb } from '../socket/socket.ts'
import {
  accepts,
  filled,
  ghost,
  type Host,
  heard,
  hears,
  listening,
  promoted,
  requested,
  rings,
  shown,
  tells,
} from '../testing/host.ts'
import { IRS, ours, peer } from '../testing/segments.ts'
import { stack } from '../testing/stack.ts'
import { closeForGood } from './close.ts'
import type { Child } from './object.ts'
import { moveUp, newServer, serverElapse, serverTimeLeft, withSocket } from './server.ts'

const child = (h: Host): Child => h.server.object as Child
/** The server's process closes what accept() returned. */
const closesChild = (h: Host): Host => ({
  ...h,
  server: withSocket(h.server, child(h), close(child(h).socket, stack())!).to,
})

describe('accept()', () => {
  test('returns the head; everyone behind moves up', () => {
    const behind = promoted(listening({ queued: 1 }))
    const head = accepts(behind)
    expect([child(behind).place, child(head).place, child(accepts(head)).place]).toEqual([1, 0, undefined])
    expect(accepts(head).listener.acceptQueue).toBe(0)
  })

  test('returns a child in whatever state it is', () => {
    const closedByPeer = hears(promoted(), peer('F.', { len: 3 })).host
    expect(shown(accepts(closedByPeer))).toBe('CLOSE_WAIT')
  })

  test('does nothing to a request, nor where there is nothing', () => {
    expect(moveUp(requested().server)).toEqual(requested().server)
    expect(moveUp(newServer)).toEqual(newServer)
  })
})

describe('a child that dies before accept()', () => {
  const reset = hears(promoted(listening({ queued: 1 })), peer('R'))

  test('leaves a dead entry, which still takes up room', () => {
    expect(heard(reset)).toEqual(tells('nothing', [], ['EstabResets']))
    expect(reset.host.server).toMatchObject({ dead: [1] })
    expect(reset.host.listener.acceptQueue).toBe(2)
  })

  test('its 4-tuple is free: a SYN makes a new request, unless the queue is full of the dead', () => {
    const again = peer('S', { seq: 5000 })
    expect(heard(hears(reset.host, again))).toEqual(tells('nothing', [], ['ListenOverflows', 'ListenDrops']))
    expect(shown(hears(accepts(reset.host), again).host)).toBe('request')
  })

  test('accept() moves the dead up and returns them', () => {
    expect([accepts(reset.host), accepts(accepts(reset.host))].map((h) => h.server.dead)).toEqual([[0], []])
  })

  test('two dead entries are kept in order of their places', () => {
    const two = { ...newServer, dead: [2] }
    const dying = withSocket(
      two,
      { kind: 'child', socket: child(promoted()).socket, place: 0 },
      {
        to: { state: 'CLOSED', because: 'reset' },
        send: [],
        count: [],
      },
    )
    expect(dying.to.dead).toEqual([0, 2])
  })

  test('one that accept() has returned leaves nothing', () => {
    expect(hears(accepts(promoted()), peer('R')).host.server).toEqual({ ...newServer, made: 1 })
  })
})

describe('a child', () => {
  test('takes segments as its state says, and its timers run', () => {
    const t = hears(accepts(promoted()), peer('F.')).host
    const lastAck = closesChild(t)
    expect([shown(lastAck), serverTimeLeft(lastAck.server)]).toEqual(['LAST_ACK', 1])
    expect(heard(rings(lastAck))).toEqual(tells('LAST_ACK', [ours('F.', { ack: 502 })], ['TCPTimeouts', 'RetransSegs']))
    expect(serverElapse(lastAck.server, 2)).toBeUndefined()
  })

  test('a SYN is challenged by the child, not given to the listener', () => {
    expect(heard(hears(promoted(), peer('S', { seq: 9000 })))).toEqual(
      tells('ESTABLISHED', [ours('.')], ['TCPSYNChallenge', 'InErrs', 'TCPChallengeACK']),
    )
  })
})

describe('TIME_WAIT of a child', () => {
  const waiting = hears(closesChild(accepts(promoted())), peer('F.', { ack: 102 })).host
  const anew = peer('S', { seq: 503 })

  test('a newer SYN: a new request; TIME_WAIT is gone', () => {
    const h = hears(waiting, anew)
    expect(shown(waiting)).toBe('TIME_WAIT')
    expect(heard(h)).toEqual(tells('request', [ours('S.', { seq: 100, ack: 504 })]))
    expect(h.host.server.made).toBe(2)
  })

  test('a newer SYN while the SYN queue is full: a request all the same', () => {
    const full = { ...waiting, listener: { ...waiting.listener, requests: 9, young: 9 } }
    expect(shown(hears(full, anew).host)).toBe('request')
  })

  test('a newer SYN while the accept queue is full: dropped, and TIME_WAIT is lost', () => {
    expect(heard(hears(filled(waiting), anew))).toEqual(tells('nothing', [], ['ListenOverflows', 'ListenDrops']))
  })

  test('a newer SYN after the listener was closed: acknowledged; Linux 6.18 does it (halfopen learn --alphabet wide)', () => {
    const deserted = { ...waiting, listener: closeForGood(waiting.listener, stack()) }
    expect(heard(hears(deserted, anew))).toEqual(tells('TIME_WAIT', [ours('.', { seq: 102, ack: 502 })]))
  })

  test.each([IRS, 502])('a SYN at %i, not newer: acknowledged', (seq) => {
    const h = hears(waiting, peer('S', { seq }))
    expect(heard(h)).toEqual(tells('TIME_WAIT', [ours('.', { seq: 102, ack: 502 })]))
    expect(h.host).toEqual(waiting)
  })

  test('its end', () => {
    expect(heard(rings(waiting))).toEqual(tells('nothing'))
  })
})

describe('a ghost connection', () => {
  test('is a request that has seen a valid ACK', () => {
    expect(ghost().server.object).toMatchObject({ kind: 'request', acked: true })
    expect(ghost().listener).toEqual({ backlog: 0, acceptQueue: 1, requests: 1, young: 1 })
  })

  test('accept() frees a place, and the next segment takes it, whatever it is', () => {
    for (const [s, state] of [
      [peer('.'), 'ESTABLISHED'],
      [peer('.', { len: 4 }), 'ESTABLISHED'],
      [peer('F.', { len: 4 }), 'CLOSE_WAIT'],
    ] as const)
      expect(shown(hears(accepts(ghost()), s).host)).toBe(state)
  })

  test('a FIN ahead of the lost text: ESTABLISHED, the FIN held', () => {
    const h = hears(accepts(ghost()), peer('F.', { seq: 505 })).host
    expect([shown(h), (child(h).socket as Tcb).rcv.held]).toEqual(['ESTABLISHED', [{ from: 505, to: 505, fin: true }]])
  })

  test('expires in silence; what the client sends then is reset', () => {
    const expired = [1, 2, 3].reduce((h) => rings(h).host, ghost())
    expect(shown(expired)).toBe('nothing')
    expect(heard(hears(expired, peer('.', { len: 4 })))).toEqual(tells('nothing', [ours('R')], ['OutRsts']))
  })
})
