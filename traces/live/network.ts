/** Two hosts: a network namespace each, with an interface whose other end is ours. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { HostName } from '../conformance/folder.ts'
import { Namespace, PacketSocket } from './native.ts'
import { RECORDED } from './recorded-settings.ts'
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

/** Older kernels have fewer settings: `net.ipv4.tcp_syn_linear_timeouts` came with 6.5. */
export const isSetting = (name: string): boolean => existsSync(`/proc/sys/${name.replaceAll('.', '/')}`)

/** What else is said of the route to the other host: `rto_min 1s`, `quickack 1`. */
export type RouteOptions = string

let made = 0

export class Network {
  readonly #between: Namespace
  readonly hosts: Readonly<Record<HostName, Host>>
  /** As they are when the run begins. */
  readonly settings: Readonly<Record<HostName, Readonly<Record<string, string>>>>

  /** @throws Error where namespaces or interfaces cannot be made */
  constructor(settings: Readonly<Record<HostName, Settings>>, route?: RouteOptions) {
    this.#between = Namespace.create()
    const id = made++
    const namespaces = { client: Namespace.create(), server: Namespace.create() }
    const nameOf = (h: HostName) => `${h[0]}${id}`
    ip(
      this.#between,
      HOSTS.flatMap((h) => [
        `link add w${nameOf(h)} type veth peer name ${nameOf(h)} address ${MAC[h]} netns ${namespaces[h].path}`,
        `link set w${nameOf(h)} up`,
      ]),
    )
    const host = (h: HostName): Host => this.#host(h, namespaces[h], nameOf(h), settings[h], route)
    this.hosts = { client: host('client'), server: host('server') }
    this.settings = { client: printed(this.hosts.client), server: printed(this.hosts.server) }
  }

  #host(h: HostName, namespace: Namespace, id: string, settings: Settings, route?: RouteOptions): Host {
    ip(namespace, [
      'link set lo up',
      `addr add ${ADDRESS[h]}/24 dev ${id}`,
      `link set ${id} arp off up`,
      `neigh replace ${ADDRESS[other(h)]} lladdr ${MAC[other(h)]} dev ${id} nud permanent`,
      ...(route ? [`route replace 10.77.0.0/24 dev ${id} src ${ADDRESS[h]} ${route}`] : []),
    ])
    for (const [name, value] of Object.entries({ ...ALWAYS, ...settings })) {
      const setting = `net.${name === 'somaxconn' ? 'core' : 'ipv4'}.${name}`
      if (isSetting(setting)) namespace.sysctl(setting, value)
    }
    return { namespace, link: this.#between.inside(() => new PacketSocket(`w${id}`)) }
  }

  /** The frame with the addresses of Ethernet that its receiver expects. */
  addressed(from: HostName, frame: Uint8Array): Uint8Array {
    const bytes = (mac: string) => mac.split(':').map((byte) => Number.parseInt(byte, 16))
    frame.set([...bytes(MAC[other(from)]), ...bytes(MAC[from])])
    return frame
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

const printed = ({ namespace }: Host): Readonly<Record<string, string>> =>
  Object.fromEntries(RECORDED.filter(isSetting).map((name) => [name, namespace.sysctl(name)]))

const ip = (where: Namespace, lines: readonly string[]): void => {
  where.inside(() =>
    execFileSync('ip', ['-batch', '-'], { input: `${lines.join('\n')}\n`, stdio: ['pipe', 'ignore', 'pipe'] }),
  )
}
