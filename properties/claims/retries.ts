/** What is said of how often SYN and SYN+ACK are repeated. */
import { type Claim, everywhere, until } from './claim.ts'
import { synAckRepeated, synRepeated, synWaitsDouble } from './timers.ts'
import { deafWire } from './worlds.ts'

const asShipped = ['tcp_syn_retries', 'tcp_syn_linear_timeouts'] as const

export const retryClaims: readonly Claim[] = [
  {
    id: 'six-syns-more',
    articles: ['experiments', 'tcp(7)'],
    says: 'By default a SYN is repeated six times, each wait twice the one before.',
    because:
      'Since 6.5 tcp_syn_linear_timeouts adds four, and the first five waits are 1 s each: 131 s in all, not 127.',
    source: 'linux: tcp_retransmit_timer, tcp_write_timeout',
    experiments: [
      { property: synRepeated(6), world: deafWire, shipped: asShipped, claimed: 'reached' },
      { property: synRepeated(7), world: deafWire, shipped: asShipped, claimed: 'not reached' },
      { property: synWaitsDouble, world: deafWire, shipped: asShipped, claimed: 'holds' },
    ],
    verdicts: until('linux-6.1', 'true', 'false'),
  },
  {
    id: 'five-syns-more',
    articles: ['table'],
    says: 'By default a SYN is repeated five times, for about three minutes.',
    because: 'That was so until 3.6: since 3.7 tcp_syn_retries is 6, and with a first timeout of 1 s that is 127 s.',
    source: 'linux: TCP_SYN_RETRIES',
    experiments: [{ property: synRepeated(6), world: deafWire, shipped: asShipped, claimed: 'not reached' }],
    verdicts: everywhere('false'),
  },
  {
    id: 'five-syn-acks-more',
    articles: ['experiments', 'table'],
    says: 'By default a SYN+ACK is repeated five times.',
    because: 'After that the request is deleted in silence, 63 s after the SYN.',
    source: 'linux: reqsk_timer_handler',
    experiments: [
      { property: synAckRepeated(5), world: deafWire, shipped: ['tcp_synack_retries'], claimed: 'reached' },
      { property: synAckRepeated(6), world: deafWire, shipped: ['tcp_synack_retries'], claimed: 'not reached' },
    ],
    verdicts: everywhere('true'),
  },
]
