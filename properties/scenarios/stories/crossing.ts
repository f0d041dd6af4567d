/** Both ends call connect(). */
import { client, rival, type Scenario } from '../../scenario.ts'

export const simultaneousOpen: Scenario = {
  name: 'simultaneous-open',
  shows: 'both ends connect at once: their SYNs cross, and make one connection that no listener knows of',
  properties: ['crossed', 'BOTH', 'H2', 'H16', 'Q4', 'Q8', 'P2', 'DT1', 'DT2', 'L1'],
  world: {
    clients: [client('client', ['send'])],
    server: { accepts: true, calls: ['send'], writes: 1, connects: 'at any time' },
    wire: { loss: 1, capacity: 2 },
  },
}

export const splitHandshake: Scenario = {
  name: 'split-handshake',
  shows: 'the SYN+ACK comes in two, an ACK and a SYN: the client overlooks the ACK and answers the SYN like a server',
  properties: ['crossed', 'BOTH', 'H2', 'H16', 'Q4', 'DT1', 'DT2', 'L1'],
  world: {
    clients: [rival],
    server: { accepts: false, calls: [], writes: 0, connects: 'in answer to a SYN' },
    wire: { loss: 1, capacity: 2 },
  },
}

export const crossingStories: readonly Scenario[] = [simultaneousOpen, splitHandshake]
