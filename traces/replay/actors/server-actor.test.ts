import { describe, expect, it } from 'vitest'
import { pureAck, type Segment, seq, syn, synAck, text } from '../../../model/index.ts'
import { observed } from '../testing/observed.ts'
import type { Move } from './hypothesis.ts'
import { serverActor } from './server-actor.ts'
import type { ServerEnd } from './server-end.ts'
import { replayStack } from './stacks.ts'

const actor = serverActor(replayStack('linux-6.18'), false)
const packet = (line: string) => observed(line)[0]!
const SYN = syn(seq(99))
const ACK: Segment = pureAck(seq(100), seq(500))

const told = (moves: readonly Move<ServerEnd>[]): string[] =>
  moves.map(({ to, send, cost, invents }) =>
    `${actor.name(to)} ${send.map(({ flags }) => flags)} ${cost} ${invents?.id ?? ''}`.trim(),
  )
const arriving = (end: ServerEnd, s: Segment, of = actor): readonly Move<ServerEnd>[] => of.arrive(end, s, seq(499))
const requested = arriving(actor.start, SYN)[0]!.to
const accepted = arriving(requested, ACK)[0]!.to

describe('a SYN: the accept queue has room, or not', () => {
  it('both answers are possible, a full queue is an invention: linux tcp_conn_request', () => {
    expect(told(arriving(actor.start, SYN))).toEqual(['SYN_RECV S. 0', 'LISTEN  1 accept-queue-full'])
  })
  it('the SYN+ACK has the number that the capture shows', () => {
    expect(arriving(actor.start, SYN)[0]!.send).toEqual([synAck(seq(499), seq(100))])
  })
  it('a queue that is full stays full for nothing, and has room again for a price', () => {
    const full = arriving(actor.start, SYN)[1]!.to
    expect(told(arriving(full, SYN))).toEqual(['SYN_RECV S. 1 accept-queue-has-room', 'LISTEN  0'])
  })
  it('a SYN queue that is full stays so: the next cookie for the same SYN costs nothing', () => {
    const cookies = serverActor(replayStack('linux-6.18', { tcp_syncookies: 1 }), true)
    const once = arriving(cookies.start, SYN, cookies).find(({ invents }) => invents?.id === 'syncookie-sent')!.to
    expect(told(arriving(once, SYN, cookies))).toContain('LISTEN S. 0')
    expect(told(arriving(once, syn(seq(7)), cookies))).toContain('LISTEN S. 1 syncookie-sent')
  })
  it('a syncookie only where SYN+ACKs of the capture may be some', () => {
    const cookies = serverActor(replayStack('linux-6.18', { tcp_syncookies: 1 }), true)
    expect(told(arriving(cookies.start, SYN, cookies))).toContain('LISTEN S. 1 syncookie-sent')
    const off = serverActor(replayStack('linux-6.18', { tcp_syncookies: 0 }), true)
    expect(told(arriving(off.start, SYN, off)).join()).not.toContain('syncookie')
  })
  it('with tcp_syncookies at 2 each SYN+ACK is one, and no request is kept: linux tcp_conn_request', () => {
    const always = serverActor(replayStack('linux-6.18', { tcp_syncookies: 2 }), false)
    expect(told(arriving(always.start, SYN, always))).toEqual(['LISTEN S. 0', 'LISTEN  1 accept-queue-full'])
  })
  it('a kernel without queues has always room', () => {
    const plain = serverActor(replayStack('rfc9293'), false)
    expect(told(arriving(plain.start, SYN, plain))).toEqual(['SYN_RECV S. 0'])
  })
  it('no listener: it is refused', () => {
    expect(told(arriving({ ...actor.start, listening: false }, SYN))).toEqual(['CLOSED R. 0'])
  })
})

describe('the third ACK', () => {
  it('makes a child; or the queue is full, and the host drops it or aborts: linux tcp_check_req', () => {
    expect(told(arriving(requested, ACK))).toEqual([
      'ESTABLISHED  0',
      'SYN_RECV  1 accept-queue-full',
      'CLOSED R 2 abort-on-overflow',
    ])
  })
  it('where it was dropped before, the setting was changed meanwhile', () => {
    const overflowed = arriving(requested, ACK)[1]!.to
    expect(told(arriving(overflowed, ACK))).toContain('CLOSED R 3 abort-on-overflow-later')
  })
  it('a host that is set to abort does so for the queue alone', () => {
    const set = serverActor(replayStack('linux-6.18', { tcp_abort_on_overflow: 1 }), false)
    const request = arriving(set.start, SYN, set)[0]!.to
    expect(told(arriving(request, ACK, set))).toEqual(['ESTABLISHED  0', 'CLOSED R 1 accept-queue-full'])
  })
  it('a SYN that comes again is answered, or withheld by the rate limit: linux __tcp_oow_rate_limited', () => {
    const moves = told(arriving(requested, SYN))
    expect(moves[0]).toBe('SYN_RECV S. 0')
    expect(moves.slice(1)).toEqual(['SYN_RECV  1 answer-ratelimited'])
  })
})

describe('what happens unseen', () => {
  const unseen = (end: ServerEnd): string[] => told(actor.hiddenMoves(end, 'talks'))
  it('before any SYN: nothing but the end of the listener', () => {
    expect(unseen(actor.start)).toEqual(['CLOSED  2 listener-closed'])
  })
  it('a request repeats its SYN+ACK, which is lost', () => {
    expect(unseen(requested)).toEqual(['SYN_RECV  2 SYN+ACK-lost', 'SYN_RECV  2 listener-closed'])
  })
  it('and after that may expire sooner than by default', () => {
    const again = actor.hiddenMoves(requested, 'talks')[0]!.to
    const early = actor.hiddenMoves(again, 'talks').find(({ invents }) => invents?.id === 'request-expires-early')!
    expect(early.invents!.words).toBe('the request expires after 1 retransmission (tcp_synack_retries, or pruned)')
    expect([early.count, actor.name(early.to)]).toEqual([['TCPTimeouts'], 'CLOSED'])
  })
})

describe('what may show as a packet', () => {
  const acts = (end: ServerEnd, line: string): string[] => told(actor.emissions(end, packet(line)))
  it('without a request: a SYN of its own, a simultaneous open. RFC 9293 §3.5', () => {
    expect(acts(actor.start, '< S 499')).toEqual(['SYN_SENT S 1 opens-actively'])
    expect(acts(actor.start, '< P. 500:3 ack=100')).toEqual([])
  })
  it('a request: its SYN+ACK again', () => expect(acts(requested, '< S. 499 ack=100')).toEqual(['SYN_RECV S. 0']))
  it('a child: text; a RST also because the listener closed before it was accepted. linux inet_csk_listen_stop', () => {
    expect(acts(accepted, '< P. 500:3 ack=100')).toContain('ESTABLISHED . 0')
    const resets = actor.emissions(accepted, packet('< R. 500 ack=100'))
    expect(resets.length).toBeGreaterThan(1)
    expect(resets.at(-1)!.send.map(({ flags }) => flags)).toEqual(['R.'])
  })
})

describe('the end', () => {
  it('is named as ss names it', () => {
    expect([actor.start, requested, accepted].map(actor.name)).toEqual(['LISTEN', 'SYN_RECV', 'ESTABLISHED'])
    expect(actor.name({ ...actor.start, listening: false })).toBe('CLOSED')
  })
  it('counts its requests', () => expect([actor.start, requested].map(actor.requests!)).toEqual([0, 1]))
  it('is bound by the numbers of its request or child', () => {
    expect(actor.standing(actor.start)).toBeUndefined()
    expect(actor.standing(requested)).toEqual({ sndUna: 499, sndNxt: 500, rcvNxt: 100, held: [] })
    expect(actor.standing(accepted)).toMatchObject({ sndNxt: 500, rcvNxt: 100 })
  })
  it('text for which its child has no room is not taken', () => {
    const [move] = actor.arriveWithoutRoom(accepted, text(seq(100), seq(500), 7))
    expect(actor.standing(move!.to)!.rcvNxt).toBe(100)
    expect(actor.standing(arriving(accepted, text(seq(100), seq(500), 7))[0]!.to)!.rcvNxt).toBe(107)
  })
})
