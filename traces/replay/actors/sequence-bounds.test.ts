import { describe, expect, it } from 'vitest'
import {
  add,
  closed,
  connect,
  distance,
  isTcb,
  receive,
  type Seq,
  send,
  seq,
  synAck,
  type Tcb,
  text,
} from '../../../model/index.ts'
import { receivedUpTo, sequenceBoundsOf, withoutLengths, withoutOldestAck } from './sequence-bounds.ts'
import { replayStack } from './stacks.ts'

const stack = replayStack('linux-6.18')
const opened = receive(connect(seq(99), stack).to, synAck(seq(499), seq(100)), stack).to as Tcb

describe('the numbers that bound what a socket may say', () => {
  it('SND.UNA, SND.NXT, RCV.NXT and what is held beyond a gap: RFC 9293 §3.3.1', () => {
    const sent = send(opened, 10, stack)!.to
    const holding = receive(sent, text(seq(520), seq(100), 5), stack).to
    expect(sequenceBoundsOf(holding)).toEqual({
      sndUna: 100,
      sndNxt: 110,
      oldestAck: 99,
      rcvNxt: 500,
      held: [expect.objectContaining({ from: 520, to: 525 })],
    })
  })
  it('in TIME_WAIT nothing is left to acknowledge', () => {
    const waiting = { state: 'TIME_WAIT', substate: 'TIME_WAIT', sndNxt: seq(101), rcvNxt: seq(501), left: 9 } as never
    expect(sequenceBoundsOf(waiting)).toEqual({ sndUna: 101, sndNxt: 101, rcvNxt: 501, held: [] })
  })
  it('a socket that is closed or has sent only its SYN: anything', () => {
    expect(sequenceBoundsOf(closed('never opened'))).toBeUndefined()
    expect(sequenceBoundsOf(connect(seq(99), stack).to)).toBeUndefined()
  })
})

describe('lengths that no rule asks for', () => {
  const heard = (bytes: number): Tcb => {
    const { to } = receive(opened, text(seq(500), seq(100), bytes), stack)
    if (!isTcb(to)) throw new Error('not synchronized')
    return to
  }
  const unread = ({ rcv }: Tcb): number => rcv.unread
  it('how much waits to be read, beyond that something does', () => {
    expect(unread(heard(1000))).toBeGreaterThan(1)
    expect(unread(withoutLengths(heard(1000)) as Tcb)).toBe(1)
    expect(unread(withoutLengths(opened) as Tcb)).toBe(0)
  })
  it('how far a delayed ACK lies behind, beyond 64', () => {
    const behind = (by: number): number => {
      const to = withoutLengths({ ...opened, ackPending: add(opened.rcv.nxt, -by) as Seq }) as Tcb
      return distance(to.ackPending!, to.rcv.nxt)
    }
    expect([behind(10), behind(64), behind(500)]).toEqual([10, 64, 64])
  })
  it('from which number on ACKs count, if no older one comes', () => {
    expect(sequenceBoundsOf(opened)?.oldestAck).toBe(99)
    const forgetting = withoutOldestAck(opened)
    expect(sequenceBoundsOf(forgetting)).toEqual({ ...sequenceBoundsOf(opened), oldestAck: undefined })
    expect(withoutOldestAck(forgetting)).toBe(forgetting)
  })
  it('how long ago text was sent that an end lacks: it still lacks some, and holds what came after', () => {
    const holding = receive(opened, text(seq(520), seq(100), 80), stack).to
    const later = sequenceBoundsOf(receivedUpTo(holding, seq(560)))
    expect([later?.rcvNxt, later?.held]).toEqual([560, [expect.objectContaining({ from: 562, to: 600 })]])
    expect(sequenceBoundsOf(receivedUpTo(holding, seq(510)))?.held).toEqual(sequenceBoundsOf(holding)?.held)
    expect(receivedUpTo(holding, seq(500))).toBe(holding)
  })
  it('other sockets, and short lengths, are what they were', () => {
    expect(withoutLengths(opened)).toBe(opened)
    const opening = connect(seq(99), stack).to
    expect(withoutLengths(opening)).toBe(opening)
  })
})
