/**
 * One run on this kernel: two network namespaces with a veth pair each, whose other ends are this process: it is the wire between
 * them, and makes the system calls of both hosts. What happens is recorded as the bench of `conformance/` reads it.
 */
import { execFileSync } from 'node:child_process'
import { release } from 'node:os'
import { match } from 'ts-pattern'
import type { Capture, Packet } from '../capture.ts'
import type { Call, HostName, Recording, Sample, StateLine, WireLine } from '../conformance/folder.ts'
import { framed, withChecksum } from './frame.ts'
import { Namespace, now, type Outcome, PacketSocket, TcpSocket } from './native.ts'
import { countersOf, socketsOf } from './proc.ts'
import type { Fate, Script, SocketOptionValues, Step } from './script.ts'

const HOSTS = ['client', 'server'] as const
const ADDRESS = { client: '10.77.0.1', server: '10.77.0.2' } as const
const MAC = { client: '02:00:00:00:00:01', server: '02:00:00:00:00:02' } as const
const other = (host: HostName): HostName => (host === 'client' ? 'server' : 'client')

/** How often the sockets are listed, ms. */
const SAMPLING = 25

/** Settings that make every run alike: no memory of earlier connections, no text held back. */
const ALWAYS = { tcp_no_metrics_save: 1, tcp_autocorking: 0 } as const

/** Settings that decide what is compared: recorded with the run. */
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
    'tcp_no_metrics_save',
  ].map((name) => `net.ipv4.${name}`),
]

const OPTIONS: Readonly<Record<keyof SocketOptionValues, readonly [level: number, option: number]>> = {
  TCP_SYNCNT: [6, 7],
  TCP_DEFER_ACCEPT: [6, 9],
  TCP_LINGER2: [6, 8],
  SO_LINGER: [1, 13],
}

interface Event {
  readonly at: number
  readonly does: () => void
}

interface Host {
  readonly namespace: Namespace
  readonly wire: PacketSocket
  readonly before: ReadonlyMap<string, number>
  readonly states: StateLine[]
  readonly samples: Sample[]
  readonly packets: Packet[]
  last: Map<string, string>
}

let made = 0

export class World {
  readonly script: Script
  readonly #name: string
  readonly #wireNamespace: Namespace
  readonly #hosts: Record<HostName, Host>
  readonly #sockets = new Map<string, TcpSocket>()
  readonly #accepted = new Map<string, number>()
  readonly #ports = new Map<string, number>()
  readonly #events: Event[] = []
  readonly #calls: Call[] = []
  readonly #wire: WireLine[] = []
  readonly #sent = new Map<string, number>()
  #epoch = 0
  #ended = false

  /** @throws Error where namespaces or interfaces cannot be made */
  constructor(script: Script, name = `run-${made}`) {
    this.script = script
    this.#name = name
    this.#wireNamespace = Namespace.create()
    const id = made++
    const host = (h: HostName): Host => this.#makeHost(h, `${h[0]}${id}`)
    this.#hosts = { client: host('client'), server: host('server') }
    for (const step of script.steps) this.#at(step.at, () => this.#step(step))
    this.#at(0, () => this.#sample())
    this.#at(script.lasts, () => this.#end())
  }

  /** The clock of the run begins. */
  start(): void {
    this.#epoch = now()
  }

  #makeHost(h: HostName, id: string): Host {
    const namespace = Namespace.create()
    const ip = (where: Namespace, lines: readonly string[]) =>
      where.inside(() =>
        execFileSync('ip', ['-batch', '-'], { input: `${lines.join('\n')}\n`, stdio: ['pipe', 'ignore', 'pipe'] }),
      )
    ip(this.#wireNamespace, [
      `link add w${id} type veth peer name ${id} address ${MAC[h]} netns ${namespace.path}`,
      `link set w${id} up`,
    ])
    ip(namespace, [
      'link set lo up',
      `addr add ${ADDRESS[h]}/24 dev ${id}`,
      `link set ${id} arp off up`,
      `neigh replace ${ADDRESS[other(h)]} lladdr ${MAC[other(h)]} dev ${id} nud permanent`,
    ])
    for (const [name, value] of Object.entries({ ...ALWAYS, ...this.script.settings[h] }))
      namespace.sysctl(`${name === 'somaxconn' ? 'net.core' : 'net.ipv4'}.${name}`, value)
    const wire = this.#wireNamespace.inside(() => new PacketSocket(`w${id}`))
    return { namespace, wire, before: countersOf(namespace), states: [], samples: [], packets: [], last: new Map() }
  }

  get fds(): readonly number[] {
    return HOSTS.map((h) => this.#hosts[h].wire.fd)
  }

  get ended(): boolean {
    return this.#ended
  }

  /** When something is to be done next, ms since 1970. */
  get due(): number {
    return this.#epoch + (this.#events[0]?.at ?? 0)
  }

  /** Takes what has arrived on the wire, and does what is due. */
  turn(): void {
    for (const from of HOSTS) this.#listen(from)
    while (!this.#ended && this.due <= now()) {
      this.#events.shift()!.does()
      for (const from of HOSTS) this.#listen(from)
    }
  }

  #at(at: number, does: () => void): void {
    const i = this.#events.findIndex((e) => e.at > at)
    this.#events.splice(i < 0 ? this.#events.length : i, 0, { at, does })
  }

  #time(): number {
    return now() - this.#epoch
  }

  #listen(from: HostName): void {
    for (let got = this.#hosts[from].wire.read(); got; got = this.#hosts[from].wire.read()) {
      const f = framed(got.frame)
      if (f === undefined) continue
      const at = got.at - this.#epoch
      this.#hosts[from].packets.push(this.#packet(from, f, at))
      const port = from === 'client' ? f.sourcePort : f.destinationPort
      const nth = this.#sent.get(`${from} ${port}`) ?? 0
      this.#sent.set(`${from} ${port}`, nth + 1)
      const rule = this.script.wire.find((r) => r.from === from && r.port === port && r.nth === nth)
      this.#carry(from, withChecksum(got.frame), at, rule?.fate)
    }
  }

  #carry(from: HostName, frame: Uint8Array, at: number, fate: Fate | undefined): void {
    const f = framed(frame)!
    const late = typeof fate === 'object' ? fate.late : 0
    this.#wire.push(this.#line(from, f, at, fate === 'lost'))
    if (fate === 'lost') return
    const delay = this.script.delay[from] + late
    this.#at(at + delay, () => this.#deliver(from, frame))
    if (fate !== 'twice') return
    const again = at + delay + COPY
    this.#at(again, () => {
      const time = this.#time()
      this.#record(from, 'wire', 'inject', time, time, { ...forgery(from, f) }, null)
      this.#wire.push(this.#line(from, f, time, false))
      this.#deliver(from, frame)
    })
  }

  #deliver(from: HostName, frame: Uint8Array): void {
    const to = this.#hosts[other(from)]
    const at = this.#time()
    to.packets.push(this.#packet(from, framed(frame)!, at))
    to.wire.write(frame)
  }

  #line(
    from: HostName,
    { sourcePort, destinationPort, segment: s }: NonNullable<ReturnType<typeof framed>>,
    at: number,
    lost: boolean,
  ): WireLine {
    const t = s.options?.timestamp
    return {
      at,
      from,
      sourcePort,
      destinationPort,
      flags: s.flags.replace('.', 'A'),
      seq: s.seq,
      ack: s.ack ?? 0,
      len: s.len,
      ...(t && { timestamp: { val: t.val, echo: t.echo ?? 0 } }),
      lost,
    }
  }

  #packet(
    from: HostName,
    { sourcePort, destinationPort, segment: s }: NonNullable<ReturnType<typeof framed>>,
    at: number,
  ): Packet {
    const { mss, windowScale, sack, timestamp } = s.options ?? {}
    return {
      number: 0,
      time: (this.#epoch + at) / 1000,
      source: { address: ADDRESS[from], port: sourcePort },
      destination: { address: ADDRESS[other(from)], port: destinationPort },
      flags: s.flags,
      sequence: s.seq,
      ...(s.ack === undefined ? {} : { acknowledgment: s.ack }),
      length: s.len,
      options: {
        ...(mss === undefined ? {} : { mss }),
        ...(windowScale === undefined ? {} : { windowScale }),
        ...(sack ? { sackPermitted: true as const } : {}),
        ...(timestamp ? { timestamp: { value: timestamp.val, echo: timestamp.echo ?? 0 } } : {}),
      },
    }
  }

  #record(
    host: HostName,
    socket: string,
    call: string,
    at: number,
    until: number,
    args: Call['args'],
    result: unknown,
    error?: string,
  ): void {
    this.#calls.push({ at, until, host, socket, call, args, result, ...(error === undefined ? {} : { error }) })
  }

  /** Makes a call between two looks at the clock; what it sends is taken from the wire at once. */
  #call<T extends object>(
    host: HostName,
    socket: string,
    call: string,
    args: Call['args'],
    makes: () => T,
    result: (made: T) => unknown = valueIn,
  ): T {
    const at = this.#time()
    const made = makes()
    const error = 'error' in made ? (made.error as string | undefined) : undefined
    this.#record(host, socket, call, at, this.#time(), args, error === undefined ? result(made) : null, error)
    return made
  }

  #step({ host, socket: name, does }: Step): void {
    const id = `${host} ${name}`
    const socket = this.#sockets.get(id)
    const call = <T extends Outcome>(
      what: string,
      args: Call['args'],
      makes: () => T,
      result?: (made: T) => unknown,
    ): T => this.#call(host, name, what, args, makes, result)
    match(does)
      .with({ call: 'listen' }, ({ port, backlog, options }) => {
        const s = this.#open(host, name, port, options)
        call('listen', { backlog, port }, () => s.listen(backlog))
        this.#ports.set(id, port)
      })
      .with({ call: 'connect' }, ({ port, to, options }) => {
        const s = this.#open(host, name, port, options)
        call('connect_nb', { port: to, lport: port }, () => s.connect(ADDRESS[other(host)], to))
      })
      .with({ call: 'relisten' }, ({ backlog }) => socket && call('listen', { backlog }, () => socket.listen(backlog)))
      .with({ call: 'accept' }, () => socket && this.#accept(host, name, socket))
      .with({ call: 'send' }, ({ bytes }) => socket && call('send', { len: bytes }, () => socket.send(bytes)))
      .with(
        { call: 'recv' },
        ({ bytes }) =>
          socket &&
          call(
            'recv',
            { len: bytes },
            () => socket.recv(bytes),
            (o) => ({ len: valueIn(o) }),
          ),
      )
      .with({ call: 'shutdown' }, ({ how }) => socket && call('shutdown', { how }, () => socket.shutdown(how)))
      .with({ call: 'close' }, () => {
        if (socket === undefined) return
        this.#sockets.delete(id)
        call('close', {}, () => socket.close())
      })
      .exhaustive()
  }

  #open(host: HostName, name: string, port: number, options: SocketOptionValues = {}): TcpSocket {
    const s = TcpSocket.open(this.#hosts[host].namespace)
    this.#sockets.set(`${host} ${name}`, s)
    s.setOption(1, 2, 1) // SO_REUSEADDR
    s.setOption(6, 1, 1) // TCP_NODELAY
    for (const [option, value] of Object.entries(options) as [keyof SocketOptionValues, number][]) {
      const [level, number] = OPTIONS[option]
      const linger = option === 'SO_LINGER'
      this.#call(host, name, 'setsockopt', { name: option, value: linger ? { onoff: 1, linger: value } : value }, () =>
        linger ? s.setOption(level, number, 1, value) : s.setOption(level, number, value),
      )
    }
    this.#call(host, name, 'bind', { port }, () => s.bind(ADDRESS[host], port))
    return s
  }

  #accept(host: HostName, name: string, listener: TcpSocket): void {
    const n = this.#accepted.get(name) ?? 0
    const child = `${name}.${n}`
    const got = this.#call(
      host,
      name,
      'accept',
      { port: this.#ports.get(`${host} ${name}`) },
      () => listener.accept(),
      (a) => ('socket' in a ? { peer: [ADDRESS[other(host)], a.port], sock: child } : null),
    )
    if (!('socket' in got)) return
    got.socket.setOption(6, 1, 1)
    this.#accepted.set(name, n + 1)
    this.#sockets.set(`${host} ${child}`, got.socket)
  }

  #sample(): void {
    for (const h of HOSTS) {
      const host = this.#hosts[h]
      const at = this.#time()
      const sockets = socketsOf(host.namespace)
      host.samples.push({ from: at, to: this.#time() })
      for (const [id, state] of sockets) if (host.last.get(id) !== state) host.states.push(lineOf(at, id, state))
      for (const id of host.last.keys()) if (!sockets.has(id)) host.states.push(lineOf(at, id, 'GONE'))
      host.last = sockets
    }
    this.#at(this.#time() + SAMPLING, () => this.#sample())
  }

  #end(): void {
    this.#sample()
    this.#ended = true
  }

  /** What was recorded; closes everything. */
  finish(): Recording {
    const counted = this.#time()
    const counters = (h: HostName) => {
      const { before, namespace } = this.#hosts[h]
      const changed = [...countersOf(namespace)].map(([name, n]) => [name, n - (before.get(name) ?? 0)] as const)
      return Object.fromEntries(changed.filter(([, n]) => n !== 0))
    }
    const sysctls = (h: HostName) =>
      Object.fromEntries(RECORDED.map((name) => [name, this.#hosts[h].namespace.sysctl(name)]))
    const recording: Recording = {
      name: this.#name,
      kernel: release(),
      epoch: this.#epoch / 1000,
      addresses: ADDRESS,
      sysctls: { client: sysctls('client'), server: sysctls('server') },
      counted: { from: Number.NEGATIVE_INFINITY, to: counted },
      calls: this.#calls,
      wire: this.#wire,
      samples: { client: this.#hosts.client.samples, server: this.#hosts.server.samples },
      states: { client: this.#hosts.client.states, server: this.#hosts.server.states },
      counters: { client: counters('client'), server: counters('server') },
      packets: { client: captureOf(this.#hosts.client.packets), server: captureOf(this.#hosts.server.packets) },
    }
    for (const s of this.#sockets.values()) s.close()
    for (const h of HOSTS) {
      this.#hosts[h].wire.close()
      this.#hosts[h].namespace.close()
    }
    this.#wireNamespace.close()
    return recording
  }
}

/** How long after a packet its copy comes, ms. */
const COPY = 7

const valueIn = (made: object): unknown => ('value' in made ? made.value : null)

const lineOf = (at: number, id: string, state: string): StateLine => {
  const [local, remote] = id.split(' ')
  return { at, local: local!, remote: remote!, state }
}

const forgery = (
  from: HostName,
  { sourcePort, destinationPort, segment: s }: NonNullable<ReturnType<typeof framed>>,
) => ({
  dir: from === 'client' ? 'c2s' : 's2c',
  sp: sourcePort,
  dp: destinationPort,
  flags: s.flags.replace('.', 'A'),
  seq: s.seq,
  ack: s.ack ?? 0,
  len: s.len,
})

const captureOf = (packets: readonly Packet[]): Capture => ({
  file: '',
  format: 'pcap',
  packets: packets.map((p, i) => ({ ...p, number: i + 1 })),
  connections: [],
  notes: [],
})
