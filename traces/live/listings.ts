/** Both hosts' sockets as the kernel lists them again and again, and what their counters have gained. */
import type { CounterDeltas, HostName, Sample, StateLine } from '../conformance/folder.ts'
import type { Clock } from './clock.ts'
import { HOSTS, type Network } from './network.ts'
import { countersOf, socketsOf } from './proc.ts'

export class Listings {
  readonly states: Readonly<Record<HostName, StateLine[]>> = { client: [], server: [] }
  readonly samples: Readonly<Record<HostName, Sample[]>> = { client: [], server: [] }
  readonly #network: Network
  readonly #clock: Clock
  readonly #before: Readonly<Record<HostName, ReadonlyMap<string, number>>>
  /** State by socket, as last listed. */
  readonly #last: Record<HostName, ReadonlyMap<string, string>> = { client: new Map(), server: new Map() }

  constructor(network: Network, clock: Clock) {
    this.#network = network
    this.#clock = clock
    const { client, server } = network.hosts
    this.#before = { client: countersOf(client.namespace), server: countersOf(server.namespace) }
  }

  sample(): void {
    for (const h of HOSTS) {
      const at = this.#clock.time()
      const sockets = socketsOf(this.#network.hosts[h].namespace)
      this.samples[h].push({ from: at, to: this.#clock.time() })
      const last = this.#last[h]
      for (const [id, state] of sockets) if (last.get(id) !== state) this.states[h].push(lineOf(at, id, state))
      for (const id of last.keys()) if (!sockets.has(id)) this.states[h].push(lineOf(at, id, 'GONE'))
      this.#last[h] = sockets
    }
  }

  /** What has been counted since the beginning; nothing for what has not changed. */
  counters(h: HostName): CounterDeltas {
    const before = this.#before[h]
    const gained = [...countersOf(this.#network.hosts[h].namespace)].map(
      ([name, n]) => [name, n - (before.get(name) ?? 0)] as const,
    )
    return Object.fromEntries(gained.filter(([, n]) => n !== 0))
  }
}

const lineOf = (at: number, id: string, state: string): StateLine => {
  const [local, remote] = id.split(' ')
  return { at, local: local!, remote: remote!, state }
}
