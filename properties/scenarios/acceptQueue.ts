import { rival, type Scenario } from '../scenario.ts'

const properties = [
  'FULL',
  'SYN-dropped',
  'Q1',
  "Q1'",
  'Q3',
  'Q4',
  'Q5',
  "Q5'",
  'Q6',
  'Q9',
  'Q10',
  'H4',
  'N1',
  'N2',
  'L5',
  'L6',
]

/**
 * backlog + 2 clients for a queue of `backlog`: one more than the queue takes, which is one more than its name says.
 * `accept-queue` has backlog 1; 0 and 2 have names of their own.
 */
const acceptQueue = (backlog: number): Scenario => ({
  name: backlog === 1 ? 'accept-queue' : `accept-queue-backlog-${backlog}`,
  shows: `a listener with backlog ${backlog} takes exactly ${backlog + 1} connections, and drops the SYN after that`,
  properties,
  world: {
    backlog,
    clients: Array.from({ length: backlog + 2 }, () => rival),
    server: { accepts: true, calls: [], writes: 0 },
  },
})

export const acceptQueues: Scenario[] = [acceptQueue(0), acceptQueue(1), acceptQueue(2)]
