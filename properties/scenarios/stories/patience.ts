/** What clients can do about a server that has no room. */
import { client, rival, type Scenario } from '../../scenario.ts'

const server = { accepts: true, calls: [], writes: 0 } as const

export const backingOff: Scenario = {
  name: 'client-that-backs-off',
  shows: 'a client that waits after a failure, each time longer: its old request is gone when it connects again',
  properties: ['SYN-dropped', 'connected-later', 'meets-own-request', 'GHOST', 'Q4', 'Q8', 'Q9', 'L1', 'L7'],
  world: {
    backlog: 1,
    queued: 2,
    clients: [client('client', [], { writes: 0, connects: 3, backsOff: 2 })],
    server,
    wire: { loss: 1 },
    sysctls: { tcp_syn_retries: 0, tcp_synack_retries: 0 },
  },
}

export const limitedRate: Scenario = {
  name: 'clients-that-limit-their-rate',
  shows:
    'only one client connects at a time, and there are ghosts: to connect() all is over before its ACK has arrived',
  properties: ['GHOST', 'BOTH', 'FULL', 'SYN-dropped', 'Q1', 'Q9', 'Q11', 'L1', 'L3', "L3'"],
  world: {
    backlog: 1,
    queued: 1,
    clients: [client('client', ['send']), rival],
    server,
    connectingAtOnce: 1,
  },
}

export const patienceStories: readonly Scenario[] = [backingOff, limitedRate]
