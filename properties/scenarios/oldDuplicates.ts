import { client, type Scenario } from '../scenario.ts'

/**
 * Two incarnations of one 4-tuple, in the worst case: the same initial sequence numbers, no timestamps, a wire that
 * reorders at will and lets segments die of age. The client connects again only from a TIME_WAIT of its own. It sends each SYN once: an old SYN that comes late would open a second connection from the passive
 * side, whose SYN+ACKs outlive any TIME_WAIT (`--set tcp_syn_retries=1` shows it).
 */
const world: Scenario['world'] = {
  clients: [client('client', ['send', 'close'], { connects: 2, again: 'after TIME_WAIT' })],
  server: { accepts: true, calls: ['close', 'recv'], writes: 0 },
  wire: { capacity: 2, reordering: 'free', expiry: 'may die' },
  sysctls: { tcp_syn_retries: 0 },
  isnStep: 0,
  history: true,
}

export const oldDuplicates: Scenario = {
  name: 'old-duplicates',
  shows:
    'why TIME_WAIT lasts 2 MSL: no segment of an old incarnation is accepted by a new one, if the last ACK arrives',
  properties: ['reincarnated', 'old-segment-meets-new', 'W7', 'W1'],
  world: { ...world, finalAckSafe: true },
}

export const oldDuplicatesAckLost: Scenario = {
  name: 'old-duplicates-ack-lost',
  shows:
    'the same when the last ACK may be lost: 2 MSL do not suffice, for the passive side still answers from LAST_ACK',
  properties: ['reincarnated', 'old-segment-meets-new', 'W7', 'W1'],
  world: {
    ...world,
    clients: [client('client', ['close'], { connects: 2, again: 'after TIME_WAIT', writes: 0 })],
    server: { accepts: true, calls: ['close'], writes: 0, closesAfterPeer: true },
    wire: { capacity: 2, reordering: 2, loss: 1 },
    sysctls: { tcp_orphan_retries: 2 },
  },
}
