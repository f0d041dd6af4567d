/** TCP options through a handshake: what is offered, granted, kept by a cookie, and judged by its clock. */
import { describe, expect, test } from 'vitest'
import type { Child } from './listener/object.ts'
import type { Options, Segment } from './segment.ts'
import { send } from './socket/calls.ts'
import { receive } from './socket/receive.ts'
import { isTcb, type Socket } from './socket/socket.ts'
import { connect } from './socket/synSent.ts'
import type { Sysctls } from './sysctl.ts'
import { accepts, type Host, hears, listening } from './testing/host.ts'
import { inMilliseconds } from './testing/lab.ts'
import { IRS, ISS, ours, peer } from './testing/segments.ts'
import { established, timeWait } from './testing/sockets.ts'
import { stack } from './testing/stack.ts'

const OFFER = { mss: 1460, windowScale: 7, clock: 70 }
const st = (sysctls: Partial<Sysctls> = {}) => inMilliseconds({ offers: OFFER, sysctls })
const FULL: Options = { mss: 1400, windowScale: 9, sack: true, timestamp: { val: 5 } }
const withOptions = (s: Segment, options: Options): Segment => ({ ...s, options })
const SYN = (options: Options = FULL) => withOptions(peer('S', { seq: IRS }), options)
const optionsOf = (socket: Socket | undefined) => (socket && isTcb(socket) ? socket.options : undefined)

describe('a SYN', () => {
  test.each([
    [{}, { mss: 1460, windowScale: 7, sack: true, timestamp: { val: 70 } }],
    [{ tcp_timestamps: 0 }, { mss: 1460, windowScale: 7, sack: true }],
    [{ tcp_window_scaling: 0 }, { mss: 1460, sack: true, timestamp: { val: 70 } }],
    [{ tcp_sack: 0 }, { mss: 1460, windowScale: 7, timestamp: { val: 70 } }],
  ] as const)('%o: offers %o', (sysctls, options) => {
    expect(connect(ISS, st(sysctls)).send).toEqual([{ ...ours('S', { seq: ISS }), options }])
  })

  test('of a host that does not look at options has none', () => {
    expect(connect(ISS, inMilliseconds()).send[0]).not.toHaveProperty('options')
  })
})

describe('a SYN+ACK', () => {
  const granted = (sysctls: Partial<Sysctls>, syn = SYN()) =>
    hears(listening({}, st(sysctls)), syn, st(sysctls)).send[0]?.options
  const all: Options = { mss: 1460, windowScale: 7, sack: true, timestamp: { val: 70, echo: 5 } }
  const { timestamp: _, ...withoutClock } = all

  test.each([
    ['all of it', {}, FULL, all],
    ['no timestamps here', { tcp_timestamps: 0 }, FULL, withoutClock],
    ['no timestamps there', {}, { mss: 1400, windowScale: 9, sack: true as const }, withoutClock],
    ['nothing but an MSS there', {}, { mss: 1400 }, { mss: 1460 }],
    ['nothing here', { tcp_timestamps: 0, tcp_sack: 0, tcp_window_scaling: 0 }, FULL, { mss: 1460 }],
  ])('grants what both want: %s', (_name, sysctls, offered, options) => {
    expect(granted(sysctls, SYN(offered))).toEqual(options)
  })

  test('with a cookie: all of it with timestamps, without them the MSS alone', () => {
    expect(granted({ tcp_syncookies: 2 })).toEqual(all)
    expect(granted({ tcp_syncookies: 2, tcp_timestamps: 0 })).toEqual({ mss: 1460 })
  })

  test('is answered with the clock and its echo', () => {
    const synAck = withOptions(peer('S.', { seq: IRS }), { ...all, timestamp: { val: 70, echo: 70 } })
    const r = receive(connect(ISS, st()).to, synAck, st())
    expect(r.send).toEqual([withOptions(ours('.'), { timestamp: { val: 70, echo: 70 } })])
    expect(optionsOf(r.to)).toEqual({ mss: 1460, windowScale: 7, sack: true, recent: 70 })
  })
})

describe('what a cookie keeps', () => {
  const always = { tcp_syncookies: 2 }
  const child = (offered: Options, third: Segment, more: Partial<Sysctls> = {}) => {
    const under = st({ ...always, ...more })
    const host: Host = hears(hears(listening({}, under), SYN(offered), under).host, third, under).host
    return optionsOf((host.server.object as Child).socket)
  }
  const echoing = withOptions(peer('.'), { timestamp: { val: 6, echo: 70 } })

  test.each([
    [9000, 1460],
    [1459, 1440],
    [1400, 1300],
    [1299, 536],
    [100, 536],
  ])('of an MSS of %i: %i', (mss, kept) => {
    expect(child({ mss }, peer('.'))).toEqual({ mss: kept })
  })

  test('of the rest: all where the ACK echoes a timestamp, nothing where it does not', () => {
    expect(child(FULL, echoing)).toEqual({ mss: 1300, windowScale: 9, sack: true, recent: 6 })
    expect(child(FULL, peer('.'))).toEqual({ mss: 1300 })
  })

  test('timestamps switched off before the ACK comes: nothing, whatever it echoes', () => {
    const [on, off] = [st(always), st({ ...always, tcp_timestamps: 0 })]
    const host = hears(hears(listening({}, on), SYN(), on).host, echoing, off).host
    expect(optionsOf((host.server.object as Child).socket)).toEqual({ mss: 1300 })
  })

  test('bytes that are skipped lower the MSS by a class each, and no more may be than there are classes below', () => {
    expect(child({ mss: 1400 }, peer('.', { seq: IRS + 2 }))).toEqual({ mss: 536 })
    expect((hearsCookie(IRS + 3).server.object as Child).kind).toBe('none')
  })
  const hearsCookie = (seq: number): Host => {
    const under = st(always)
    return hears(hears(listening({}, under), SYN({ mss: 1400 }), under).host, peer('.', { seq }), under).host
  }
})

describe('PAWS', () => {
  const request = hears(listening({}, st()), SYN(), st()).host
  const old: Options = { timestamp: { val: 3, echo: 70 } }
  const stampedAck = withOptions(ours('.'), { timestamp: { val: 70, echo: 5 } })

  test.each([
    ['the third ACK', withOptions(peer('.'), old)],
    ['its own SYN', SYN({ ...FULL, timestamp: { val: 3 } })],
  ])('an older clock on %s: acknowledged, counted, and the request stays', (_name, s) => {
    const h = hears(request, s, st())
    expect([h.host.server.object.kind, h.send, h.count]).toEqual(['request', [stampedAck], ['PAWSEstab']])
  })

  test('saves the request from an exact RST', () => {
    const h = hears(request, withOptions(peer('R'), old), st())
    expect([h.host.server.object.kind, h.send, h.count]).toEqual(['request', [], ['PAWSEstab']])
    expect(hears(request, peer('R'), st()).host.server.object.kind).toBe('none')
  })

  const socket = receive(connect(ISS, st()).to, withOptions(peer('S.', { seq: IRS }), FULL), st()).to
  const text = (val: number) => withOptions(peer('.', { len: 1 }), { timestamp: { val, echo: 70 } })

  test('in ESTABLISHED: two behind is dropped, one behind taken, a later one remembered', () => {
    expect(receive(socket, text(3), st())).toMatchObject({ to: socket, count: ['PAWSEstab'] })
    expect(optionsOf(receive(socket, text(4), st()).to)?.recent).toBe(5)
    const later = receive(socket, text(8), st())
    expect(optionsOf(later.to)?.recent).toBe(8)
    expect(later.send).toEqual([withOptions(ours('.', { ack: IRS + 2 }), { timestamp: { val: 70, echo: 8 } })])
  })

  const bare = (fields: object, val: number) => withOptions(peer('.', fields), { timestamp: { val, echo: 70 } })

  test.each([
    ['linux-6.18', ['PAWSOldAck'], 0],
    ['linux-6.1', ['PAWSEstab'], 1],
  ] as const)('an old ACK, %s: counts %o and hears %i answers', (profile, count, answers) => {
    const r = receive(socket, bare({ seq: IRS }, 3), inMilliseconds({ profile, offers: OFFER }))
    expect([r.count, r.send.length]).toEqual([count, answers])
  })

  test('a duplicate ACK that was overtaken does no harm', () => {
    expect(receive(socket, bare({}, 3), st())).toEqual({ to: socket, send: [], count: [] })
    expect(receive(socket, bare({ ack: ISS }, 3), st()).count).toEqual(['PAWSEstab'])
  })

  test.each([
    ['linux-6.18', ['TCPSYNChallenge', 'InErrs', 'TCPChallengeACK']],
    ['linux-6.1', ['PAWSEstab']],
  ] as const)('an old SYN, %s: %o', (profile, count) => {
    const s = withOptions(peer('S', { seq: IRS }), { timestamp: { val: 3 } })
    expect(receive(socket, s, inMilliseconds({ profile, offers: OFFER })).count).toEqual(count)
  })

  test.each([
    ['newer, though its number is lower', IRS - 9, 6, 'request'],
    ['as old, with a higher number', IRS + 9, 5, 'request'],
    ['older, though its number is higher', IRS + 9, 4, 'child'],
  ])('a SYN at TIME_WAIT, %s', (_name, seq, val, becomes) => {
    const w = { ...timeWait(), recent: 5 }
    const host: Host = {
      ...accepts({ ...listening({ queued: 1 }, st()) }),
      server: { object: { kind: 'child', socket: w }, dead: [], made: 1 },
    }
    const h = hears(host, withOptions(peer('S', { seq }), { timestamp: { val } }), st())
    expect(h.host.server.object.kind).toBe(becomes)
    expect(h.count).toEqual(becomes === 'child' ? ['PAWSTimewait'] : [])
  })
})

describe('what is settled', () => {
  test('the MSS of the peer cuts the text', () => {
    const t = { ...established(), options: { mss: 3 } }
    expect(send(t, 7, stack({ mss: 4 }))!.send.map((s) => s.len)).toEqual([3, 3, 1])
    expect(send(established(), 7, stack({ mss: 4 }))!.send.map((s) => s.len)).toEqual([4, 3])
  })

  test('without scaling the window ends at 65535', () => {
    const wide = stack({ window: 100_000 })
    const far = peer('.', { seq: IRS + 80_000, len: 1 })
    const held = (options: { mss: number; windowScale?: number }) => {
      const r = receive({ ...established(), options }, far, wide)
      return isTcb(r.to) ? r.to.rcv.held.length : undefined
    }
    expect([held({ mss: 1460 }), held({ mss: 1460, windowScale: 7 })]).toEqual([0, 1])
  })
})
