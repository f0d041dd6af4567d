/** Two hosts: a network namespace each, with an interface whose other end is ours. */
import { execFileSync } from 'node:child_process'
import type { HostName } from '../conformance/folder.ts'
import { Namespace, PacketSocket } from './native.ts'
import type { Settings } from './script.ts'

export const HOSTS = ['client', 'server'] as const
export const ADDRESS = { client: '10.77.0.1', server: '10.77.0.2' } as const
const MAC = { client: '02:00:00:00:00:01', server: '02:00:00:00:00:02' } as const
export const other = (host: HostName): HostName => (host === 'client' ? 'server' : 'client')

/** Settings that make every run alike: no memory of earlier connections, no text held back. */
const ALWAYS = { tcp_no_metrics_save: 1, tcp_autocorking: 0 } as const

export interface Host {
  readonly namespace: Namespace
  /** Our end of its interface. */
  readonly link: PacketSocket
}

let made = 0

export class Network {
  readonly #between: Namespace
  readonly hosts: Readonly<Record<HostName, Host>>

  /** @throws Error where namespaces or interfaces cannot be made */
  constructor(settings: Readonly<Record<HostName, Settings>>) {
    this.#between = Namespace.create()
    const id = made++
    const host = (h: HostName): Host => this.#host(h, `${h[0]}${id}`, settings[h])
    this.hosts = { client: host('client'), server: host('server') }
  }

  #host(h: HostName, id: string, settings: Settings): Host {
    const namespace = Namespace.create()
    ip(this.#between, [
      `link add w${id} type veth peer name ${id} address ${MAC[h]} netns ${namespace.path}`,
      `link set w${id} up`,
    ])
    ip(namespace, [
      'link set lo up',
      `addr add ${ADDRESS[h]}/24 dev ${id}`,
      `link set ${id} arp off up`,
      `neigh replace ${ADDRESS[other(h)]} lladdr ${MAC[other(h)]} dev ${id} nud permanent`,
    ])
    for (const [name, value] of Object.entries({ ...ALWAYS, ...settings }))
      namespace.sysctl(`${name === 'somaxconn' ? 'net.core' : 'net.ipv4'}.${name}`, value)
    return { namespace, link: this.#between.inside(() => new PacketSocket(`w${id}`)) }
  }

  get fds(): readonly number[] {
    return HOSTS.map((h) => this.hosts[h].link.fd)
  }

  close(): void {
    for (const h of HOSTS) {
      this.hosts[h].link.close()
      this.hosts[h].namespace.close()
    }
    this.#between.close()
  }
}

const ip = (where: Namespace, lines: readonly string[]): void => {
  where.inside(() =>
    execFileSync('ip', ['-batch', '-'], { input: `${lines.join('\n')}\n`, stdio: ['pipe', 'ignore', 'pipe'] }),
  )
}
