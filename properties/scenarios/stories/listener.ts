/** What a listener lives through: another backlog, another setting, its end; and cookies instead of requests. */
import { client, rival, type Scenario } from '../../scenario.ts'

const patient = client('client', ['send'])

/** Nothing is evicted, so for a while the queue holds more than it may. */
export const loweredBacklog: Scenario = {
  name: 'lowered-backlog',
  shows:
    'listen() with a lower backlog on a live listener: no connection is evicted, and the queue holds more than backlog + 1',
  properties: ['BOTH', 'FULL', 'Q1', "Q1'", 'Q2', 'Q5', 'Q8', 'Q9', 'Q15', 'H6', 'L6'],
  world: {
    backlog: 2,
    clients: [rival, rival],
    server: { accepts: true, calls: [], writes: 0 },
    listener: { relistens: 0 },
  },
}

/** tcp_abort_on_overflow looks at ghosts only when they speak. */
export const abortSwitchedOn: Scenario = {
  name: 'abort-switched-on',
  shows:
    'tcp_abort_on_overflow set while a ghost waits: its next segment is answered with RST, silence goes on as before',
  properties: ['GHOST', 'reset-at-promotion', 'ghost-recovers', 'Q1', 'Q5', 'Q8', 'C1', 'L3', "L3'"],
  world: {
    backlog: 1,
    queued: 1,
    clients: [patient, rival],
    server: { accepts: true, calls: [], writes: 0 },
    listener: { sysctls: { tcp_abort_on_overflow: 1 } },
  },
}

/** Requests notice when their timer fires or a segment comes; children are reset. */
export const listenerClosed: Scenario = {
  name: 'listener-closed',
  shows:
    'close() of a listener: queued children are reset, requests stay until a timer or a segment, and a client that connects now is refused',
  properties: ['BOTH', 'buried', 'request-outlives-listener', 'refused', 'Q8', 'H4', 'H5', 'DT1', 'N9', "L3'", 'C15'],
  world: {
    backlog: 1,
    clients: [patient],
    server: { accepts: true, calls: [], writes: 0 },
    listener: { ends: 'close' },
  },
}

/** The bare ACK that ends every handshake says nothing: wait for text. */
export const deferAccept: Scenario = {
  name: 'defer-accept',
  shows:
    'TCP_DEFER_ACCEPT: a bare third ACK leaves the request as it is until its time is up; text completes it at once',
  properties: ['BOTH', 'deferred', 'in-by-data', 'in-by-ACK', 'Q1', 'H4', 'H5', 'H6', 'H17', 'DT1', 'L5'],
  world: {
    clients: [patient],
    server: { accepts: true, calls: [], writes: 0 },
    options: { deferAccept: 1 },
    sysctls: { tcp_synack_retries: 1 },
  },
}

/** A SYN queue that is full goes on answering, and keeps nothing. */
export const cookieGhost: Scenario = {
  name: 'cookie-ghost',
  shows:
    'a ghost that leaves no trace: the cookie is acknowledged, the accept queue is full, and the server knows nothing',
  properties: ['cookie-ghost', 'cookie-child', 'HALF-OPEN', 'Q1', 'Q6', 'H14', 'H15', 'L3', "L3'"],
  world: {
    backlog: 1,
    queued: 1,
    clients: [patient, rival],
    server: { accepts: true, calls: [], writes: 0 },
    sysctls: { tcp_syncookies: 2, tcp_synack_retries: 0 },
  },
}

const flood = { backlog: 1, server: { accepts: true, calls: [], writes: 0 } } as const

/** Requests never completed fill the SYN queue; a real SYN is turned away. */
export const synFlood: Scenario = {
  name: 'SYN-flood',
  shows: 'requests that no client completes fill the SYN queue, and a SYN after them is dropped',
  properties: ['BOTH', 'refused-by-full-SYN-queue', 'cookie-child', 'Q1', 'Q2', "Q2'", 'Q4', 'Q8', 'L2', 'B1'],
  world: { ...flood, clients: [rival, rival, rival], sysctls: { tcp_synack_retries: 0, tcp_syn_retries: 0 } },
}

export const synFloodWithCookies: Scenario = {
  name: 'SYN-flood-with-cookies',
  shows: 'the same with tcp_syncookies: a client that is turned away without them gets in by a cookie',
  properties: ['BOTH', 'refused-by-full-SYN-queue', 'cookie-child', 'Q1', 'Q2', "Q2'", 'Q4', 'Q8', 'H14', 'L2', 'B3'],
  world: {
    ...flood,
    clients: [rival, rival, rival],
    sysctls: { tcp_syncookies: 1, tcp_synack_retries: 0, tcp_syn_retries: 0 },
  },
}

export const listenerStories: readonly Scenario[] = [
  loweredBacklog,
  abortSwitchedOn,
  listenerClosed,
  deferAccept,
  cookieGhost,
  synFlood,
  synFloodWithCookies,
]
