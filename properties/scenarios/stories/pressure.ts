/** More requests than the kernel likes to wait for. */
import { client, type Scenario } from '../../scenario.ts'

/** Twice five requests are more than eight: then half of the SYN queue is kept for those that are young. */
const spoofer = client('spoofer', [], { writes: 0, spoofs: true })
const spoofers = [spoofer, spoofer, spoofer, spoofer]
const sysctls = { tcp_synack_retries: 3, tcp_syn_retries: 0, tcp_retries2: 0 }
/** Nothing is on its way for longer than a moment. */
const durations = { msl: 1 }

export const requestPruning: Scenario = {
  name: 'request-pruning',
  shows: 'five requests of a flood: old ones are given up after two more SYN+ACKs, before their time',
  properties: ['pruned', 'SYN-ACK-repeated', 'Q2', 'Q3', 'Q4', 'Q14', 'H13', 'L2'],
  world: {
    backlog: 5,
    clients: [spoofer, ...spoofers],
    server: { accepts: false, calls: [], writes: 0 },
    sysctls,
    durations,
  },
}

export const prunedGhost: Scenario = {
  name: 'pruned-ghost',
  shows: 'a ghost among four requests of a flood is given up early: that it was acknowledged does not count',
  properties: ['GHOST', 'pruned', 'ghost-pruned', 'Q2', 'Q3', 'Q4', 'Q14', 'L3'],
  world: {
    backlog: 5,
    queued: 5,
    clients: [client('client', [], { writes: 0 }), ...spoofers],
    server: { accepts: false, calls: [], writes: 0 },
    listener: { relistens: 4 },
    sysctls,
    durations,
  },
}

export const pressureStories: readonly Scenario[] = [requestPruning, prunedGhost]
