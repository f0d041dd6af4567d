/** No listener, or a router says that no host is there. */
import { seq } from '../../../model/index.ts'
import { client, rival, type Scenario } from '../../scenario.ts'

export const closedPort: Scenario = {
  name: 'closed-port',
  shows: 'connect() to a port without a listener: a RST, and ECONNREFUSED at once',
  properties: ['refused', 'SYN-lost', 'BOTH', 'H15', 'N8', 'N9', 'P2', 'L1'],
  world: {
    clients: [client('client', [], { connects: 2 })],
    server: { accepts: false, calls: [], writes: 0 },
    listener: { absent: true },
    wire: { loss: 1 },
  },
}

/** The client's SYN is 100, the SYN+ACK 500. */
export const icmpErrors: Scenario = {
  name: 'ICMP-errors',
  shows: 'an ICMP error ends connect(), and a request, if it quotes the number that was sent and speaks of the host',
  properties: [
    'unreachable',
    'request-ended-by-ICMP',
    'ICMP-ignored',
    'ICMP-disbelieved',
    'BOTH',
    'HALF-OPEN',
    'Q3',
    'Q4',
    'N1',
    'L1',
    'L2',
  ],
  world: {
    clients: [rival],
    server: { accepts: true, calls: [], writes: 0 },
    wire: {
      forgery: 1,
      icmp: [
        { says: 'host unreachable', quotes: seq(100) },
        { says: 'host unreachable', quotes: seq(500) },
        { says: 'port unreachable', quotes: seq(500) },
        { says: 'host unreachable', quotes: seq(777) },
      ],
    },
  },
}

export const errorStories: readonly Scenario[] = [closedPort, icmpErrors]
