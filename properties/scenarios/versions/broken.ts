/** Each breaks one property, in the version or by the corner that breaks it in a kernel, in a world no larger than that takes. */
import { type Segment, seq } from '../../../model/index.ts'
import { client, rival, type Scenario } from '../../scenario.ts'

const at = (flags: Segment['flags'], from: number, len = 0, ack?: number): Segment => ({
  flags,
  seq: seq(from),
  len,
  ...(ack === undefined ? {} : { ack: seq(ack) }),
})

/** To 4.9 a full accept queue goes on making requests, as long as no more than one is young: every one of them a ghost. */
export const systematicGhost: Scenario = {
  name: 'systematic-ghost',
  shows: 'to 4.9 a full accept queue still answers a SYN: a ghost needs no race, only a process that does not accept',
  properties: ['GHOST', 'Q9', 'Q1', 'Q11', 'DT4', 'L3', "L3'", 'L4'],
  world: {
    kernel: 'linux-4.9',
    backlog: 1,
    queued: 2,
    clients: [client('client', ['send'])],
    server: { accepts: true, calls: [], writes: 0 },
  },
}

/** q ≥ B with B = 0 is true of an empty queue. */
export const deadBacklog0: Scenario = {
  name: 'dead-backlog-0',
  shows: 'from 4.4 to 6.12, without cookies: no client can ever connect to a listener with backlog 0',
  properties: ['BOTH', 'refused-by-full-SYN-queue', 'Q13', 'Q2', "Q2'", 'L1', 'L7'],
  world: {
    kernel: 'linux-6.1',
    backlog: 0,
    clients: [rival, rival],
    server: { accepts: true, calls: [], writes: 0 },
  },
}

/** CVE-2026-68118: before, a stranger has to guess no more than the window. */
export const inexactReset: Scenario = {
  name: 'inexact-reset',
  shows: 'before 2026 any RST in the window kills a request; since then only the exact one',
  properties: ['BOTH', 'request-killed', 'H8', 'N7', 'L2'],
  world: {
    kernel: 'linux-6.1',
    clients: [rival],
    server: { accepts: true, calls: [], writes: 0 },
    wire: { forgery: 1, forged: [at('R', 103)] },
  },
}

/** The hash of a cookie has room for the index of an MSS, and a number up to three too high passes for one. */
export const cookieSkipsByte: Scenario = {
  name: 'cookie-skips-a-byte',
  shows: 'a cookie vouches for numbers that are up to three too high: lost text is skipped, and neither end is told',
  properties: ['BOTH', 'cookie-child', 'H1', 'H3', 'H14', 'H15', 'Q6', 'DT1', "DT1'", 'N6'],
  world: {
    clients: [client('client', ['send'], { writes: 2 })],
    server: { accepts: true, calls: [], writes: 0 },
    wire: { loss: 2, capacity: 2 },
    sysctls: { tcp_syncookies: 2, tcp_retries2: 0 },
  },
}

/** A FIN_WAIT2 without a process is a mini-socket, and that knows no challenge ACK. */
export const synAtFinWait2: Scenario = {
  name: 'SYN-at-FIN_WAIT2',
  shows: 'one SYN in the window ends a connection whose server has closed and whose client has not',
  properties: ['in-FIN_WAIT2', 'H9', 'P1', 'N12'],
  world: {
    clients: [rival],
    server: { accepts: true, calls: ['close'], writes: 0 },
    wire: { forgery: 1, forged: [at('S', 104)] },
  },
}

/** The request forgives the SYN, the child does not. */
export const synAckWithText: Scenario = {
  name: 'SYN-ACK-with-text',
  shows: 'a forged SYN+ACK with text makes a child that waits in the accept queue in SYN_RECV',
  properties: ['BOTH', 'Q7', 'H1', 'H15', 'Q1'],
  world: {
    clients: [rival],
    server: { accepts: true, calls: [], writes: 0 },
    wire: { forgery: 1, forged: [at('S.', 100, 1, 501)] },
  },
}

/** Two CPUs ask for room before either has taken it. */
export const overfullQueue: Scenario = {
  name: 'overfull-queue',
  shows: 'two CPUs promote at once, and both find the last place: the accept queue holds one more than backlog + 1',
  properties: ['BOTH', 'FULL', 'Q1', "Q1'", 'Q4', 'Q5', "Q5'", 'Q6', 'Q8', 'L5', 'L6'],
  world: {
    backlog: 2,
    queued: 2,
    clients: [rival, rival],
    server: { accepts: true, calls: [], writes: 0 },
    smp: true,
    sysctls: { tcp_synack_retries: 0, tcp_syn_retries: 0 },
  },
}
