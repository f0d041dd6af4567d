/** Laws that hold for every socket, whatever happened to it: random walks, at numbers around 2³² and elsewhere. */
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { profileNames } from '../profile/index.ts'
import type { Reaction } from '../reaction.ts'
import { distance, seq } from '../sequence.ts'
import { stack } from '../testing/stack.ts'
import { anyWalk, type Base, relativeSegment, relativeSocket, walk } from '../testing/walk.ts'
import { isTcb, type Socket, stateName } from './socket.ts'

const home: Base = { iss: seq(1000), irs: seq(5000) }
const nearWrap = fc.integer({ min: -14, max: 14 }).map(seq)
const anyBase: fc.Arbitrary<Base> = fc.record({
  iss: fc.oneof(nearWrap, fc.integer().map(seq)),
  irs: fc.oneof(nearWrap, fc.integer().map(seq)),
})
const anyStack = fc
  .record({
    profile: fc.constantFrom(...profileNames),
    delayedAcks: fc.boolean(),
    invalidRatelimit: fc.constantFrom(0, 2),
    tcp_rfc1337: fc.constantFrom(0, 1),
  })
  .map(({ invalidRatelimit, tcp_rfc1337, ...rest }) =>
    stack({ ...rest, durations: { invalidRatelimit }, sysctls: { tcp_rfc1337 } }),
  )
const options = { numRuns: 1500 }

const relative = (reactions: readonly Reaction<Socket>[], base: Base) =>
  reactions.map((r) => ({
    to: relativeSocket(r.to, base),
    send: r.send.map((s) => relativeSegment(s, base.iss, base.irs)),
    count: r.count,
  }))

describe('translation', () => {
  test.prop([anyWalk, anyBase, anyStack], options)(
    'numbers mean nothing by themselves: other initial numbers, the same reactions, moved',
    (steps, base, s) => {
      expect(relative(walk(steps, base, s), base)).toEqual(relative(walk(steps, home, s), home))
    },
  )
})

describe('order', () => {
  test.prop([anyWalk, anyBase, anyStack], options)(
    'SND.UNA ≤ SND.NXT ≤ the end of what was written and its FIN; SND.UNA and RCV.NXT never go back',
    (steps, base, s) => {
      const sockets = walk(steps, base, s).map((r) => r.to)
      sockets.forEach((socket, i) => {
        if (!isTcb(socket)) return
        const { una, nxt, end, fin } = socket.snd
        expect(distance(una, nxt)).toBeGreaterThanOrEqual(0)
        expect(distance(nxt, end)).toBeGreaterThanOrEqual(fin ? -1 : 0)
        const before = sockets[i - 1]
        if (before === undefined || !isTcb(before)) return
        expect(distance(before.snd.una, una)).toBeGreaterThanOrEqual(0)
        expect(distance(before.rcv.nxt, socket.rcv.nxt)).toBeGreaterThanOrEqual(0)
      })
    },
  )

  test.prop([anyWalk, anyStack], options)(
    'the timer runs exactly while something sent is unacknowledged',
    (steps, s) => {
      for (const { to } of walk(steps, home, s))
        if (isTcb(to)) expect(to.rtx !== undefined).toBe(to.snd.una !== to.snd.nxt)
    },
  )

  test.prop([anyWalk, anyStack], options)('what is held lies behind a gap, in order', (steps, s) => {
    for (const { to } of walk(steps, home, s)) {
      const starts = isTcb(to) ? [to.rcv.nxt, ...to.rcv.held.map((h) => h.from)] : []
      for (const [i, from] of starts.slice(1).entries())
        expect(distance(starts[i]!, from)).toBeGreaterThanOrEqual(i === 0 ? 1 : 0)
    }
  })
})

describe('resets', () => {
  test.prop([anyWalk, anyStack], options)('every RST that goes out is counted', (steps, s) => {
    for (const r of walk(steps, home, s))
      expect(r.count.filter((c) => c === 'OutRsts').length).toBe(r.send.filter((x) => x.flags.startsWith('R')).length)
  })
})

test('the walks are worth walking: they pass through every state', () => {
  const visited = fc
    .sample(anyWalk, { numRuns: 2000, seed: 1 })
    .flatMap((steps) => walk(steps, home, stack()).map((r) => stateName(r.to)))
  expect([...new Set(visited)].sort()).toEqual([
    'CLOSED',
    'CLOSE_WAIT',
    'CLOSING',
    'ESTABLISHED',
    'FIN_WAIT1',
    'FIN_WAIT2',
    'LAST_ACK',
    'SYN_RECV',
    'SYN_SENT',
    'TIME_WAIT',
  ])
})
