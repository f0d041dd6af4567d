/** Settings that no other story needs. */
import { type Segment, seq } from '../../../model/index.ts'
import { client, rival, type Scenario } from '../../scenario.ts'

const server = { accepts: true, calls: [], writes: 0 } as const

const at = (flags: Segment['flags'], from: number, len = 0, ack?: number): Segment => ({
  flags,
  seq: seq(from),
  len,
  ...(ack === undefined ? {} : { ack: seq(ack) }),
})

export const windowScaling: Scenario = {
  name: 'window-scaling',
  shows: 'a window of more than 65535 bytes needs window scaling: with it, text that is far ahead is kept',
  properties: ['text-ahead-kept', 'BOTH', 'DT1', 'Q8'],
  world: {
    clients: [rival],
    server,
    window: 70_000,
    offers: { mss: 1460, windowScale: 7, clock: 1 },
    wire: { forgery: 1, forged: [at('.', 101 + 65_600, 1, 501)] },
  },
}

export const challengeLimit: Scenario = {
  name: 'challenge-limit',
  shows:
    'tcp_challenge_ack_limit: the host answers one RST in the window with a challenge ACK, the next in that second with silence',
  properties: ['challenge-withheld', 'BOTH', 'Q8', 'C1', 'L1'],
  world: {
    clients: [rival, rival],
    server,
    wire: { forgery: 1, forged: [at('R', 105)] },
    countsChallenges: true,
    sysctls: { tcp_challenge_ack_limit: 1, tcp_syn_retries: 0, tcp_synack_retries: 0 },
  },
}

export const answersWithheld: Scenario = {
  name: 'answers-withheld',
  shows: 'tcp_invalid_ratelimit: a SYN that comes again and again is answered once in so many milliseconds',
  properties: ['answer-withheld', 'BOTH', 'Q4', 'Q12', 'H5', 'L1', 'L2'],
  world: {
    clients: [rival],
    server,
    wire: { forgery: 2, capacity: 2, forged: [at('S', 100)] },
    durations: { invalidRatelimit: 2 },
  },
}

export const knownPeers: Scenario = {
  name: 'places-for-known-peers',
  shows:
    'without cookies a quarter of tcp_max_syn_backlog is kept for peers that are known: strangers are dropped before the SYN queue is full',
  properties: ['kept-for-known-peers', 'BOTH', 'Q2', 'Q3', 'Q4', 'N1', 'L1'],
  world: {
    backlog: 2,
    clients: [rival, rival, rival],
    server,
    sysctls: { tcp_max_syn_backlog: 1, tcp_syn_retries: 0, tcp_synack_retries: 0 },
  },
}

export const oldTimestamp: Scenario = {
  name: 'segment-from-the-past',
  shows:
    'tcp_timestamps: text whose timestamp is older than the last one is dropped, though its number is right (PAWS)',
  properties: ['PAWS', 'BOTH', 'Q8', 'DT1', 'C1'],
  world: {
    clients: [client('client', [], { writes: 0, clock: 1000 })],
    server,
    offers: { mss: 1460, windowScale: 7, clock: 1 },
    wire: { forgery: 1, forged: [{ ...at('.', 101, 0, 501), options: { timestamp: { val: 500, echo: 1 } } }] },
  },
}

export const settingStories: readonly Scenario[] = [
  windowScaling,
  challengeLimit,
  answersWithheld,
  knownPeers,
  oldTimestamp,
]
