/** A run as the bench of `conformance/` reads it. */
import { release } from 'node:os'
import type { Call, Recording } from '../conformance/folder.ts'
import type { Clock } from './clock.ts'
import type { Listings } from './listings.ts'
import { resolution } from './native.ts'
import { ADDRESS, type Network } from './network.ts'
import { captureOf } from './recorded.ts'
import type { Wire } from './wire.ts'

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
  return {
    name,
    kernel: release(),
    tick: resolution(),
    epoch: clock.epoch / 1000,
    addresses: ADDRESS,
    sysctls: network.settings,
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
