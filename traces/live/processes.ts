/** The system calls of both hosts' processes, each recorded with its arguments, its result and the time that it took. */
import { writeFileSync } from 'node:fs'
import { match } from 'ts-pattern'
import type { Call, HostName } from '../conformance/folder.ts'
import type { Clock } from './clock.ts'
import { type Outcome, TcpSocket } from './native.ts'
import { ADDRESS, type Network, other } from './network.ts'
import type { SocketOptionValues, Step } from './script.ts'

/** Level and number. */
const OPTIONS: Readonly<Record<Exclude<keyof SocketOptionValues, 'SO_LINGER'>, readonly [number, number]>> = {
  SO_KEEPALIVE: [1, 9],
  TCP_KEEPIDLE: [6, 4],
  TCP_KEEPINTVL: [6, 5],
  TCP_KEEPCNT: [6, 6],
  TCP_SYNCNT: [6, 7],
  TCP_LINGER2: [6, 8],
  TCP_DEFER_ACCEPT: [6, 9],
  TCP_USER_TIMEOUT: [6, 18],
}

/** It is in the first namespace alone, and one for all. */
const OF_THE_KERNEL = 'tcp_max_orphans'

export class Processes {
  readonly #network: Network
  readonly #clock: Clock
  readonly #calls: Call[]
  readonly #sockets = new Map<string, TcpSocket>()
  /** How many connections accept() has returned on a listener. */
  readonly #accepted = new Map<string, number>()
  readonly #ports = new Map<string, number>()

  constructor(network: Network, clock: Clock, calls: Call[]) {
    this.#network = network
    this.#clock = clock
    this.#calls = calls
  }

  /** Undefined where the socket that the step names is not there. */
  does({ host, socket: name, does }: Step): Outcome | undefined {
    const id = `${host} ${name}`
    const socket = this.#sockets.get(id)
    const call = (what: string, args: Call['args'], makes: () => Outcome, result?: (made: Outcome) => unknown) =>
      this.#call(host, name, what, args, makes, result)
    return match(does)
      .with({ call: 'listen' }, ({ port, backlog, options }) => {
        const s = this.#open(host, name, options)
        this.#bind(host, name, s, port)
        this.#ports.set(id, port)
        return call('listen', { backlog, port }, () => s.listen(backlog))
      })
      .with({ call: 'connect' }, ({ port, to, options, iss, unbound }) => {
        const s = this.#open(host, name, options)
        if (unbound) s.choosesOnly(port)
        else this.#bind(host, name, s, port)
        if (iss !== undefined) s.beginAt(iss)
        return call('connect_nb', { port: to, lport: port }, () => s.connect(ADDRESS[other(host)], to))
      })
      .with({ call: 'relisten' }, ({ backlog }) => socket && call('listen', { backlog }, () => socket.listen(backlog)))
      .with({ call: 'accept' }, () => socket && this.#accept(host, name, socket))
      .with({ call: 'send' }, ({ bytes }) => socket && call('send', { len: bytes }, () => socket.send(bytes)))
      .with({ call: 'recv' }, ({ bytes }) => {
        const read = (o: Outcome) => ({ len: valueIn(o) })
        return socket && call('recv', { len: bytes }, () => socket.recv(bytes), read)
      })
      .with({ call: 'shutdown' }, ({ how }) => socket && call('shutdown', { how }, () => socket.shutdown(how)))
      .with({ call: 'close' }, () => {
        this.#sockets.delete(id)
        return socket && call('close', {}, () => socket.close())
      })
      .with({ call: 'abort' }, () => {
        this.#sockets.delete(id)
        if (socket === undefined) return undefined
        this.#linger(host, name, socket, 0)
        return call('close', {}, () => socket.close())
      })
      .with({ call: 'sysctl' }, ({ name: setting, value }) =>
        call('sysctl', { name: `net.ipv4.${setting}`, value: `${value}` }, () => {
          if (setting === OF_THE_KERNEL) writeFileSync(`/proc/sys/net/ipv4/${setting}`, `${value}`)
          else this.#network.hosts[host].namespace.sysctl(`net.ipv4.${setting}`, value)
          return { value }
        }),
      )
      .with({ call: 'inject' }, () => undefined)
      .with({ call: 'crash' }, () => {
        this.#sockets.delete(id)
        return socket?.vanish()
      })
      .exhaustive()
  }

  /** Makes a call between two looks at the clock. */
  #call<T extends object>(
    host: HostName,
    socket: string,
    call: string,
    args: Call['args'],
    makes: () => T,
    result: (made: T) => unknown = valueIn,
  ): T {
    const at = this.#clock.time()
    const made = makes()
    const until = this.#clock.time()
    const error = 'error' in made ? (made.error as string | undefined) : undefined
    const returned = error === undefined ? { result: result(made) } : { result: null, error }
    this.#calls.push({ at, until, host, socket, call, args, ...returned })
    return made
  }

  #open(host: HostName, name: string, options: SocketOptionValues = {}): TcpSocket {
    const s = TcpSocket.open(this.#network.hosts[host].namespace)
    this.#sockets.set(`${host} ${name}`, s)
    s.setOption(1, 2, 1) // SO_REUSEADDR
    s.setOption(6, 1, 1) // TCP_NODELAY
    for (const [option, value] of Object.entries(options) as [keyof SocketOptionValues, number][]) {
      if (option === 'SO_LINGER') this.#linger(host, name, s, value)
      else this.#call(host, name, 'setsockopt', { name: option, value }, () => s.setOption(...OPTIONS[option], value))
    }
    return s
  }

  #bind(host: HostName, name: string, s: TcpSocket, port: number): void {
    this.#call(host, name, 'bind', { port }, () => s.bind(ADDRESS[host], port))
  }

  #linger(host: HostName, name: string, s: TcpSocket, linger: number): void {
    const args = { name: 'SO_LINGER', value: { onoff: 1, linger } }
    this.#call(host, name, 'setsockopt', args, () => s.setOption(1, 13, 1, linger))
  }

  #accept(host: HostName, name: string, listener: TcpSocket): Outcome {
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
    if (!('socket' in got)) return got
    got.socket.setOption(6, 1, 1)
    this.#accepted.set(name, n + 1)
    this.#sockets.set(`${host} ${child}`, got.socket)
    return { value: got.port }
  }

  close(): void {
    for (const s of this.#sockets.values()) s.close()
  }
}

const valueIn = (made: object): unknown => ('value' in made ? made.value : null)
