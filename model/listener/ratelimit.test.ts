import { describe, expect, test } from 'vitest'
import { hears, listening } from '../testing/host.ts'
import { ISS, ours, peer } from '../testing/segments.ts'
import { stack } from '../testing/stack.ts'
import { arriveTooSoon } from './ratelimit.ts'
import { newServer } from './server.ts'

const st = stack()
const { host } = hears(listening(), peer('S', { seq: 500 }))
const again = peer('S', { seq: 500 })

describe('a SYN that comes again at a request', () => {
  test('answered, where the last answer is long ago', () => {
    expect(hears(host, again).send).toEqual([ours('S.', { seq: 100 })])
  })
  test('too soon after the last answer: counted, not answered, and nothing is remembered', () => {
    const r = arriveTooSoon(host.server, again, ISS, st)
    expect(r).toEqual({ to: host.server, send: [], count: ['TCPACKSkippedSynRecv'] })
  })
  test('a kernel without the limit answers all the same', () => {
    const none = stack({ dialect: { ackRatelimit: 'none' } })
    expect(arriveTooSoon(host.server, again, ISS, none)).toBeUndefined()
  })
})

test('no request, or none afterwards: no limit', () => {
  expect(arriveTooSoon(newServer, again, ISS, st)).toBeUndefined()
  expect(arriveTooSoon(host.server, peer('R', { seq: 501 }), ISS, st)).toBeUndefined()
})
