/** Where the verdicts per profile are decided. */
import { closingStories } from '../scenarios/closing/index.ts'
import { versions } from '../scenarios/versions/index.ts'
import type { VerdictWorld } from './world.ts'

const smallest = { plain: true, retries: 0, capacity: 1 }

/** Scenarios of closing that are about a setting or a stranger, not about a version. */
const closingModes: Readonly<Record<string, string>> = {
  'RST-in-the-window': 'forged RSTs',
  'TIME_WAIT-meets-segments': 'forged segments',
  'too-many-orphans': 'tcp_max_orphans reached',
  'no-room-for-TIME_WAIT': 'tcp_max_tw_buckets reached',
  'user-timeout': 'TCP_USER_TIMEOUT',
  'FIN_WAIT2-longer-than-TIME_WAIT': 'tcp_fin_timeout > 60',
  'TIME_WAIT-taken-over-by-bind': 'bind() before connect()',
}

/** Scenarios of versions that show a race, not a version. */
const modes: Readonly<Record<string, string>> = { 'overfull-queue': 'several CPUs at once' }

export const verdictWorlds: readonly VerdictWorld[] = [
  { scenario: 'handshake', bounds: {} },
  { scenario: 'strange-segments', bounds: {} },
  { scenario: 'ghost-connection', bounds: { ...smallest, retries: 1 } },
  { scenario: 'ghost-connection', variant: 'backlog 2', bounds: { ...smallest, backlog: 2, queued: 2 } },
  { scenario: 'abort-on-overflow', bounds: { ...smallest, retries: 1 }, mode: 'tcp_abort_on_overflow=1' },
  { scenario: 'accept-queue-backlog-0', bounds: {} },
  { scenario: 'accept-queue', bounds: { retries: 0 } },
  { scenario: 'time-wait', bounds: { retries: 0, loss: 0, duplication: 0, capacity: 1 } },
  { scenario: 'simultaneous-open', bounds: { retries: 0, loss: 0 } },
  { scenario: 'split-handshake', bounds: {} },
  { scenario: 'half-open-connection', bounds: {} },
  { scenario: 'reboot-into-the-window', bounds: {} },
  { scenario: 'ICMP-errors', bounds: {}, mode: 'what a router says' },
  { scenario: 'restarted-listener', bounds: {}, mode: 'the listener is closed' },
  { scenario: 'request-pruning', bounds: {} },
  { scenario: 'behind-one-NAT', bounds: {}, mode: 'tcp_tw_recycle=1' },
  ...versions.map(({ name }) => ({
    scenario: name,
    bounds: {},
    ...(modes[name] === undefined ? {} : { mode: modes[name] }),
  })),
  ...closingStories.map(({ name }) => ({
    scenario: name,
    bounds: {},
    ...(closingModes[name] === undefined ? {} : { mode: closingModes[name] }),
  })),
  { scenario: 'old-duplicates-short-TIME_WAIT', bounds: { retries: 0, capacity: 1 }, mode: 'TIME_WAIT of 1 MSL' },
  { scenario: 'old-duplicates-newer-numbers', bounds: { retries: 0, capacity: 1 } },
  { scenario: 'old-duplicates-wrapped', bounds: { retries: 0, capacity: 1 }, mode: 'TIME_WAIT of 1 MSL' },
  { scenario: 'old-duplicates', bounds: { retries: 0, capacity: 1 } },
]
