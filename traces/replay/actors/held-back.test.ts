import { describe, expect, it } from 'vitest'
import { pureAck, type Segment, type Socket, seq, synAck } from '../../../model/index.ts'
import { observed } from '../testing/observed.ts'
import { clientActor } from './client-actor.ts'
import { replayStack } from './stacks.ts'

const packet = (line: string) => observed(line)[0]!
const RST: Segment = { flags: 'R', seq: seq(509), len: 0 }

const answers = (s: Segment, ...stack: Parameters<typeof replayStack>): string[] => {
  const actor = clientActor(replayStack(...stack))
  const opening = actor.emissions(actor.start, packet('> S 99'))[0]!.to
  const opened: Socket = actor.arrive(opening, synAck(seq(499), seq(100)))[0]!.to
  return actor
    .arrive(opened, s)
    .map(({ send, invents, count = [] }) => [send.map(({ flags }) => flags), invents?.id, ...count].join(' ').trim())
}

describe('the answer to what a socket cannot take may be withheld: linux tcp_send_challenge_ack', () => {
  it('it has answered another just now', () => {
    expect(answers(RST, 'linux-6.18')).toEqual(['.  TCPChallengeACK', 'ack-ratelimited TCPACKSkippedChallenge'])
  })
  it('its host has sent all challenges of this second, where there is such a limit', () => {
    const limited = answers(RST, 'linux-6.18', { tcp_challenge_ack_limit: 1000 })
    expect(limited).toContain('challenges-used-up')
  })
  it('not the ACK of text', () => {
    expect(answers({ ...pureAck(seq(500), seq(100)), len: 5 }, 'linux-6.18')).toHaveLength(1)
  })
})
