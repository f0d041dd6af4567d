import { client, type Scenario } from '../scenario.ts'

const calls = ['send', 'recv', 'shutdown', 'close', 'abort'] as const

/** Both ends may close, half-close or abort whenever they like, over a wire that loses one segment. */
export const close: Scenario = {
  name: 'close',
  shows: 'every way to end a connection: one after the other, both at once, half, in anger, with unread data',
  properties: [
    'in-FIN_WAIT2',
    'in-CLOSING',
    'in-LAST_ACK',
    'in-TIME_WAIT',
    'in-CLOSE_WAIT',
    'C1',
    'C2',
    'C3',
    'C4',
    'C5',
    'C6',
    'C7',
    'C8',
    'W1',
    'W2',
    'W3',
    'DT1',
    'DT2',
    "DT2'",
    'N9',
  ],
  world: {
    clients: [client('client', calls)],
    server: { accepts: true, calls, writes: 1 },
    wire: { loss: 1 },
    iss: 2 ** 32 - 2, // the client's numbers wrap: SYN at 2³² − 2, text at 2³² − 1, FIN at 0
  },
}
