/** SYN_RECV as a request: the rows of tcp_check_req in their order, and the request timer. */
import { describe, expect, test } from 'vitest'
import type { ProfileName } from '../profile/index.ts'
import type { Segment } from '../segment.ts'
import { filled, heard, hears, listening, promoted, requested, rings, tells } from '../testing/host.ts'
import { IRS, ISS, ours, peer } from '../testing/segments.ts'
import { stack } from '../testing/stack.ts'
import type { Request } from './request.ts'
import { serverElapse, serverTimeLeft } from './server.ts'

const st = stack()
const SYN_ACK = ours('S.', { seq: ISS })
/** What is heard, and whether the host is still what it was. */
const stays = (s: Segment, send: readonly Segment[], count: Parameters<typeof tells>[2] = [], under = st) => {
  const before = requested(listening(), under)
  const h = hears(before, s, under)
  expect(heard(h)).toEqual(tells('request', send, count))
  expect(h.host).toEqual(before)
}
const dies = (s: Segment, send: readonly Segment[], count: Parameters<typeof tells>[2], under = st) => {
  const h = hears(requested(listening(), under), s, under)
  expect(heard(h)).toEqual(tells('nothing', send, count))
  expect(h.host.listener).toEqual(listening({}, under).listener)
}

describe('request, the same SYN', () => {
  test.each(['S', 'SF'] as const)('[%s]: SYN+ACK again; the queues stay', (flags) => {
    stays(peer(flags, { seq: IRS, len: 3 }), [SYN_ACK], ['RetransSegs', 'TCPSynRetrans'])
  })

  test('the timer starts over at its present length, and has fired no more often', () => {
    const late = rings(requested()).host
    const server = serverElapse(late.server, 1)!
    const again = hears({ ...late, server }, peer('S', { seq: IRS })).host
    expect([serverTimeLeft(server), serverTimeLeft(again.server)]).toEqual([1, 2])
    expect((again.server.object as Request).timer).toEqual({ left: 2, n: 1 })
  })
})

describe('request, answers in quick succession', () => {
  const limited = stack({ durations: { invalidRatelimit: 500, initialRto: 1000 } })
  const again = hears(requested(listening(), limited), peer('S', { seq: IRS }), limited)
  const later = (time: number) => ({ ...again.host, server: serverElapse(again.host.server, time)! })

  test.each([
    ['the same SYN', peer('S', { seq: IRS })],
    ['a segment out of the window', peer('.', { seq: 9000 })],
  ])('%s: one in tcp_invalid_ratelimit, whatever it was for', (_, s) => {
    expect(heard(hears(later(499), s, limited))).toEqual(tells('request', [], ['TCPACKSkippedSynRecv']))
    expect(hears(later(500), s, limited).send).toHaveLength(1)
  })

  test('a RST in the window: its challenge is skipped, and counted as such', () => {
    const h = hears(later(0), peer('R', { seq: IRS + 3 }), limited)
    expect(heard(h)).toEqual(tells('request', [], ['TCPACKSkippedChallenge']))
  })

  test.each([
    ['linux-6.18', [0, 0]],
    ['linux-4.9', [0, 0]],
    ['linux-4.4', [0, 1]],
    ['linux-3.10', [1, 1]],
  ] as const)(
    '%s: the same SYN, and a segment out of the window, hear so many answers again: %o',
    (profile, answers) => {
      const under = stack({ profile, durations: { invalidRatelimit: 500, initialRto: 1000 } })
      const heard = (s: Segment) =>
        hears(hears(requested(listening({}, under), under), s, under).host, s, under).send.length
      expect([heard(peer('S', { seq: IRS })), heard(peer('.', { seq: 9000 }))]).toEqual(answers)
    },
  )

  test('old text is answered all the same', () => {
    expect(hears(later(0), peer('.', { seq: IRS, len: 1 }), limited).send).toEqual([ours('.')])
  })
})

describe('request, a wrong ACK', () => {
  test.each(['.', 'F.', 'S.'] as const)('[%s]: RST, before the sequence number is looked at', (flags) => {
    stays(peer(flags, { seq: 9000, ack: 77 }), [ours('R', { seq: 77 })], ['OutRsts'])
  })

  test('RST, to 6.12: handed to the listener, which drops it', () => {
    stays(peer('R.', { ack: 77 }), [], [], stack({ profile: 'linux-6.1' }))
  })

  test('exact RST, since 2026: its ACK is not looked at', () => {
    dies(peer('R.', { ack: 77 }), [], ['AttemptFails', 'EmbryonicRsts'])
  })
})

describe('request, out of the window', () => {
  test.each([
    ['an older SYN', peer('S', { seq: IRS - 10 })],
    ['a SYN far ahead', peer('S', { seq: 9000 })],
    ['a SYN+ACK without text', peer('S.', { seq: IRS })],
    ['old text', peer('.', { seq: IRS, len: 1 })],
    ['text beyond', peer('.', { seq: 510, len: 1 })],
  ])('%s: acknowledged', (_, s) => stays(s, [ours('.')]))

  test.each([400, 500, 510])('RST at %i: dropped', (seq) => stays(peer('R', { seq }), []))
})

describe('request, RST', () => {
  test.each(['R', 'R.'] as const)('exact [%s]: it is gone', (flags) => {
    dies(peer(flags), [], ['AttemptFails', 'EmbryonicRsts'])
  })

  test.each([502, 509])('in the window, %i: challenged', (seq) => {
    stays(peer('R', { seq }), [ours('.')], ['TCPChallengeACK'])
  })

  test.each(['linux-6.1', 'linux-4.9', 'linux-3.10'] as ProfileName[])('in the window, %s: it is gone', (profile) => {
    dies(
      peer('R', { seq: 505 }),
      [],
      ['AttemptFails', 'EmbryonicRsts'],
      stack({ profile, dialect: { synQueueFull: 'q > B' } }),
    )
  })
})

describe('request, another SYN in the window', () => {
  test('RST, and it is gone', () => {
    dies(peer('S', { seq: 505 }), [ours('R.', { seq: 0, ack: 506 })], ['AttemptFails', 'EmbryonicRsts', 'OutRsts'])
  })
})

describe('request, no ACK', () => {
  test.each([peer('F'), peer('', { len: 2 })])('[$flags]: dropped', (s) => stays(s, []))
})

describe('request, a third ACK', () => {
  test('bare: a child, ESTABLISHED, at the end of the accept queue', () => {
    const h = hears(requested(listening({ queued: 1 })), peer('.'))
    expect(heard(h)).toEqual(tells('ESTABLISHED', [], ['PassiveOpens']))
    expect(h.host.listener).toEqual({ backlog: 1, acceptQueue: 2, requests: 0, young: 0 })
    expect(h.host.server.object).toMatchObject({ kind: 'child', place: 1 })
  })

  test.each([
    ['text', peer('.', { len: 3 }), 'ESTABLISHED', 504],
    ['FIN', peer('F.'), 'CLOSE_WAIT', 502],
    ['text and FIN', peer('F.', { len: 3 }), 'CLOSE_WAIT', 505],
    ['text behind a gap', peer('.', { seq: 503, len: 1 }), 'ESTABLISHED', 501],
  ] as const)('with %s: the child takes it', (_, s, state, ack) => {
    expect(heard(hears(requested(), s))).toEqual(tells(state, [ours('.', { ack })], ['PassiveOpens']))
  })

  test('behind a gap: a child all the same', () => {
    expect(heard(hears(requested(), peer('.', { seq: 503 })))).toEqual(tells('ESTABLISHED', [], ['PassiveOpens']))
  })

  test('of a request that is no longer young: the young are not counted down', () => {
    const late = rings(requested()).host
    expect([late, hears(late, peer('.')).host].map((h) => [h.listener.requests, h.listener.young])).toEqual([
      [1, 0],
      [0, 0],
    ])
  })

  test('as a SYN+ACK with text: the child stays in SYN_RECV, challenged, until the next ACK', () => {
    const h = hears(requested(), peer('S.', { seq: IRS, len: 3 }))
    expect(heard(h)).toEqual(tells('SYN_RECV', [ours('.')], ['PassiveOpens', 'TCPSYNChallenge', 'TCPChallengeACK']))
    expect(serverTimeLeft(h.host.server)).toBeUndefined()
    expect(heard(hears(h.host, peer('.')))).toEqual(tells('ESTABLISHED'))
  })
})

describe('request, a third ACK while the accept queue is full', () => {
  const full = filled(requested())
  const abort = stack({ sysctls: { tcp_abort_on_overflow: 1 } })
  const segments = [peer('.'), peer('.', { len: 12 - 8 }), peer('F.'), peer('F.', { len: 4 }), peer('.', { seq: 503 })]

  test.each(segments)('[$flags] length $len: dropped and counted; only `acked` remembers it', (s) => {
    const h = hears(full, s)
    expect(heard(h)).toEqual(tells('request', [], ['ListenOverflows', 'ListenDrops']))
    expect(h.host).toEqual({ ...full, server: { ...full.server, object: { ...full.server.object, acked: true } } })
  })

  test.each(segments)('[$flags] length $len, tcp_abort_on_overflow: RST, and it is gone', (s) => {
    const h = hears(full, s, abort)
    expect(heard(h)).toEqual(
      tells('nothing', [ours('R')], ['ListenOverflows', 'ListenDrops', 'EmbryonicRsts', 'OutRsts']),
    )
    expect(h.host.listener).toEqual({ ...full.listener, requests: 0, young: 0 })
  })

  test('rfc9293: there is no such queue', () => {
    expect(hears(full, peer('.'), stack({ profile: 'rfc9293' })).count).toEqual(['PassiveOpens'])
  })
})

describe('request, the timer', () => {
  const again = tells('request', [SYN_ACK], ['TCPTimeouts', 'RetransSegs', 'TCPSynRetrans'])
  const [first, second] = [rings(requested()), rings(rings(requested()).host)]

  test('repeats the SYN+ACK, each time after twice as long', () => {
    expect([first, second].map(heard)).toEqual([again, again])
    expect([requested(), first.host, second.host].map((h) => serverTimeLeft(h.server))).toEqual([1, 2, 4])
  })

  test('the first time makes it old', () => {
    expect([requested(), first.host, second.host].map((h) => h.listener.young)).toEqual([1, 0, 0])
  })

  test('after tcp_synack_retries it is gone, without a word', () => {
    const third = rings(second.host)
    expect(heard(third)).toEqual(tells('nothing', [], ['TCPTimeouts']))
    expect(third.host.listener).toEqual(listening().listener)
  })

  test('tcp_synack_retries 0: gone the first time', () => {
    const none = stack({ sysctls: { tcp_synack_retries: 0 } })
    expect(rings(requested(), none).host.listener).toEqual(listening().listener)
  })

  test('goes on as it was after an overflow', () => {
    expect(heard(rings(hears(filled(requested()), peer('.')).host))).toEqual(again)
  })

  test('at 0 fires before time passes', () => {
    expect(serverElapse(requested().server, 1)?.object).toMatchObject({ timer: { left: 0 } })
    expect(serverElapse(requested().server, 2)).toBeUndefined()
    expect(serverElapse(promoted().server, 2)).toEqual(promoted().server)
  })
})
