/** A run as the bench of `conformance/` reads it. */
import { release } from 'node:os'
import type { Call, HostName, Recording } from '../conformance/folder.ts'
import type { Clock } from './clock.ts'
import type { Listings } from './listings.ts'
import { resolution } from './native.ts'
import { ADDRESS, isSetting, type Network } from './network.ts'
import { captureOf } from './recorded.ts'
import type { Wire } from './wire.ts'

/** Settings that decide what is compared. */
const RECORDED = [
  'net.core.somaxconn',
  ...[
    'tcp_max_syn_backlog',
    'tcp_syncookies',
    'tcp_abort_on_overflow',
    'tcp_syn_retries',
    'tcp_syn_linear_timeouts',
    'tcp_synack_retries',
    'tcp_timestamps',
    'tcp_window_scaling',
    'tcp_sack',
    'tcp_retries2',
    'tcp_orphan_retries',
    'tcp_rfc1337',
    'tcp_fin_timeout',
    'tcp_invalid_ratelimit',
    'tcp_max_tw_buckets',
    'tcp_challenge_ack_limit',
    'tcp_no_metrics_save',
    'tcp_tw_reuse',
    'tcp_tw_reuse_delay',
    'tcp_keepalive_time',
    'tcp_keepalive_intvl',
    'tcp_keepalive_probes',
  ].map((name) => `net.ipv4.${name}`),
]

export interface Recorded {
  readonly network: Network
  readonly clock: Clock
  readonly wire: Wire
  readonly listings: Listings
  readonly calls: readonly Call[]
}

export const recordingOf = (name: string, { network, clock, wire, listings, calls }: Recorded): Recording => {
  const to = clock.time()
  const counters = { client: listings.counters('client'), server: listings.counters('server') }
  const sysctls = (h: HostName) =>
    Object.fromEntries(RECORDED.filter(isSetting).map((name) => [name, network.hosts[h].namespace.sysctl(name)]))
  return {
    name,
    kernel: release(),
    tick: resolution(),
    epoch: clock.epoch / 1000,
    addresses: ADDRESS,
    sysctls: { client: sysctls('client'), server: sysctls('server') },
    counted: { from: Number.NEGATIVE_INFINITY, to },
    calls,
    wire: wire.lines,
    samples: listings.samples,
    stalls: wire.stalls,
    states: listings.states,
    counters,
    packets: { client: captureOf(wire.packets.client), server: captureOf(wire.packets.server) },
  }
}
