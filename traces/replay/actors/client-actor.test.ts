import { describe, expect, it } from 'vitest'
import { type Segment, type Seq, type Socket, seq, synAck, text } from '../../../model/index.ts'
import { observed } from '../testing/observed.ts'
import { clientActor } from './client-actor.ts'
import { replayStack } from './stacks.ts'

const actor = clientActor(replayStack('linux-6.18'))
const packet = (...lines: string[]) => observed(...lines).at(-1)!
const opening = actor.emissions(actor.start, packet('> S 99'))[0]!
const opened = actor.arrive(opening.to, synAck(seq(499), seq(100)))[0]!
const named = (to: Socket): string => actor.name(to)

describe('the client', () => {
  it('begins closed, and opens with the number that its SYN shows: RFC 9293 §3.10.1', () => {
    expect(named(actor.start)).toBe('CLOSED')
    expect([named(opening.to), opening.cost]).toEqual(['SYN_SENT', 0])
    expect(opening.send).toEqual([{ flags: 'S', seq: 99, len: 0 }])
    expect(opening.count).toEqual(['ActiveOpens'])
  })
  it('a new connection with the number of one before is an invention', () => {
    const again = packet('> S 99', '> S 99')
    expect(actor.emissions(actor.start, { ...again, analysis: { synRetransmission: true } })[0]).toMatchObject({
      cost: 2,
      invents: { id: 'opens-anew' },
    })
  })
  it('sends nothing else while it is closed', () => {
    expect(actor.emissions(actor.start, packet('> P. 100:5 ack=500'))).toEqual([])
    expect(actor.emissions(actor.start, packet('> S')).flatMap(({ send }) => send)).toEqual([])
  })
  it('answers a SYN+ACK: RFC 9293 §3.10.7.3', () => {
    expect([named(opened.to), opened.cost]).toEqual(['ESTABLISHED', 0])
    expect(opened.send).toEqual([{ flags: '.', seq: 100, ack: 500, len: 0 }])
  })
})

describe('a segment that arrives', () => {
  const gap: Segment = text(seq(520), seq(100), 5)
  it('its ACK may wait for others of its kind: linux tcp_comp_sack_nr', () => {
    const [move] = actor.arrive(opened.to, gap)
    expect(move!.send).toEqual([{ flags: '.', seq: 100, ack: 500, len: 0 }])
    expect(move!.waiting).toMatchObject({ ackPending: 500 })
  })
  it('an ACK asks for none: nothing waits', () => {
    expect(actor.arrive(opened.to, { flags: '.', seq: seq(500), ack: seq(100), len: 0 })[0]).not.toHaveProperty(
      'waiting',
    )
  })
  it('text for which there is no room is dropped, and the number that is expected acknowledged again: RFC 9293 §3.8.6', () => {
    const [move] = actor.arriveWithoutRoom(opened.to, text(seq(500), seq(100), 5))
    expect(move!.send).toEqual([{ flags: '.', seq: 100, ack: 500, len: 0 }])
    expect(actor.standing(move!.to)!.rcvNxt).toBe(500)
  })
})

it('at other sequence numbers it is the same client', () => {
  const moved = actor.renumbered(opened.to, { own: 1000, peer: -400 })
  expect(actor.standing(moved)).toEqual({
    sndUna: 1100 as Seq,
    sndNxt: 1100 as Seq,
    rcvNxt: 100 as Seq,
    held: [],
    oldestAck: 1099 as Seq,
  })
  expect(named(moved)).toBe('ESTABLISHED')
})

it('what its answers depend on is noted', () => {
  const { seen } = actor.traits.watch(() => actor.arrive(opened.to, { flags: 'S', seq: seq(500), len: 0 }))
  expect(seen).toContain('bareSyn')
})
