/** A client's host crashes and comes back: the server's half of the connection is still there. */
import { client, type Scenario } from '../../scenario.ts'

/** Nothing is on its way for longer than a moment: a slow wire can outlast any number of retries. */
const world: Scenario['world'] = {
  clients: [client('client', ['crash'], { connects: 2, writes: 0 })],
  server: { accepts: true, calls: [], writes: 0 },
  wire: { capacity: 2 },
  durations: { msl: 1 },
  sysctls: { tcp_syn_retries: 2 },
  history: true,
}

export const halfOpen: Scenario = {
  name: 'half-open-connection',
  shows: 'a crashed client connects anew: its SYN is answered with an ACK, that with a RST, and the SYN comes again',
  properties: ['BOTH', 'reincarnated', 'meets-own-request', 'request-killed', 'H9', 'Q8', 'P1', 'L1', 'L13'],
  world: { ...world, isnStep: 50 },
}

/** The window is 8 bytes. */
export const intoTheWindow: Scenario = {
  name: 'reboot-into-the-window',
  shows:
    'the same with a number in the window of its old request: that is deleted with a RST, and connect() is refused, once',
  properties: ['BOTH', 'refused', 'request-killed', 'Q8', 'L1', 'L13'],
  world: { ...world, isnStep: 4 },
}

export const rebootStories: readonly Scenario[] = [halfOpen, intoTheWindow]
