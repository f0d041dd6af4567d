import { seq } from '../../model/index.ts'
import { client, type Scenario } from '../scenario.ts'

/** Either end may close first; a FIN may come twice, an old ACK late, a RST out of nowhere; and the client may come back. */
export const timeWait: Scenario = {
  name: 'time-wait',
  shows: 'how long TIME_WAIT lasts, what starts it anew, and the three things that end it',
  properties: ['in-TIME_WAIT', 'restarted', 'assassinated', 'reopened', 'W1', 'W2', 'W3', 'C3', 'C4', 'C7', 'N9'],
  world: {
    clients: [client('client', ['close'], { connects: 2 })],
    server: { accepts: true, calls: ['close'], writes: 0 },
    wire: { loss: 1, duplication: 1, capacity: 2, forgery: 1, forged: [{ flags: 'R', seq: seq(102), len: 0 }] },
    isnStep: 50,
  },
}
