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

/** The wire keeps order and loses nothing, so that little happens but what these are about. */
const smaller: Scenario['world'] = {
  ...world,
  clients: [client('client', ['send', 'close'], { connects: 2, again: 'after TIME_WAIT' })],
  wire: { capacity: 2, reordering: 1, expiry: 'may die' },
  finalAckSafe: true,
}

const oldDuplicatesShort: Scenario = {
  name: 'old-duplicates-short-TIME_WAIT',
  shows: 'the same with a TIME_WAIT of 1 MSL: text of the old incarnation is taken by the new one',
  properties: ['reincarnated', 'old-segment-meets-new', 'W7', 'W1'],
  world: { ...smaller, durations: { timeWait: 2 } },
}

const oldDuplicatesNewNumbers: Scenario = {
  name: 'old-duplicates-newer-numbers',
  shows:
    'the same short TIME_WAIT, but the new incarnation begins beyond the window of the old one: nothing old is taken',
  properties: ['reincarnated', 'old-segment-meets-new', 'W7'],
  world: { ...smaller, isnStep: 50, durations: { timeWait: 2 } },
}

/** Numbers that have come round are the same numbers again. */
const oldDuplicatesWrapped: Scenario = {
  name: 'old-duplicates-wrapped',
  shows:
    'the same short TIME_WAIT, and newer numbers that have come round: they lie in the window of what is old again',
  properties: ['reincarnated', 'old-segment-meets-new', 'W7'],
  world: { ...smaller, isnStep: 2 ** 32 - 1, durations: { timeWait: 2 } },
}

export const oldDuplicatesStories: readonly Scenario[] = [
  oldDuplicatesShort,
  oldDuplicatesNewNumbers,
  oldDuplicatesWrapped,
]
