import { type Segment, seq } from '../../../model/index.ts'
import { client, rival, type Scenario } from '../../scenario.ts'

/** Two clients and one place left; one of them may write and close as soon as it thinks it is connected. */
export const openingAtFullQueue: Scenario = {
  name: 'opening-at-a-full-queue',
  shows: 'what a listener with one place left takes, repeats, gives up and counts',
  properties: [
    'GHOST',
    'FULL',
    'SYN-dropped',
    'Q2',
    "Q2'",
    'Q7',
    'Q9',
    'Q14',
    'Q16',
    'H1',
    'H2',
    'H3',
    'H13',
    'H15',
    'H17',
    'DT3',
    'DT4',
    "DT4'",
    'P2',
    'P4',
    'P6',
    'N3',
    'N5',
    'N7',
    'N8',
    'N12',
    'N13',
    'L2',
    'L4',
    'L7',
    "L3''-accept",
  ],
  world: {
    backlog: 2,
    queued: 2,
    clients: [client('client', ['send', 'close']), rival],
    server: { accepts: true, calls: [], writes: 0 },
  },
}

const at = (flags: Segment['flags'], from: number, len = 0, ack?: number): Segment => ({
  flags,
  seq: seq(from),
  len,
  ...(ack === undefined ? {} : { ack: seq(ack) }),
})

/** The client's numbers begin at 100, the server's at 500. */
export const openingAmongStrangers: Scenario = {
  name: 'opening-among-strangers',
  shows: 'what one forged segment can do to a request and to an established connection',
  properties: [
    'BOTH',
    'refused-bad-ACK',
    'H1',
    'H2',
    'H3',
    'H7',
    'H9',
    'H15',
    'DT3',
    'DT5',
    'DT6',
    'DT9',
    'P1',
    'P2',
    'P3',
    'N3',
    'N7',
    'N8',
    'N12',
  ],
  world: {
    clients: [client('client', ['send', 'close'])],
    server: { accepts: true, calls: ['close'], writes: 0 },
    wire: {
      forgery: 1,
      forged: [
        at('S', 100),
        at('S', 104),
        at('', 101, 1),
        at('.', 101, 0, 499),
        at('.', 90, 1, 501),
        at('.', 101, 0, 505),
        at('S.', 104, 0, 501),
      ],
    },
    sysctls: { tcp_syn_retries: 0, tcp_synack_retries: 0 },
  },
}

/** One end may go on writing after the other has half or wholly closed. */
export const textAfterClose: Scenario = {
  name: 'text-after-close',
  shows: 'what becomes of text that comes after shutdown() or close(), and of text that nobody has read',
  properties: [
    'in-CLOSING',
    'in-LAST_ACK',
    'in-CLOSE_WAIT',
    'DT10',
    'DT3',
    'DT6',
    'DT7',
    'DT8',
    'DT9',
    'C2',
    'C5',
    'C6',
    'C8',
    'P3',
    'P4',
  ],
  world: {
    clients: [client('client', ['shutdown', 'close'], { writes: 0 })],
    server: { accepts: true, calls: ['send', 'close'], writes: 1 },
    sysctls: { tcp_syn_retries: 0, tcp_synack_retries: 0 },
  },
}
