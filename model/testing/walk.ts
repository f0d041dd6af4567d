/** Random walks of a socket: calls, timers and segments in any order, with numbers relative to the two initial ones. */
import { fc } from '@fast-check/vitest'
import type { Stack } from '../config.ts'
import { type Reaction, react } from '../reaction.ts'
import type { Flags, Segment } from '../segment.ts'
import { add, distance, type Seq } from '../sequence.ts'
import { abort, close, recv, send, shutdown } from '../socket/calls.ts'
import { receive } from '../socket/receive.ts'
import { isTcb, type Socket } from '../socket/socket.ts'
import { connect } from '../socket/synSent.ts'
import { elapse, fire, fireDelayedAck } from '../socket/time.ts'

/** Where the two ends' numbers begin. */
export interface Base {
  readonly iss: Seq
  readonly irs: Seq
}

export type Stimulus =
  | { readonly do: 'receive'; readonly flags: Flags; readonly seq: number; readonly ack: number; readonly len: number }
  | { readonly do: 'send' | 'recv' | 'shutdown' | 'close' | 'abort' | 'fire' | 'delayed ACK' | 'elapse' }

export const flagsOf: readonly Flags[] = ['', 'S', 'F', 'R', '.', 'S.', 'F.', 'R.', 'SF', 'SF.']
const usual = fc.constantFrom<Flags>('.', '.', '.', 'F.')

/** A segment whose numbers lie near what either end expects; an ACK mostly says what an end would say. */
export const anySegment: fc.Arbitrary<Stimulus> = fc.record({
  do: fc.constant('receive' as const),
  flags: fc.oneof(usual, fc.constantFrom(...flagsOf)),
  seq: fc.oneof(fc.constantFrom(0, 1, 1, 2), fc.integer({ min: -3, max: 12 })),
  ack: fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: -12, max: 8 })),
  len: fc.constantFrom(0, 0, 0, 1, 3),
})

const anyCall: fc.Arbitrary<Stimulus> = fc
  .constantFrom('send', 'recv', 'shutdown', 'close', 'abort', 'fire', 'delayed ACK', 'elapse')
  .map((name) => ({ do: name }) as Stimulus)

/** From SYN_SENT, mostly with the handshake first. */
export const anyWalk: fc.Arbitrary<Stimulus[]> = fc
  .tuple(
    fc.constantFrom<Stimulus[]>(
      [],
      [{ do: 'receive', flags: 'S', seq: 0, ack: 0, len: 0 }],
      [{ do: 'receive', flags: 'S.', seq: 0, ack: 1, len: 0 }],
      [{ do: 'receive', flags: 'S.', seq: 0, ack: 1, len: 0 }, { do: 'close' }],
    ),
    fc.array(fc.oneof({ weight: 3, arbitrary: anySegment }, { weight: 1, arbitrary: anyCall }), { maxLength: 12 }),
  )
  .map(([opening, rest]) => [...opening, ...rest])

export const segmentAt = (s: Stimulus & { do: 'receive' }, base: Base): Segment => ({
  flags: s.flags,
  seq: add(base.irs, s.seq),
  len: s.len,
  ...(s.flags.includes('.') ? { ack: add(base.iss, s.ack) } : {}),
})

const stimulate = (socket: Socket, s: Stimulus, base: Base, stack: Stack): Reaction<Socket> => {
  const unchanged = react(socket)
  switch (s.do) {
    case 'receive':
      return receive(socket, segmentAt(s, base), stack)
    case 'send':
      return send(socket, 2, stack) ?? unchanged
    case 'recv':
      return recv(socket) ?? unchanged
    case 'shutdown':
      return shutdown(socket, stack) ?? unchanged
    case 'close':
      return close(socket, stack) ?? unchanged
    case 'abort':
      return abort(socket) ?? unchanged
    case 'fire':
      return fire(socket, stack)
    case 'delayed ACK':
      return isTcb(socket) ? fireDelayedAck(socket) : unchanged
    case 'elapse':
      return react(elapse(socket, 1) ?? socket)
  }
}

/** Every reaction on the way. */
export const walk = (steps: readonly Stimulus[], base: Base, stack: Stack): Reaction<Socket>[] => {
  const reactions = [connect(base.iss, stack)]
  for (const s of steps) reactions.push(stimulate(reactions.at(-1)!.to, s, base, stack))
  return reactions
}

/** A segment as seen from the base of its sender. A RST+ACK may answer a segment without ACK: it has SEQ 0 whatever the base. */
export const relativeSegment = (s: Segment, from: Seq, to: Seq) => ({
  ...s,
  seq: s.flags === 'R.' ? 'any' : distance(from, s.seq),
  ...(s.ack === undefined ? {} : { ack: distance(to, s.ack) }),
})

/** A socket with every number as seen from its base. */
export const relativeSocket = (socket: Socket, { iss, irs }: Base): object => {
  switch (socket.state) {
    case 'CLOSED':
      return socket
    case 'SYN_SENT':
      return { ...socket, iss: distance(iss, socket.iss) }
    case 'TIME_WAIT':
      return { ...socket, sndNxt: distance(iss, socket.sndNxt), rcvNxt: distance(irs, socket.rcvNxt) }
    default: {
      const { snd, rcv } = socket
      const [una, nxt, end] = [snd.una, snd.nxt, snd.end].map((n) => distance(iss, n))
      const held = rcv.held.map((h) => ({ ...h, from: distance(irs, h.from), to: distance(irs, h.to) }))
      return {
        ...socket,
        snd: { ...snd, una, nxt, end, ...(snd.first !== undefined && { first: distance(iss, snd.first) }) },
        rcv: { ...rcv, nxt: distance(irs, rcv.nxt), held },
        ...(socket.ackPending !== undefined && { ackPending: distance(irs, socket.ackPending) }),
      }
    }
  }
}
