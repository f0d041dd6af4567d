/** RSTs: forged ones, and those with which a process or a kernel ends a connection. */
import { client, rival, type Scenario } from '../../scenario.ts'
import { at, closes, idle, opened, quick } from './worlds.ts'

/** The server expects 101 while the client has sent nothing but its SYN. */
const resetInTheWindow: Scenario = {
  name: 'RST-in-the-window',
  shows:
    'a forged RST ends a connection with the exact number only; in the window it is challenged, out of it ignored; FIN_WAIT2 without a process knows neither rule',
  properties: ['challenged', 'reset-by-a-stranger', 'C1', 'C12', 'C13', 'N9', 'TM9'],
  world: {
    clients: [rival],
    server: closes,
    wire: { forgery: 1, forged: [at('R', 101), at('R', 103), at('R', 90), at('R', 120)] },
    sysctls: opened,
  },
}

const synInTheWindow: Scenario = {
  name: 'SYN-in-the-window',
  shows: 'a forged SYN, in the window or not, is answered with a challenge ACK and ends no connection',
  properties: ['challenged', 'BOTH', 'P1', 'H9', 'N12', 'DT9', 'C1'],
  world: {
    clients: [client('client', ['send', 'close'])],
    server: idle,
    wire: { forgery: 1, forged: [at('S', 103), at('S', 100), at('S', 90)] },
    sysctls: opened,
  },
}

const serverReboots: Scenario = {
  name: 'server-reboots',
  shows: "the server's host crashes: the client hears of it when it sends, by a RST, and never if it is silent",
  properties: ['HALF-OPEN', 'reset-by-the-peer', 'L16'],
  world: {
    clients: [client('client', ['send'])],
    server: { accepts: true, calls: ['crash'], writes: 0 },
    sysctls: opened,
    durations: quick,
  },
}

const dataAfterClose: Scenario = {
  name: 'data-after-close',
  shows:
    'text that comes after close() is answered with RST: in FIN_WAIT1 and FIN_WAIT2 alike, its writer loses the connection',
  properties: ['data-after-close', 'reset-by-the-peer', 'DT8', 'C9', 'N9', 'L16'],
  world: {
    clients: [client('client', ['send'])],
    server: closes,
    sysctls: opened,
  },
}

const unreadAtClose: Scenario = {
  name: 'unread-at-close',
  shows: 'close() while text waits to be read sends RST instead of FIN, and the writer may lose what it was sent',
  properties: ['aborted-unread', 'reset-by-the-peer', 'DT10', 'C8', 'C9', 'N9'],
  world: {
    clients: [client('client', ['send', 'recv'])],
    server: { accepts: true, calls: ['send', 'recv', 'close'], writes: 1 },
    sysctls: opened,
  },
}

const lingerZero: Scenario = {
  name: 'SO_LINGER-0',
  shows: 'close() with SO_LINGER 0 sends RST in every state, and no TIME_WAIT comes of it',
  properties: ['aborted', 'in-TIME_WAIT', 'C1', 'N9', 'TM9'],
  world: {
    clients: [client('client', ['abort'], { writes: 0 })],
    server: { accepts: true, calls: ['abort', 'close'], writes: 0 },
    sysctls: opened,
  },
}

const shutRd: Scenario = {
  name: 'shutdown-RD',
  shows:
    'shutdown(SHUT_RD) sends nothing and text is still taken; once writing is shut, too, text is answered with RST',
  properties: ['shut-and-taken', 'data-after-close', 'C1', 'C2', 'DT1', 'N9'],
  world: {
    clients: [client('client', ['SHUT_RD', 'SHUT_RDWR'], { writes: 0 })],
    server: { accepts: true, calls: ['send'], writes: 1 },
    sysctls: opened,
  },
}

const oldSegments: Scenario = {
  name: 'answers-withheld-in-ESTABLISHED',
  shows: 'tcp_invalid_ratelimit: of two old segments without text that come one after the other the first is answered',
  properties: ['answer-withheld', 'BOTH', 'TM6', 'C1', 'DT9'],
  world: {
    clients: [rival],
    server: idle,
    wire: { forgery: 2, capacity: 2, forged: [at('.', 90, 0, 501)] },
    sysctls: opened,
    durations: { ...quick, invalidRatelimit: 2 },
  },
}

export const resetStories: readonly Scenario[] = [
  resetInTheWindow,
  synInTheWindow,
  serverReboots,
  dataAfterClose,
  unreadAtClose,
  lingerZero,
  shutRd,
  oldSegments,
]
