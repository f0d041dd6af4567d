import { describe, expect, it } from 'vitest'
import { type Counter, pureAck, type Segment, type Socket, seq, synAck, text } from '../../../model/index.ts'
import { observed } from '../testing/observed.ts'
import { clientActor } from './client-actor.ts'
import type { Move } from './hypothesis.ts'
import { replayStack } from './stacks.ts'

const actor = clientActor(replayStack('linux-6.18'))
const packet = (line: string) => observed(line)[0]!
const FIN = packet('> F. 100 ack=500')
const ACK_OF_FIN = pureAck(seq(500), seq(101))

const opened = (): Socket => {
  const opening = actor.emissions(actor.start, packet('> S 99'))[0]!.to
  return actor.arrive(opening, synAck(seq(499), seq(100)))[0]!.to
}
const [shut, closed] = actor.emissions(opened(), FIN).map(({ to }) => to) as [Socket, Socket]

const told = (moves: readonly Move<Socket>[]): (readonly [string, string | undefined, ...Counter[]])[] =>
  moves.map(({ to, invents, count = [] }) => [actor.name(to), invents?.id, ...count])
const arriving = (to: Socket, s: Segment) => told(actor.arrive(to, s))

describe('the FIN of a process that has closed is acknowledged', () => {
  it('with a negative TCP_LINGER2 there is no FIN_WAIT2: linux tcp_rcv_state_process', () => {
    expect(arriving(closed, ACK_OF_FIN)).toEqual([
      ['FIN_WAIT2', undefined, 'TW'],
      ['CLOSED', 'no-FIN_WAIT2', 'TCPAbortOnData', 'OutRsts'],
    ])
  })
  it('not where the process has only shut down', () => {
    expect(arriving(shut, ACK_OF_FIN)).toEqual([['FIN_WAIT2', undefined]])
  })
})

describe('in FIN_WAIT2', () => {
  const mini = actor.arrive(closed, ACK_OF_FIN)[0]!.to
  const full = actor.arrive(shut, ACK_OF_FIN)[0]!.to
  it('text is reset; a full socket counts it', () => {
    expect(arriving(mini, text(seq(500), seq(101), 5))).toEqual([
      ['CLOSED', undefined, 'OutRsts'],
      ['CLOSED', 'full-FIN_WAIT2', 'OutRsts', 'TCPAbortOnData'],
    ])
  })
  it('an ACK changes nothing', () => expect(arriving(mini, ACK_OF_FIN)).toHaveLength(1))
  it('close() with a negative TCP_LINGER2 is one of the calls that send a RST: linux __tcp_close', () => {
    const aborts = actor.emissions(full, packet('> R. 101 ack=500')).flatMap(({ count = [] }) => count)
    expect(aborts).toEqual(expect.arrayContaining(['TCPAbortOnLinger', 'TCPAbortOnData', 'TCPAbortOnTimeout']))
    const before = actor.emissions(shut, packet('> R. 101 ack=500')).flatMap(({ count = [] }) => count)
    expect(before).not.toContain('TCPAbortOnLinger')
  })
})
