/** TCP does not care where its numbers begin: every reaction to renumbered input is the renumbered reaction. RFC 9293 §3.4.1 */
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { profiles } from '../profile/index.ts'
import type { Flags, Segment } from '../segment.ts'
import { add, type Seq, seq } from '../sequence.ts'
import { close, recv, send, shutdown } from './calls.ts'
import { receive } from './receive.ts'
import { asPeer, type Renumbering, renumberSegment, renumberSocket } from './renumber.ts'
import type { Socket } from './socket.ts'
import { connect } from './synSent.ts'
import { fire } from './time.ts'

const durations = { initialRto: 1, msl: 2, timeWait: 4, finTimeout: 3, invalidRatelimit: 0 }
const stacks = Object.values(profiles).map(({ dialect, sysctls }) => ({
  dialect,
  sysctls,
  durations,
  window: 8,
  mss: 4,
  delayedAcks: true,
}))

/** Numbers near those that both ends use, so that every comparison goes either way. */
const OWN = seq(1000)
const PEER = seq(5000)
const near = (n: Seq) => fc.integer({ min: -3, max: 9 }).map((by) => add(n, by))
const flags = fc.constantFrom<Flags>('S', 'S.', '.', 'F.', 'R', 'R.')

type Step = { readonly segment: Segment } | { readonly call: 'send' | 'recv' | 'shutdown' | 'close' | 'fire' }
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ flags, seq: near(PEER), ack: near(OWN), len: fc.nat(3) }).map((segment) => ({ segment })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('send', 'recv', 'shutdown', 'close', 'fire').map((call) => ({ call }) as Step),
  },
)

const take = (socket: Socket, s: Step, stack: (typeof stacks)[number], by: Renumbering) => {
  if ('segment' in s) return receive(socket, renumberSegment(s.segment, asPeer(by)), stack)
  const calls = {
    send: () => send(socket, 2, stack),
    recv: () => recv(socket),
    shutdown: () => shutdown(socket, stack),
    close: () => close(socket, stack),
    fire: () => fire(socket, stack),
  }
  return calls[s.call]()
}

const NONE: Renumbering = { own: 0, peer: 0 }
const offset = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

test.prop([fc.array(step, { maxLength: 12 }), offset, offset, fc.nat(stacks.length - 1)])(
  'whatever arrives, is called or fires',
  (steps, own, peer, kernel) => {
    const by = { own, peer }
    const stack = stacks[kernel]!
    let socket: Socket = connect(OWN, stack).to
    let moved: Socket = connect(add(OWN, own), stack).to
    expect(moved).toEqual(renumberSocket(socket, by))
    for (const s of [{ segment: { flags: 'S.', seq: PEER, ack: add(OWN, 1), len: 0 } } as Step, ...steps]) {
      const [here, there] = [take(socket, s, stack, NONE), take(moved, s, stack, by)]
      expect(there === undefined).toBe(here === undefined)
      if (here === undefined || there === undefined) continue
      expect(there.to).toEqual(renumberSocket(here.to, by))
      expect(there.send).toEqual(here.send.map((x) => renumberSegment(x, by)))
      expect(there.count).toEqual(here.count)
      socket = here.to
      moved = there.to
    }
  },
)
