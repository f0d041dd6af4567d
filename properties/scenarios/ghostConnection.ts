import { client, rival, type Scenario } from '../scenario.ts'

const everywhere = [
  'Q1',
  "Q1'",
  'Q3',
  'Q4',
  'Q5',
  "Q5'",
  'Q6',
  'Q8',
  'Q9',
  'Q10',
  'Q11',
  'Q12',
  'H4',
  'H5',
  'H6',
  'H7',
  'H8',
  'H11',
  'DT1',
  'DT2',
  "DT2'",
  'C1',
  'TM1',
  'TM4',
  'N1',
  'N2',
  'N9',
  'L1',
  'L5',
  'L6',
]

/** The last place of an accept queue, and two clients that want it. */
const world: Scenario['world'] = {
  backlog: 1,
  queued: 1,
  clients: [client('client', ['send', 'recv', 'shutdown', 'close', 'abort']), rival],
  server: { accepts: true, calls: ['recv'], writes: 0 },
  wire: { capacity: 2 },
}

export const ghostConnection: Scenario = {
  name: 'ghost-connection',
  shows: 'a client that is established while the server, its accept queue full, keeps it in SYN_RECV',
  properties: [
    'GHOST',
    'HALF-OPEN',
    'FULL',
    'ghost-recovers',
    ...everywhere,
    'L3',
    'L3-accept',
    "L3'",
    "L3'-accept",
    "L3''",
  ],
  world,
}

export const abortOnOverflow: Scenario = {
  name: 'abort-on-overflow',
  shows:
    'tcp_abort_on_overflow: a RST at promotion and nowhere else; the SYN that meets a full queue is still dropped in silence',
  properties: [
    'GHOST',
    'FULL',
    'reset-at-promotion',
    'SYN-dropped',
    ...everywhere,
    'L3',
    'L3-accept',
    "L3'",
    "L3'-accept",
    "L3''",
  ],
  world: { ...world, sysctls: { tcp_abort_on_overflow: 1 } },
}
