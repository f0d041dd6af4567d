/** One thing goes wrong on the way in. */
import { type Segment, seq } from '../../../model/index.ts'
import { client, rival, type Scenario } from '../../scenario.ts'

const patient = client('client', ['send'])
const server = { accepts: true, calls: [], writes: 0 } as const

const at = (flags: Segment['flags'], from: number, ack?: number): Segment => ({
  flags,
  seq: seq(from),
  len: 0,
  ...(ack === undefined ? {} : { ack: seq(ack) }),
})

export const lostOnTheWayIn: Scenario = {
  name: 'lost-on-the-way-in',
  shows: 'a SYN, a SYN+ACK or a third ACK is lost: each is sent again, and text makes up for a lost ACK',
  properties: [
    'BOTH',
    'SYN-lost',
    'SYN-ACK-lost',
    'third-ACK-lost',
    'in-by-ACK',
    'in-by-data',
    'Q8',
    'H4',
    'H5',
    'H6',
    'DT1',
    'DT2',
    'L1',
  ],
  world: { clients: [patient], server, wire: { loss: 1 } },
}

export const exhaustedGhost: Scenario = {
  name: 'exhausted-ghost',
  shows: 'a ghost whose SYN+ACKs run out: the server forgets it, and answers what it says next with RST',
  properties: ['GHOST', 'ghost-recovers', 'ghost-forgotten', 'HALF-OPEN', 'Q1', 'Q4', 'H11', 'L2', 'L3', "L3'"],
  world: {
    backlog: 1,
    queued: 1,
    clients: [patient, rival],
    server,
    sysctls: { tcp_synack_retries: 0, tcp_retries2: 2 },
  },
}

export const recoveredGhost: Scenario = {
  name: 'recovered-ghost',
  shows: 'accept() frees a place, and whatever the ghost sends next takes it: text, or the ACK of a repeated SYN+ACK',
  properties: [
    'GHOST',
    'ghost-recovers',
    'in-by-data',
    'in-by-ACK',
    'BOTH',
    'Q1',
    'Q6',
    'H6',
    'DT1',
    'DT4',
    'L3-accept',
    "L3'-accept",
  ],
  world: { backlog: 1, queued: 1, clients: [patient, rival], server, sysctls: { tcp_retries2: 2 } },
}

export const rebootedClient: Scenario = {
  name: 'rebooted-client',
  shows: 'a client that forgets its attempt and connects anew from the same port meets its own request',
  properties: ['BOTH', 'request-killed', 'Q4', 'Q8', 'Q12', 'H8', 'H15', 'DT1', 'L1'],
  world: {
    clients: [client('client', ['abort'], { connects: 2 })],
    server,
    wire: { loss: 1 },
  },
}

export const resetInTheQueue: Scenario = {
  name: 'reset-in-the-queue',
  shows: 'a child that is reset before anybody accepts it keeps its place, and accept() returns it',
  properties: ['BOTH', 'FULL', 'dead-in-the-queue', 'Q1', 'Q5', "Q5'", 'Q7', 'Q8', 'Q16', 'L5'],
  world: { backlog: 1, queued: 1, clients: [client('client', ['abort'])], server },
}

export const badThirdAcks: Scenario = {
  name: 'bad-third-ACKs',
  shows: 'an ACK of another number is answered with RST, an old duplicate with an ACK; the request stays',
  properties: ['BOTH', 'refused-bad-ACK', 'Q4', 'Q8', 'H1', 'H5', 'H6', 'H7', 'DT1'],
  world: {
    clients: [rival],
    server,
    wire: { forgery: 1, forged: [at('.', 101, 502), at('.', 101, 400), at('.', 99, 501), at('F.', 101, 777)] },
  },
}

export const anotherSyn: Scenario = {
  name: 'another-SYN',
  shows: 'another SYN for a request: the same one is answered again, one of another number only with an ACK',
  properties: ['BOTH', 'Q4', 'Q8', 'Q12', 'H5', 'H15', 'DT1', 'B4', 'TM10'],
  world: {
    clients: [rival],
    server,
    wire: { forgery: 1, forged: [at('S', 100), at('S', 104), at('S', 99)] },
  },
}

export const synQueueLimit: Scenario = {
  name: 'SYN-queue-limit',
  shows: 'the SYN queue takes backlog + 1 requests, and the SYN after these is dropped',
  properties: ['refused-by-full-SYN-queue', 'BOTH', 'Q2', "Q2'", 'Q3', 'Q4', 'Q8'],
  world: { backlog: 0, clients: [rival, rival], server, sysctls: { tcp_syn_retries: 0 } },
}

export const handshakeStories: readonly Scenario[] = [
  lostOnTheWayIn,
  recoveredGhost,
  exhaustedGhost,
  rebootedClient,
  resetInTheQueue,
  badThirdAcks,
  anotherSyn,
  synQueueLimit,
]
