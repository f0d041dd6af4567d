/** FINs: lost, crossing, one at a time, and the states that wait for them. */
import { client, type Scenario } from '../../scenario.ts'
import { closes, idle, opened, quick } from './worlds.ts'

const passive = { ...closes, closesAfterPeer: true } as const

const finLost: Scenario = {
  name: 'FIN-lost',
  shows: 'a FIN or its ACK is lost: the FIN is sent again with the same number, and both ends come to their end',
  properties: [
    'FIN-lost',
    'FIN-repeated',
    'C1',
    'C2',
    'C3',
    'C4',
    'C9',
    'C10',
    'C11',
    'TM2',
    'TM3',
    'TM5',
    'TM9',
    'B5',
    'L8',
    'L9',
    'L10',
    'L11',
    'L14',
  ],
  world: {
    clients: [client('client', ['close'], { writes: 0 })],
    server: passive,
    wire: { loss: 1 },
    sysctls: opened,
  },
}

const finWait2: Scenario = {
  name: 'FIN_WAIT2-after-close',
  shows:
    'the client has closed, the server takes its time: FIN_WAIT2 ends by itself, and whatever the server sends then is reset',
  properties: [
    'in-FIN_WAIT2',
    'FIN_WAIT2-over',
    'in-TIME_WAIT',
    'in-CLOSE_WAIT',
    'C1',
    'C9',
    'W5',
    'TM7',
    'B5',
    'B6',
    'L9',
    'L15',
  ],
  world: {
    clients: [client('client', ['close'], { writes: 0 })],
    server: { accepts: true, calls: ['send', 'close'], writes: 1 },
    sysctls: opened,
  },
}

const halfClosed: Scenario = {
  name: 'FIN_WAIT2-after-shutdown',
  shows: 'the same after shutdown(): FIN_WAIT2 has a process, no timer, and lasts until the server closes',
  properties: ['in-FIN_WAIT2', 'FIN_WAIT2-over', 'in-TIME_WAIT', 'C1', 'W5', 'B6', 'L9', 'L15'],
  world: {
    clients: [client('client', ['shutdown'], { writes: 0 })],
    server: closes,
    sysctls: opened,
  },
}

const longFinWait2: Scenario = {
  name: 'FIN_WAIT2-longer-than-TIME_WAIT',
  shows: 'tcp_fin_timeout of more than 60 s: a full socket and then a mini-socket, together only 2 · (T − 60 s)',
  properties: ['in-FIN_WAIT2', 'FIN_WAIT2-over', 'TM7', 'B5', 'L9'],
  world: {
    clients: [client('client', ['close'], { writes: 0 })],
    server: idle,
    sysctls: opened,
    durations: { finTimeout: 5 },
  },
}

const finalAckLost: Scenario = {
  name: 'final-ACK-lost',
  shows:
    'the last ACK is lost: LAST_ACK repeats its FIN, and TIME_WAIT, which is what it is for, acknowledges it again',
  properties: [
    'final-ACK-lost',
    'restarted',
    'in-LAST_ACK',
    'C7',
    'W1',
    'W2',
    'W3',
    'W5',
    'W8',
    'W12',
    'TM3',
    'L10',
    'L11',
    'L14',
  ],
  world: {
    clients: [client('client', ['close'], { writes: 0 })],
    server: passive,
    wire: { loss: 1 },
    sysctls: { ...opened, tcp_orphan_retries: 2 },
    durations: quick,
  },
}

const simultaneousClose: Scenario = {
  name: 'simultaneous-close',
  shows: 'both processes close at once: the FINs cross, both ends go through CLOSING to TIME_WAIT',
  properties: ['in-CLOSING', 'both-in-TIME_WAIT', 'C1', 'C2', 'C4', 'C5', 'C7', 'W1', 'W5', 'TM3', 'L10', 'L11', 'L14'],
  world: {
    clients: [client('client', ['close'], { writes: 0 })],
    server: closes,
    wire: { loss: 1 },
    sysctls: opened,
  },
}

const halfClose: Scenario = {
  name: 'half-close',
  shows: 'shutdown(SHUT_WR) ends one direction: the other goes on, and its text is taken, acknowledged and read',
  properties: ['in-CLOSE_WAIT', 'text-after-FIN', 'C1', 'C2', 'C6', 'C14', 'DT1', 'DT6', 'DT7', 'B6', 'L15', 'L16'],
  world: {
    clients: [client('client', ['send', 'shutdown', 'recv'])],
    server: { accepts: true, calls: ['send', 'close'], writes: 1 },
    sysctls: opened,
  },
}

export const finStories: readonly Scenario[] = [
  finLost,
  finWait2,
  halfClosed,
  longFinWait2,
  finalAckLost,
  simultaneousClose,
  halfClose,
]
