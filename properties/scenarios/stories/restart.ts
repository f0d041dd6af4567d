/** A listener ends, and a process listens again. */
import { client, type Scenario } from '../../scenario.ts'

const patient = client('client', ['send'])
const server = { accepts: true, calls: [], writes: 0 } as const

export const restartedListener: Scenario = {
  name: 'restarted-listener',
  shows:
    'close(), and listen() on a new socket: a client that had a request before is reset when it sends, or begins anew with its SYN',
  properties: [
    'BOTH',
    'buried',
    'request-outlives-listener',
    'reset-by-the-new-listener',
    'taken-by-the-new-listener',
    'refused',
    'Q3',
    'Q4',
    'Q5',
    'Q8',
    'H4',
    'N9',
    'DT1',
    'L1',
    'L2',
    "L3'",
  ],
  world: {
    clients: [patient],
    server,
    listener: { ends: 'close', returns: true },
    sysctls: { tcp_synack_retries: 0 },
  },
}

export const shutDownListener: Scenario = {
  name: 'shut-down-listener',
  shows:
    'shutdown() of a listener, and listen() on the same socket: children are reset, requests found again and served',
  properties: [
    'BOTH',
    'buried',
    'request-outlives-listener',
    'requests-found-again',
    'in-by-ACK',
    'Q3',
    'Q4',
    'Q5',
    'Q8',
    'H4',
    'H6',
    'N9',
    'DT1',
    'L1',
    'L2',
  ],
  world: {
    clients: [patient],
    server,
    listener: { ends: 'shutdown', returns: true },
    sysctls: { tcp_synack_retries: 0 },
  },
}

export const restartStories: readonly Scenario[] = [restartedListener, shutDownListener]
