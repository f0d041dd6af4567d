import { type Segment, seq } from '../../model/index.ts'
import { client, type Scenario } from '../scenario.ts'

const at = (flags: Segment['flags'], len = 0): Segment => ({ flags, seq: seq(100), len })

/** Every way in, over a wire that loses one segment and duplicates one, past one segment that a stranger sends. */
export const handshake: Scenario = {
  name: 'handshake',
  shows: 'how a connection is opened: by a third ACK, by data, by a FIN; and what a listener makes of strange segments',
  properties: [
    'BOTH',
    'in-by-ACK',
    'in-by-data',
    'in-by-FIN',
    'refused-bad-ACK',
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
    'H7',
    'H8',
    'H10',
    'H11',
    'H12',
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
    wire: { loss: 1, duplication: 1, forgery: 1, forged: [at('SF'), at('R'), at('F'), at(''), at('S', 1)] },
  },
}
