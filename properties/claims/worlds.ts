/** Worlds that are just large enough to decide a claim. */
import { type Segment, seq } from '../../model/index.ts'
import { client, rival, type Scenario } from '../scenario.ts'

const world = (name: string, shows: string, world: Scenario['world']): Scenario => ({
  name,
  shows,
  properties: [],
  world,
})

const accepting = { accepts: true, calls: [], writes: 0 } as const
const busy = { accepts: false, calls: [], writes: 0 } as const

/** Room for one more in the accept queue, and for two in the SYN queue of every kernel. */
const lastPlace = { backlog: 2, queued: 2, server: accepting }

export const twoForOnePlace = world(
  'two-for-one-place',
  'two clients that connect for the last place of an accept queue',
  {
    ...lastPlace,
    clients: [rival, rival],
  },
)

export const oneWrites = world(
  'one-writes',
  'two clients that connect for the last place of an accept queue, one of which sends and closes',
  {
    ...lastPlace,
    clients: [client('client', ['send', 'close']), rival],
  },
)

export const fullHouse = world('full-house', 'three clients that connect to a full accept queue', {
  backlog: 3,
  queued: 4,
  clients: [rival, rival, rival],
  server: busy,
})

export const threeAtOnce = world('three-at-once', 'three clients that connect to a listener with backlog 1', {
  backlog: 1,
  clients: [rival, rival, rival],
  server: accepting,
})

export const backlogOfNone = world('backlog-0', 'two clients that connect to a listener with backlog 0', {
  backlog: 0,
  clients: [rival, rival],
  server: accepting,
})

export const deafWire = world('deaf-wire', 'a client that connects over a wire which may lose everything', {
  backlog: 1,
  clients: [rival],
  server: busy,
  wire: { loss: 20 },
})

/** A SYN+ACK with text, whose SYN the request forgives: RFC 9293 has no such client. */
const strange: Segment = { flags: 'S.', seq: seq(100), len: 1, ack: seq(501) }

export const strangeThirdAck = world('strange-third-ack', 'a client whose third ACK may be a SYN+ACK with text', {
  backlog: 1,
  clients: [rival],
  server: busy,
  wire: { forgery: 1, forged: [strange], capacity: 2 },
})
