/** System calls as the model's stimuli. A call acts between its start and its return; where it sends, the capture shows when. */
import {
  abort,
  close,
  connect,
  deferredRetries,
  type KernelProfile,
  recv,
  type Segment,
  send,
  shutdown,
} from '../../model/index.ts'
import type { End } from './end.ts'
import type { Call, HostName, Recording } from './folder.ts'
import type { Future } from './future.ts'
import type { Host, Step } from './host.ts'
import { Fields } from './json.ts'
import { type Key, keyOf, sameSegment } from './passages.ts'
import { stackOf } from './settings.ts'

/** What only a connection is used for; the last is a process that waits for it. */
const ON_CONNECTIONS: ReadonlySet<string> = new Set(['send', 'recv', 'shutdown', 'close', 'poll-edge'])

export class Calls {
  readonly #hosts: Readonly<Record<HostName, Host>>
  readonly #future: Future
  readonly #profile: KernelProfile
  readonly #settings: Record<HostName, Readonly<Record<string, string>>>
  /** Which connection a name stands for at present. */
  readonly #keys = new Map<string, Key>()
  /** Which port a listening name stands for. */
  readonly #ports = new Map<string, number>()
  /** Accepted, but the recording has not named them yet. */
  readonly #nameless: Key[] = []
  readonly #lingers = new Set<string>()
  readonly #pending: Call[] = []

  constructor(hosts: Readonly<Record<HostName, Host>>, future: Future, recording: Recording, profile: KernelProfile) {
    this.#hosts = hosts
    this.#future = future
    this.#profile = profile
    this.#settings = { ...recording.sysctls }
  }

  /** The call begins. connect() and the end of a listener act at once; the others while they last. */
  made(call: Call): void {
    const host = this.#hosts[call.host]
    const port = this.#ports.get(`${call.host} ${call.socket}`)
    if (call.call === 'connect' || call.call === 'connect_nb') this.#connect(call)
    else if (call.call === 'close' && port !== undefined && host.listeners.has(port)) host.closeListener(port, call.at)
    else this.#pending.push(call)
  }

  /** The call has returned: what it had not done yet, it does now. */
  returned(call: Call): void {
    const i = this.#pending.indexOf(call)
    if (i < 0) return
    this.#pending.splice(i, 1)
    const host = this.#hosts[call.host]
    const key = this.#keyOf(call)
    if (call.call === 'setsockopt') this.#setOption(host, `${call.host} ${call.socket}`, call.args)
    else if (key === undefined) this.#without(host, call)
    else this.#act(host, host.end(key, call.until), call)
  }

  #act(host: Host, end: End, call: Call): void {
    const step = this.#stepOf(host, end, call)
    if (step) host.take(end, step, call.until, `${call.call}()`)
  }

  /** A call in progress on the end's socket that would send just this segment; it is done then. */
  pending(host: HostName, end: End, segment: Segment): Step | undefined {
    for (const [i, call] of this.#pending.entries()) {
      if (call.host !== host || this.#keyOf(call) !== end.key) continue
      const step = this.#stepOf(this.#hosts[host], end, call)
      if (step?.send[0] === undefined || !sameSegment(step.send[0], segment)) continue
      this.#pending.splice(i, 1)
      return step
    }
    return undefined
  }

  /** Old recordings do not say how the accepted sockets are called: they are those that are used next, in their order. */
  #keyOf({ host, socket, call }: Call): Key | undefined {
    const name = `${host} ${socket}`
    const isNew = host === 'server' && ON_CONNECTIONS.has(call) && !this.#ports.has(name) && !this.#keys.has(name)
    const next = isNew ? this.#nameless.shift() : undefined
    if (next !== undefined) this.#keys.set(name, next)
    return this.#keys.get(name)
  }

  #stepOf(host: Host, end: End, { call, args, result, socket }: Call): Step | undefined {
    const { stack } = host
    switch (call) {
      case 'send':
        return host.onCall(end, (s) => send(s, Number(result ?? args.len), stack))
      case 'recv':
        return host.onCall(end, (s) => recv(s))
      case 'shutdown':
        return host.onCall(end, (s) => shutdown(s, stack))
      case 'close':
        return host.onCall(end, (s) => (this.#lingers.has(`${host.name} ${socket}`) ? abort(s) : close(s, stack)))
      default:
        return undefined
    }
  }

  #connect(call: Call): void {
    const host = this.#hosts[call.host]
    const args = new Fields(call.args, 'connect()')
    const lport = args.has('lport') ? args.number('lport') : undefined
    const syn = this.#future.synOf(args.number('port'), lport, call.at)
    if (syn === undefined) return
    this.#keys.set(`${call.host} ${call.socket}`, syn.key)
    const now = Math.max(call.at, syn.sent)
    const end = host.end(syn.key, now)
    const step = host.onCall(end, () => connect(syn.segment.seq, host.stack))
    if (step) host.take(end, step, now, 'connect()')
  }

  /** Calls that concern no connection. */
  #without(host: Host, { call, args, socket, until, result, error }: Call): void {
    const name = `${host.name} ${socket}`
    if (call === 'bind') this.#ports.set(name, Number(args.port))
    if (call === 'sysctl') {
      this.#settings[host.name] = { ...this.#settings[host.name], [String(args.name)]: String(args.value) }
      host.stack = stackOf(this.#profile, this.#settings[host.name])
    }
    if (call === 'listen') {
      const port = this.#ports.get(name)
      if (port !== undefined) host.listen(port, Number(args.backlog), until)
    }
    if (call === 'accept' && error === undefined) this.#accept(host, socket, new Fields(result, 'accept()'), until)
  }

  /** Two spellings: of newer and of older recordings. */
  #setOption(host: Host, name: string, args: Call['args']): void {
    const option = args.name ?? args.opt
    if (option === 'SO_LINGER') this.#linger(name, new Fields(args.value, 'SO_LINGER'))
    const value = Number(args.value ?? args.val)
    const key = this.#keys.get(name)
    if (option === 'TCP_LINGER2' && key !== undefined && value > 0) host.finTimeouts.set(key, value * 1_000)
    const port = this.#ports.get(name)
    if (port === undefined) return
    const options = host.options.get(port) ?? {}
    if (option === 'TCP_SYNCNT') host.options.set(port, { ...options, synCount: value })
    if (option === 'TCP_DEFER_ACCEPT') host.options.set(port, { ...options, deferAccept: deferredRetries(value) })
  }

  /** With no time at all close() aborts. */
  #linger(name: string, value: Fields): void {
    if (value.number('onoff') !== 0 && value.number('linger') === 0) this.#lingers.add(name)
    else this.#lingers.delete(name)
  }

  #accept(host: Host, socket: string, result: Fields, now: number): void {
    const port = this.#ports.get(`${host.name} ${socket}`)!
    host.accept(port, now)
    const key = keyOf(Number((result.get('peer') as readonly unknown[])[1]), port)
    if (result.has('sock')) this.#keys.set(`${host.name} ${result.text('sock')}`, key)
    else this.#nameless.push(key)
  }
}
