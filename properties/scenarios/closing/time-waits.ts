/** TIME_WAIT: what it answers, what ends it, what takes its place, and where there is none. */
import { client, rival, type Scenario } from '../../scenario.ts'
import { at, closes, opened, quick } from './worlds.ts'

const passive = { ...closes, closesAfterPeer: true } as const
const offers = { mss: 1460, windowScale: 7, clock: 1000 }

/** The server closes first, so that strangers speak to the server and meet a TIME_WAIT that expects 102. */
const meetsSegments: Scenario = {
  name: 'TIME_WAIT-meets-segments',
  shows: 'what a FIN, a SYN, an ACK and a RST, each once in sequence and once not, do to TIME_WAIT',
  properties: ['in-TIME_WAIT', 'restarted', 'assassinated', 'reopened', 'W2', 'W3', 'W6', 'W8', 'W9', 'W12', 'L11'],
  world: {
    clients: [client('client', ['close'], { writes: 0, closesAfterPeer: true })],
    server: closes,
    wire: {
      forgery: 1,
      forged: [
        at('F.', 101, 0, 502),
        at('F', 101),
        at('S', 120),
        at('S', 90),
        at('.', 102, 0, 502),
        at('.', 95, 1, 502),
        at('R', 102),
        at('R', 104),
      ],
    },
    sysctls: opened,
    durations: quick,
  },
}

const assassination: Scenario = {
  name: 'assassination',
  shows:
    'RFC 1337: an old duplicate makes TIME_WAIT send its ACK, the peer, which knows nothing any more, answers with a RST, and that ends TIME_WAIT',
  properties: ['in-TIME_WAIT', 'assassinated', 'W1', 'W3', 'W12', 'P2', 'L11'],
  world: {
    clients: [client('client', ['shutdown', 'recv'], { writes: 0 })],
    server: { accepts: true, calls: ['send', 'close'], writes: 1 },
    wire: { capacity: 2, duplication: 1, reordering: 1 },
    sysctls: opened,
    durations: quick,
  },
}

const assassinationForbidden: Scenario = {
  name: 'assassination-forbidden',
  shows: 'tcp_rfc1337: the same RST leaves TIME_WAIT as it is',
  properties: assassination.properties,
  world: { ...assassination.world, sysctls: { ...opened, tcp_rfc1337: 1 } },
}

const takenOver: Scenario = {
  name: 'TIME_WAIT-taken-over',
  shows: 'tcp_tw_reuse: connect() takes the ports of a TIME_WAIT that is a second old and knows a timestamp',
  properties: ['taken-over', 'in-TIME_WAIT', 'BOTH', 'W6', 'W7', 'W11', 'L1'],
  world: {
    clients: [client('client', ['close'], { writes: 0, connects: 2, again: 'over TIME_WAIT' })],
    server: passive,
    offers,
    sysctls: { ...opened, tcp_tw_reuse: 1 },
    durations: { ...quick, reuseDelay: 2 },
    history: true,
  },
}

const takenOverAtOnce: Scenario = {
  name: 'TIME_WAIT-taken-over-by-bind',
  shows:
    'a port that the process binds itself: connect() takes over a TIME_WAIT of any age, whatever tcp_tw_reuse says',
  properties: takenOver.properties,
  world: {
    ...takenOver.world,
    clients: [client('client', ['close'], { writes: 0, connects: 2, again: 'over TIME_WAIT', binds: true })],
    sysctls: { ...opened, tcp_tw_reuse: 0 },
  },
}

const portsUsedUp: Scenario = {
  name: 'ports-used-up',
  shows: 'without timestamps no TIME_WAIT is taken over: connect() fails with EADDRNOTAVAIL until one has ended',
  properties: ['in-TIME_WAIT', 'taken-over', 'reincarnated', 'W1', 'W7', 'L1', 'L11'],
  world: {
    clients: [client('client', ['close'], { writes: 0, connects: 2, again: 'over TIME_WAIT' })],
    server: passive,
    sysctls: { ...opened, tcp_tw_reuse: 1 },
    durations: quick,
    history: true,
  },
}

const noRoom: Scenario = {
  name: 'no-room-for-TIME_WAIT',
  shows:
    'tcp_max_tw_buckets is reached: the connection is closed at once, and a FIN that comes again is answered with RST',
  properties: ['no-room', 'in-TIME_WAIT', 'W4', 'W5', 'W8', 'N11', 'TM9', 'L14'],
  world: {
    clients: [client('client', ['close', 'shutdown'], { writes: 0 })],
    server: closes,
    timeWaitFull: true,
    wire: { loss: 1 },
    sysctls: opened,
    durations: quick,
  },
}

const lostToFullQueue: Scenario = {
  name: 'TIME_WAIT-lost-to-a-full-queue',
  shows:
    'a SYN that TIME_WAIT lets through meets a full accept queue: it is dropped, and TIME_WAIT is gone all the same',
  properties: ['in-TIME_WAIT', 'SYN-dropped', 'W9', 'W10', 'Q1'],
  world: {
    backlog: 0,
    clients: [client('client', ['close'], { writes: 0, connects: 2, closesAfterPeer: true }), rival],
    server: closes,
    sysctls: opened,
    durations: quick,
  },
}

export const timeWaitStories: readonly Scenario[] = [
  meetsSegments,
  assassination,
  assassinationForbidden,
  takenOver,
  takenOverAtOnce,
  portsUsedUp,
  noRoom,
  lostToFullQueue,
]
