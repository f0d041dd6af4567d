/** A peer that does not answer: keepalive, user timeout, retries, orphans. */
import { client, type Scenario } from '../../scenario.ts'
import { closes, idle, opened, quick } from './worlds.ts'

const keepalive = { idle: 2, interval: 1, probes: 1 } as const

const keepaliveAnswered: Scenario = {
  name: 'keepalive-answered',
  shows: 'an idle connection is probed: the peer answers, or resets what it no longer knows',
  properties: ['probed', 'probe-answered', 'reset-by-the-peer', 'TM9', 'L12'],
  world: {
    clients: [client('client', ['crash'], { writes: 0 })],
    server: idle,
    keepalive,
    sysctls: opened,
    durations: quick,
  },
}

const keepaliveUnanswered: Scenario = {
  name: 'keepalive-unanswered',
  shows: 'probes and their answers are lost: after TCP_KEEPCNT of them the connection is reset',
  properties: ['probed', 'killed-by-keepalive', 'TM8', 'TM9', 'N9'],
  world: {
    clients: [client('client', [], { writes: 0 })],
    server: idle,
    keepalive,
    wire: { loss: 2 },
    sysctls: opened,
    durations: quick,
  },
}

const keepaliveDisturbed: Scenario = {
  name: 'keepalive-disturbed',
  shows: 'unacknowledged text puts keepalive off: a dead peer is then found by retransmission, not by probes',
  properties: ['probed', 'probe-put-off', 'gave-up', 'TM2', 'TM3', 'TM5', 'TM8'],
  world: {
    clients: [client('client', [], { writes: 0 })],
    server: { accepts: true, calls: ['send'], writes: 1 },
    keepalive,
    wire: { loss: 3 },
    sysctls: { ...opened, tcp_retries2: 2 },
    durations: quick,
  },
}

const userTimeout: Scenario = {
  name: 'user-timeout',
  shows:
    'TCP_USER_TIMEOUT: text is given up after that time, whatever tcp_retries2 says, and the last timeout is cut short',
  properties: ['gave-up', 'TM2', 'TM3', 'TM5', 'L16'],
  world: {
    clients: [client('client', ['send'])],
    server: idle,
    userTimeout: 3,
    wire: { loss: 3 },
    sysctls: { ...opened, tcp_retries2: 4 },
    durations: quick,
  },
}

const textGivenUp: Scenario = {
  name: 'text-given-up',
  shows: 'tcp_retries2: text that is not acknowledged is given up in silence, and its process is told ETIMEDOUT',
  properties: ['gave-up', 'TM2', 'TM3', 'TM5', 'N5', 'L16'],
  world: {
    clients: [client('client', ['send'])],
    server: idle,
    wire: { loss: 3 },
    sysctls: { ...opened, tcp_retries2: 2 },
    durations: quick,
  },
}

const orphanGivenUp: Scenario = {
  name: 'orphan-given-up',
  shows: 'tcp_orphan_retries: a closed connection whose FIN is not acknowledged is given up, and no process is told',
  properties: ['gave-up', 'C11', 'TM3', 'TM5', 'B5', 'L8', 'L10'],
  world: {
    clients: [client('client', ['close'], { writes: 0 })],
    server: closes,
    wire: { loss: 2 },
    sysctls: opened,
    durations: quick,
  },
}

const tooManyOrphans: Scenario = {
  name: 'too-many-orphans',
  shows: 'tcp_max_orphans is reached: close() sends its FIN, and a RST after it',
  properties: ['orphan-reset', 'reset-by-the-peer', 'C9', 'B2', 'N9', 'TM9'],
  world: {
    clients: [client('client', ['close'], { writes: 0 })],
    server: closes,
    orphansFull: true,
    wire: { capacity: 2 },
    sysctls: opened,
  },
}

export const silenceStories: readonly Scenario[] = [
  keepaliveAnswered,
  keepaliveUnanswered,
  keepaliveDisturbed,
  userTimeout,
  textGivenUp,
  orphanGivenUp,
  tooManyOrphans,
]
