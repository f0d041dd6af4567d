/** Laws of a listening host for one connection, whatever segments, timers and accept() come in whatever order. */
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Stack } from '../config.ts'
import { type ProfileName, profileNames } from '../profile/index.ts'
import { add, seq } from '../sequence.ts'
import { accepts, type Heard, type Host, hears, listening, rings, shown } from '../testing/host.ts'
import { ISS } from '../testing/segments.ts'
import { stack } from '../testing/stack.ts'
import { anySegment, type Base, relativeSegment, relativeSocket, type Stimulus, segmentAt } from '../testing/walk.ts'
import { serverTimeLeft } from './server.ts'

type Step = Stimulus | { readonly do: 'accept' }

const SYN: Step = { do: 'receive', flags: 'S', seq: 0, ack: 0, len: 0 }
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: anySegment },
  { weight: 1, arbitrary: fc.constantFrom<Step>(SYN, { do: 'fire' }, { do: 'accept' }) },
)
const anyWalk = fc.array(anyStep, { maxLength: 10 }).map((steps) => [SYN, ...steps])
const anyCase = fc.record({
  steps: anyWalk,
  profile: fc.constantFrom<ProfileName>(...profileNames),
  tcp_abort_on_overflow: fc.constantFrom(0, 1),
  backlog: fc.constantFrom(1, 2),
  queued: fc.constantFrom(0, 1, 2),
})
type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never

const take = (host: Host, step: Step, base: Base, st: Stack): Heard => {
  const unchanged = { host, send: [], count: [] }
  if (step.do === 'receive') return hears(host, segmentAt(step, base), st)
  if (step.do === 'accept') return host.listener.acceptQueue > 0 ? { ...unchanged, host: accepts(host) } : unchanged
  return serverTimeLeft(host.server) === undefined ? unchanged : rings(host, st)
}

const walk = (c: Case, irs = seq(500)): Heard[] => {
  const st = stack({ profile: c.profile, sysctls: { tcp_abort_on_overflow: c.tcp_abort_on_overflow } })
  const heard: Heard[] = [{ host: listening({ backlog: c.backlog, queued: c.queued }, st), send: [], count: [] }]
  for (const step of c.steps) heard.push(take(heard.at(-1)!.host, step, { iss: ISS, irs }, st))
  return heard
}

const relative = (heard: readonly Heard[], irs: ReturnType<typeof seq>) =>
  heard.map(({ host: { listener, server }, send, count }) => ({
    listener,
    dead: server.dead,
    object:
      server.object.kind === 'child'
        ? relativeSocket(server.object.socket, { iss: ISS, irs })
        : shown({ listener, server }),
    send: send.map((s) => relativeSegment(s, ISS, irs)),
    count,
  }))

const options = { numRuns: 1000 }

describe('a listening host', () => {
  test.prop([anyCase, fc.integer({ min: -14, max: 14 }).map(seq)], options)(
    'cares not where its client’s numbers begin',
    (c, irs) => {
      expect(relative(walk(c, irs), irs)).toEqual(relative(walk(c), seq(500)))
    },
  )

  test.prop([anyCase], options)('counts one request while its object is one', (c) => {
    for (const { host } of walk(c)) expect(host.listener.requests).toBe(shown(host) === 'request' ? 1 : 0)
  })

  test.prop([anyCase], options)('the accept queue grows only while it is not full', (c) => {
    fc.pre(c.profile !== 'rfc9293')
    walk(c).reduce((before, after) => {
      const [a, b] = [before.host.listener, after.host.listener]
      if (b.acceptQueue > a.acceptQueue) expect(a.acceptQueue).toBeLessThanOrEqual(a.backlog)
      return after
    })
  })

  test.prop([anyCase], options)('a request accepts no text', (c) => {
    for (const { host } of walk(c)) {
      const r = host.server.object
      if (r.kind === 'request') expect(r.rcvNxt).toBe(add(r.irs, 1))
    }
  })

  test.prop([anyCase], options)('an overflow is a drop, and every RST is counted', (c) => {
    for (const { send, count } of walk(c)) {
      const counted = (name: string) => count.filter((x) => x === name).length
      if (counted('ListenOverflows') === 1) expect(counted('ListenDrops')).toBe(1)
      expect(counted('OutRsts')).toBe(send.filter((s) => s.flags.startsWith('R')).length)
    }
  })

  test('the walks are worth walking: overflows, promotions, deaths and expiries all happen', () => {
    const heard = fc.sample(anyCase, { numRuns: 2000, seed: 1 }).flatMap((c) => walk(c))
    const counted = new Set(heard.flatMap((h) => h.count))
    expect(
      ['ListenOverflows', 'PassiveOpens', 'EmbryonicRsts', 'TCPChallengeACK', 'EstabResets'].filter(
        (c) => !counted.has(c as never),
      ),
    ).toEqual([])
    expect(heard.some((h) => h.host.server.dead.length > 0)).toBe(true)
    expect(new Set(heard.map((h) => shown(h.host)))).toContain('CLOSE_WAIT')
  })
})
