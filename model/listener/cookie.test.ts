/** SYN cookies: when they are sent, what an ACK of one brings, what is forgotten. linux: tcp_conn_request, cookie_v4_check */
import { describe, expect, test } from 'vitest'
import { add } from '../sequence.ts'
import { filled, type Host, heard, hears, listening, requested, shown, tells } from '../testing/host.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'
import { stack } from '../testing/stack.ts'
import { listenerElapse } from './listener.ts'
import type { Request } from './request.ts'

const on = stack({ sysctls: { tcp_syncookies: 1 }, durations: { cookieLife: 120 } })
const always = stack({ sysctls: { tcp_syncookies: 2 }, durations: { cookieLife: 120 } })
const SYN = peer('S', { seq: IRS })
const SYN_ACK = ours('S.', { seq: ISS })
const SENT = ['TCPReqQFullDoCookies', 'SyncookiesSent'] as const
/** Our client holds a cookie; the SYN queue is full of others. */
const answered = (): Host => hears(listening({ backlog: 1, requests: 2, young: 2 }, on), SYN, on).host

describe('a SYN', () => {
  test('that finds room makes a request; one that finds none gets a cookie and leaves nothing', () => {
    expect(heard(hears(listening({}, on), SYN, on))).toEqual(tells('request', [SYN_ACK]))
    const h = hears(listening({ backlog: 1, requests: 2 }, on), SYN, on)
    expect(heard(h)).toEqual(tells('nothing', [SYN_ACK], SENT))
    expect(h.host.listener).toMatchObject({ requests: 2, acceptQueue: 0 })
  })

  test('tcp_syncookies 2: always gets one', () => {
    expect(heard(hears(listening({}, always), SYN, always))).toEqual(tells('nothing', [SYN_ACK], SENT))
  })

  test('is dropped all the same by a full accept queue', () => {
    const h = hears(filled(listening({ backlog: 1, requests: 2 }, on)), SYN, on)
    expect(heard(h)).toEqual(tells('nothing', [], ['TCPReqQFullDoCookies', 'ListenOverflows', 'ListenDrops']))
  })

  test('tcp_max_syn_backlog does not count', () => {
    const small = stack({ sysctls: { tcp_syncookies: 1, tcp_max_syn_backlog: 0 } })
    expect(shown(hears(listening({ requests: 1 }, small), SYN, small).host)).toBe('request')
  })
})

describe('the ACK of a cookie', () => {
  test('makes a child at once, with the text that it brings', () => {
    expect(heard(hears(answered(), peer('.'), on))).toEqual(
      tells('ESTABLISHED', [], ['SyncookiesRecv', 'PassiveOpens']),
    )
    expect(heard(hears(answered(), peer('.', { len: 3 }), on))).toMatchObject({
      object: 'ESTABLISHED',
      send: [ours('.', { ack: 504 })],
    })
  })

  test('meets a full accept queue: dropped in silence, even with tcp_abort_on_overflow', () => {
    const aborting = stack({ sysctls: { tcp_syncookies: 1, tcp_abort_on_overflow: 1 } })
    expect(heard(hears(filled(answered()), peer('.'), aborting))).toEqual(
      tells('nothing', [], ['SyncookiesRecv', 'ListenOverflows', 'ListenDrops']),
    )
  })

  test.each([1, 2, 3])('its number may be %i too high: so many bytes are skipped', (k) => {
    expect(shown(hears(answered(), peer('.', { seq: IRS + 1 + k }), on).host)).toBe('ESTABLISHED')
  })

  test('may come from later: a kernel (6.18) took one whose numbers were 6 and 5 too high, after the child was gone', () => {
    expect(shown(hears(answered(), peer('.', { seq: IRS + 7, ack: ISS + 6 }), on).host)).toBe('ESTABLISHED')
  })

  test.each([
    ['4 too high', peer('.', { seq: IRS + 5 })],
    ['below', peer('.', { seq: IRS })],
    ['of another number', peer('.', { ack: 77 })],
  ])('%s: reset, and counted', (_, s) => {
    expect(heard(hears(answered(), s, on))).toEqual(
      tells('nothing', [ours('R', { seq: s.ack! })], ['SyncookiesFailed', 'OutRsts']),
    )
  })

  test('when no cookie is out: reset, and not counted', () => {
    expect(heard(hears(listening({}, on), peer('.'), on))).toEqual(
      tells('nothing', [ours('R', { seq: ISS + 1 })], ['OutRsts']),
    )
  })

  test('after two minutes: reset', () => {
    const host = answered()
    const later = (time: number): Host => ({ ...host, listener: listenerElapse(host.listener, time) })
    expect(shown(hears(later(119), peer('.'), on).host)).toBe('ESTABLISHED')
    expect(hears(later(120), peer('.'), on).count).toEqual(['OutRsts'])
  })
})

test('a wrong ACK for a request, while cookies are out: counted too', () => {
  const host = requested(listening({ backlog: 5 }, on), on)
  const out: Host = { ...host, listener: { ...host.listener, cookies: 1 } }
  expect(heard(hears(out, peer('.', { ack: 77 }), on))).toEqual(
    tells('request', [ours('R', { seq: 77 })], ['SyncookiesFailed', 'OutRsts']),
  )
})

test('two SYNs a minute apart: the ACK of either cookie makes the child, with its own number', () => {
  const first = answered()
  const server = { ...first.server, cookie: { irs: IRS, iss: add(ISS, 1_000) } }
  const both: Host = { ...first, server: hears({ ...first, server }, SYN, on).host.server }
  expect(both.server.earlierCookie?.iss).toBe(add(ISS, 1_000))
  for (const iss of [ISS, add(ISS, 1_000)])
    expect(shown(hears(both, peer('.', { ack: add(iss, 1) }), on).host)).toBe('ESTABLISHED')
})

describe('the ACK of a cookie whose client has a request by now', () => {
  const { server } = answered()
  const room: Host = { server, listener: { ...listening({}, on).listener, cookies: 120 } }
  const again = hears(room, SYN, on).host
  const object = { ...(again.server.object as Request), iss: add(ISS, 1_000) }
  const both: Host = { ...again, server: { ...again.server, object } }

  test('is swallowed: both counters rise, and the request stays. Seen on 6.18 in a random run', () => {
    expect(heard(hears(both, peer('.'), on))).toEqual(tells('request', [], ['SyncookiesRecv', 'PassiveOpens']))
  })

  test('is a wrong one where the child would stand beside the request', () => {
    const old = { ...on, dialect: { ...on.dialect, cookieBesideRequest: 'not honoured' as const } }
    expect(heard(hears(both, peer('.'), old))).toMatchObject({
      object: 'request',
      count: ['SyncookiesFailed', 'OutRsts'],
    })
  })

  test('meets a full accept queue: dropped like any other', () => {
    expect(heard(hears(filled(both), peer('.'), on))).toEqual(
      tells('request', [], ['SyncookiesRecv', 'ListenOverflows', 'ListenDrops']),
    )
  })
})
