/** What a replay asks for and exploration leaves out. */
import { describe, expect, test } from 'vitest'
import { react } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { ours, peer } from '../testing/segments.ts'
import {
  arrive,
  closedSocket,
  established,
  finWait1,
  finWait2,
  seen,
  shows,
  synSent,
  timeWait,
  wrote,
} from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { keepaliveProbe } from './keepalive.ts'
import { receive } from './receive.ts'
import type { Socket, Tcb } from './socket.ts'
import { fire } from './time.ts'
import {
  byFullFinWait2,
  giveUp,
  isTail,
  probeWithText,
  receiveWithoutRoom,
  reopened,
  withholdAck,
} from './unobserved.ts'

const st = stack()

describe('a shut receive window', () => {
  test('new text: dropped, and the expected number acknowledged again', () => {
    const t = established()
    expect(receiveWithoutRoom(t, peer('.', { len: 2 }), st)).toEqual(react(t, [ours('.')]))
  })
  test('what the segment acknowledges counts all the same', () => {
    const r = receiveWithoutRoom(wrote(established(), 2), peer('.', { len: 2, ack: 103 }), st)
    expect(r.to).toMatchObject({ snd: { una: 103 }, rcv: { nxt: 501 } })
    expect(r.to).not.toHaveProperty('rtx')
    expect(r.send).toEqual([ours('.', { seq: 103 })])
  })
  test('a FIN behind the text: dropped with it', () => {
    expect(seen(receiveWithoutRoom(established(), peer('F.', { len: 2 }), st))).toEqual(
      shows('ESTABLISHED', [ours('.')]),
    )
  })
  test('old text, an ACK, a socket without a receive window: as with an open window', () => {
    const read = arrive(established(), st, peer('.', { len: 2 })).to
    for (const [socket, s] of [
      [read, peer('.', { len: 2 })],
      [read, peer('.', { seq: 503 })],
      [timeWait(), peer('.', { seq: 502, len: 1, ack: 102 })],
    ] as const)
      expect(receiveWithoutRoom(socket, s, st)).toEqual(receive(socket, s, st))
  })
})

describe('an ACK that waits for others', () => {
  test('it tells of a gap: due is what was acknowledged before', () => {
    const s = peer('.', { seq: 503, len: 2 })
    expect(withholdAck(established(), receive(established(), s, st), s)).toMatchObject({
      ackPending: 501,
      rcv: { nxt: 501, held: [{ from: 503, to: 505 }] },
    })
  })
  test('one was due already: the number that was acknowledged last stays', () => {
    const lazy = stack({ delayedAcks: true })
    const due = arrive(established(), lazy, peer('.', { len: 1 })).to
    const s = peer('.', { seq: 504, len: 1 })
    expect(withholdAck(due, receive(due, s, lazy), s)).toMatchObject({ ackPending: 501, rcv: { nxt: 502 } })
  })
  test('a challenge, text, nothing at all: none waits', () => {
    const t = established()
    for (const s of [peer('R', { seq: 504 }), peer('.'), peer('F.', { len: 0 })])
      expect(withholdAck(t, receive(t, s, st), s)).toBeUndefined()
  })
})

describe('after a timeout', () => {
  const late = fire(wrote(established(), 2), st).to as Tcb
  test('the congestion window opens again: nothing else changes', () => {
    expect(late.afterTimeout).toBe(true)
    const { afterTimeout: _, ...others } = late
    expect(reopened(late)).toEqual(others)
    expect(reopened(established())).toEqual(established())
  })
  test('no probe for the tail', () => expect(probeWithText(late, 2, st)).toBeUndefined())
})

test('new text as the probe for the tail: once per flight', () => {
  const t = wrote(established(), 2)
  const r = probeWithText(t, 3, st)
  expect(r).toMatchObject({
    to: { probed: {}, snd: { nxt: 106 } },
    send: [ours('.', { seq: 103, len: 3 })],
  })
  expect(r?.count).toContain('TCPLossProbes')
  expect(probeWithText(r!.to as Tcb, 1, st)).toBeUndefined()
  expect(probeWithText(established(), 1, st)).toBeUndefined()
})

describe('the timer fires once more than there is patience for', () => {
  test('text: timed out, however often it has fired', () => {
    expect(seen(giveUp(wrote(established(), 1), st))).toMatchObject({ state: 'CLOSED', send: [] })
  })
  test('SYN: given up', () => expect(seen(giveUp(synSent(), st))).toMatchObject({ state: 'CLOSED', send: [] }))
  test('no timer runs: nothing', () => {
    expect(giveUp(established(), st)).toBeUndefined()
    expect(giveUp(closedSocket, st)).toBeUndefined()
    expect(giveUp(timeWait(), st)).toBeUndefined()
  })
})

test('a keepalive probe has the number before the first that is not acknowledged', () => {
  expect(keepaliveProbe(established())).toEqual(ours('.', { seq: 100 }))
  expect(keepaliveProbe(wrote(established(), 2), 1)).toEqual(ours('.', { seq: 100, len: 1 }))
})

test('the tail ends where all ends that was sent, FIN included', () => {
  const t = wrote(wrote(established(), 1), 2)
  expect(
    [ours('.', { len: 3 }), ours('.', { seq: 102, len: 2 }), ours('.', { len: 1 })].map((s) => isTail(t, s)),
  ).toEqual([true, true, false])
  expect([ours('F.'), ours('.', { len: 1 })].map((s) => isTail(finWait1(), s))).toEqual([true, true])
})

describe('text that comes in FIN_WAIT2', () => {
  const mini = finWait2()
  const counted = (socket: Socket, s: Segment) => byFullFinWait2(socket, s, receive(socket, s, st))?.count
  const TEXT = peer('.', { ack: 102, len: 2 })

  test('is reset by a full socket as by a mini-socket, and counted', () => {
    expect(mini).toMatchObject({ state: 'TIME_WAIT', substate: 'FIN_WAIT2' })
    expect(receive(mini, TEXT, st).count).not.toContain('TCPAbortOnData')
    expect(counted(mini, TEXT)).toEqual([...receive(mini, TEXT, st).count, 'TCPAbortOnData'])
  })
  test('nothing else is, and nothing in another state', () => {
    expect(counted(mini, peer('.', { ack: 102 }))).toBeUndefined()
    expect(counted(established(), TEXT)).toBeUndefined()
  })
})
