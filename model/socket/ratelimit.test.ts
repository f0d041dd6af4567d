import { describe, expect, test } from 'vitest'
import { react } from '../reaction.ts'
import { IRS, ISS, peer } from '../testing/segments.ts'
import { stack } from '../testing/stack.ts'
import { receiveTooSoon, receiveUnchallenged } from './ratelimit.ts'
import { closed } from './socket.ts'
import { newTcb } from './synSent.ts'

const st = stack()
const established = newTcb('ESTABLISHED', ISS, IRS, true)

describe('a socket that has just answered another', () => {
  test.each([
    ['RST in window', peer('R', { seq: 503 }), ['TCPACKSkippedChallenge']],
    ['SYN', peer('S', { seq: 900 }), ['TCPSYNChallenge', 'InErrs', 'TCPACKSkippedChallenge']],
    ['ACK of what was never sent', peer('.', { ack: 150 }), ['TCPACKSkippedChallenge']],
    ['ACK out of window', peer('.', { seq: 490 }), ['TCPACKSkippedSeq']],
  ] as const)('%s: no answer, counted as skipped, and nothing is remembered', (_, s, count) => {
    expect(receiveTooSoon(established, s, st)).toEqual(react(established, [], count))
  })
  test.each([
    ['text out of window is no part of an ACK loop', peer('.', { seq: 490, len: 2 })],
    ['what it can take', peer('.', { len: 2 })],
    ['an ACK that asks for no answer', peer('.')],
    ['an exact RST', peer('R')],
  ] as const)('%s: no limit', (_, s) => expect(receiveTooSoon(established, s, st)).toBeUndefined())
  test('a kernel without the limit answers all the same: linux-3.10', () => {
    const none = stack({ dialect: { ackRatelimit: 'none' } })
    expect(receiveTooSoon(established, peer('R', { seq: 503 }), none)).toBeUndefined()
  })
  test('no socket: a RST has no limit', () => {
    expect(receiveTooSoon(closed('closed'), peer('.'), st)).toBeUndefined()
  })
})

describe('a host that has sent tcp_challenge_ack_limit challenge ACKs in this second', () => {
  const limited = stack({ sysctls: { tcp_challenge_ack_limit: 100 } })
  test('drops the segment all the same: nothing counts the challenge', () => {
    expect(receiveUnchallenged(established, peer('R', { seq: 503 }), limited)).toEqual(react(established))
    const syn = receiveUnchallenged(established, peer('S', { seq: 900 }), limited)
    expect(syn).toEqual(react(established, [], ['TCPSYNChallenge', 'InErrs']))
  })
  test('acknowledges what is out of window: no challenge', () => {
    expect(receiveUnchallenged(established, peer('.', { seq: 490 }), limited)).toBeUndefined()
  })
  test('no limit, as by default since 6.1', () => {
    expect(receiveUnchallenged(established, peer('R', { seq: 503 }), st)).toBeUndefined()
  })
})
