import { type Segment, seq } from '../../model/index.ts'
import { client, type Scenario } from '../scenario.ts'

const at = (flags: Segment['flags'], len = 0): Segment => ({ flags, seq: seq(100), len })

/** Every way in, over a wire that loses one segment. */
export const handshake: Scenario = {
  name: 'handshake',
  shows: 'how a connection is opened: by a third ACK, by data, by a FIN; whatever one segment is lost',
  properties: [
    'BOTH',
    'in-by-ACK',
    'in-by-data',
    'in-by-FIN',
    'Q1',
    "Q1'",
    'Q3',
    'Q4',
    'Q5',
    "Q5'",
    'Q6',
    'Q8',
    'Q12',
    'H4',
    'H5',
    'H6',
    'H8',
    'H11',
    'DT1',
    'DT2',
    "DT2'",
    'C1',
    'TM1',
    'TM4',
    'N9',
    'L1',
    'L5',
  ],
  world: {
    clients: [client('client', ['send', 'close'])],
    server: { accepts: true, calls: [], writes: 0 },
    wire: { loss: 1 },
  },
}

/** What no stack of ours sends, put on the wire once. */
export const strangeSegments: Scenario = {
  name: 'strange-segments',
  shows: 'what a listener, and a request, make of segments that no handshake has',
  properties: ['BOTH', 'refused-bad-ACK', 'Q4', 'Q8', 'H4', 'H5', 'H7', 'H8', 'H10', 'H11', 'H12', 'DT1', 'C1', 'N9'],
  world: {
    clients: [client('client', ['send', 'close'])],
    server: { accepts: true, calls: [], writes: 0 },
    wire: { forgery: 1, forged: [at('SF'), at('R'), at('F'), at(''), at('S', 1)] },
    sysctls: { tcp_syn_retries: 0, tcp_synack_retries: 0 },
  },
}
