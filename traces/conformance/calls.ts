/** System calls as the model's stimuli. A call acts between its start and its return; where it sends, the capture shows when. */
import {
  abort,
  close,
  connect,
  issAfter,
  type KernelProfile,
  mayReuse,
  recv,
  type Segment,
  type ShutdownHow,
  send,
  shutdown,
  type TimeWait,
} from '../../model/index.ts'
import { type End, nameOf, pass, socketOf, timerWindow } from './end.ts'
import type { Call, HostName, Recording } from './folder.ts'
import type { Future } from './future.ts'
import type { Host, Step } from './host.ts'
import { Fields } from './json.ts'
import { type Key, keyOf, type Passage, sameSegment } from './passages.ts'
import { configure } from './settings.ts'
import { silentRequests } from './silent-timers.ts'
import { type OpenSocket, setOption } from './sockets.ts'

/** A call that could not be driven: the bench's lack, not the model's. */
export interface NotDriven {
  readonly at: number
  readonly host: HostName
  readonly call: string
  readonly why: string
  readonly key?: Key
}

/** What only a connection is used for; the last is a process that waits for it. */
const ON_CONNECTIONS: ReadonlySet<string> = new Set(['send', 'recv', 'shutdown', 'close', 'poll-edge'])

/** connect() has sent nothing: it had no port, or no route. */
const AT_ONCE: ReadonlySet<string> = new Set([
  'EADDRNOTAVAIL',
  'EADDRINUSE',
  'EINVAL',
  'EISCONN',
  'ENETUNREACH',
  'EACCES',
])

const HOWS: readonly ShutdownHow[] = ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']

export class Calls {
  readonly #hosts: Readonly<Record<HostName, Host>>
  readonly #future: Future
  readonly #profile: KernelProfile
  readonly #settings: Record<HostName, Readonly<Record<string, string>>>
  readonly #sockets = new Map<string, OpenSocket>()
  /** Accepted, but the recording has not named them yet. */
  readonly #nameless: Pick<OpenSocket, 'connection' | 'options'>[] = []
  readonly #pending: Call[] = []
  readonly #disagrees: (host: Host, end: End, at: number, says: string) => void
  readonly notDriven: NotDriven[] = []

  /** `disagrees`: a call has returned what the model does not say. */
  constructor(
    hosts: Readonly<Record<HostName, Host>>,
    future: Future,
    recording: Recording,
    profile: KernelProfile,
    disagrees: (host: Host, end: End, at: number, says: string) => void,
  ) {
    this.#disagrees = disagrees
    this.#hosts = hosts
    this.#future = future
    this.#profile = profile
    this.#settings = { ...recording.sysctls }
    for (const host of Object.values(hosts)) configure(host, profile, recording.sysctls[host.name])
  }

  /** The call begins. connect() and the end of a listener act at once; the others while they last. */
  made(call: Call): void {
    const host = this.#hosts[call.host]
    const socket = this.#socketOf(call)
    const ends = call.call === 'close' || (call.call === 'shutdown' && Number(call.args.how ?? 1) !== 1)
    if (call.call === 'connect' || call.call === 'connect_nb') this.#connect(call, socket)
    if (ends && socket.listens && host.listeners.has(socket.port!)) this.#stopListening(host, socket, call)
    else this.#pending.push(call)
  }

  /** The call has returned: what it had not done yet, it does now. */
  returned(call: Call): void {
    const i = this.#pending.indexOf(call)
    if (i < 0) return
    this.#pending.splice(i, 1)
    const host = this.#hosts[call.host]
    const socket = this.#socketOf(call)
    if (call.call === 'setsockopt') this.#setOption(socket, call)
    const end = this.#endOf(host, socket, call.until)
    if (end === undefined) this.#without(host, socket, call)
    else if (call.error === 'ETIMEDOUT') this.#timedOut(host, end, call.until)
    else this.#act(host, end, socket, call)
  }

  /** Whether something was done to the connection that could not be driven. */
  isUndriven(end: End): boolean {
    return this.notDriven.some(({ key }) => key === end.key)
  }

  #act(host: Host, end: End, socket: OpenSocket, call: Call): void {
    const step = this.#stepOf(host, end, socket, call)
    if (step) host.take(end, step, call.until, `${call.call}()`)
  }

  /** The error says that the last expiry, of which nothing is sent, is over. */
  #timedOut(host: Host, end: End, now: number): void {
    const step = host.onTimer(end, now)
    if (step.send.length === 0 && end.timer !== undefined) host.take(end, step, now, 'timer')
  }

  /** A call in progress on the end's socket that would send just this segment; it is done then. */
  pending(name: HostName, end: End, segment: Segment): Step | undefined {
    const host = this.#hosts[name]
    for (const [i, call] of this.#pending.entries()) {
      if (call.host !== name) continue
      const socket = this.#socketOf(call)
      if (this.#endOf(host, socket, end.at) !== end) continue
      const step = this.#stepOf(host, end, socket, call)
      if (step?.send[0] === undefined || !sameSegment(step.send[0], segment)) continue
      this.#pending.splice(i, 1)
      return step
    }
    return undefined
  }

  /** Old recordings do not say how the accepted sockets are called: they are those that are used next, in their order. */
  #socketOf({ host, socket: name, call }: Call): OpenSocket {
    const known = this.#sockets.get(`${host} ${name}`)
    if (known) return known
    const accepted = host === 'server' && ON_CONNECTIONS.has(call) ? this.#nameless.shift() : undefined
    const socket: OpenSocket = { host, name, options: {}, ...accepted }
    this.#sockets.set(`${host} ${name}`, socket)
    return socket
  }

  /** The end that the socket holds; undefined once its ports have gone to another connection. */
  #endOf(host: Host, { connection }: OpenSocket, now: number): End | undefined {
    if (connection === undefined) return undefined
    const end = host.end(connection.key, now)
    return end.n === connection.n ? end : undefined
  }

  #stepOf(host: Host, end: End, socket: OpenSocket, { call, args, result, error }: Call): Step | undefined {
    const stack = host.stackOf(end)
    switch (call) {
      case 'send':
        return error === undefined ? host.onCall(end, (s) => send(s, Number(result ?? args.len), stack)) : undefined
      case 'recv':
        return error === undefined ? host.onCall(end, (s) => recv(s, bytesOf(result))) : undefined
      case 'shutdown':
        return host.onCall(end, (s) => shutdown(s, stack, HOWS[Number(args.how ?? 1)]))
      case 'close':
        return host.onCall(end, (s) => (socket.options.abortsOnClose ? abort(s) : close(s, stack)))
      default:
        return undefined
    }
  }

  #connect(call: Call, socket: OpenSocket): void {
    const host = this.#hosts[call.host]
    const args = new Fields(call.args, 'connect()')
    const result = new Fields(call.result ?? {}, 'connect()')
    const lport = args.has('lport') ? args.number('lport') : result.has('lport') ? result.number('lport') : socket.port
    if (call.error === 'EADDRNOTAVAIL' && lport !== undefined) this.#judgeRefusal(call, socket, lport)
    if (call.error !== undefined && AT_ONCE.has(call.error)) return
    const syn = this.#future.synOf(call.host, args.number('port'), lport, call.at)
    if (syn === undefined) {
      this.#cannot(call, 'no SYN of it was captured')
      return
    }
    const now = Math.max(call.at, syn.sent)
    const end = host.end(syn.key, now)
    const over = end.server.object.kind === 'child' ? end.server.object.socket : undefined
    if (over?.state === 'TIME_WAIT') this.#judgeReuse(host, end, over, socket, syn, now)
    // the clock of its first SYN: echoes are judged by it
    end.flight.reads(syn.segment, now)
    const step = host.onCall(end, () => connect(syn.segment.seq, host.stackOf(end), over))
    if (step) host.take(end, step, now, 'connect()')
    end.options = socket.options
    end.bound = socket.port !== undefined
    socket.connection = { key: syn.key, n: end.n }
  }

  /** connect() had no port: the model may not take the TIME_WAIT that has it, either. linux: tcp_twsk_unique */
  #judgeRefusal(call: Call, socket: OpenSocket, lport: number): void {
    const host = this.#hosts[call.host]
    const remote = Number(call.args.port)
    const end = host.end(host.name === 'client' ? keyOf(lport, remote) : keyOf(remote, lport), call.at)
    const over = socketOf(end.server.object)
    if (over?.state === 'TIME_WAIT' && mayReuse(over, host.stackOf(end), socket.port !== undefined, end.bound))
      this.#disagrees(host, end, call.at, 'connect(): EADDRNOTAVAIL, where the model takes over the TIME_WAIT')
  }

  /** connect() took over a TIME_WAIT: so must the model, with the same number. */
  #judgeReuse(host: Host, end: End, over: TimeWait, socket: OpenSocket, syn: Passage, now: number): void {
    if (!mayReuse(over, host.stackOf(end), socket.port !== undefined, end.bound))
      this.#disagrees(host, end, now, 'connect() takes over the TIME_WAIT, the model has EADDRNOTAVAIL')
    else if (syn.segment.seq !== issAfter(over))
      this.#disagrees(host, end, now, `connect() begins at ${syn.segment.seq}, the model at ${issAfter(over)}`)
  }

  /** A request that is still there when its timer must have fired has outlived it: it fired before there was no listener. */
  #stopListening(host: Host, socket: OpenSocket, call: Call): void {
    for (const end of silentRequests(host, socket.port!, call.at)) {
      const { to } = timerWindow(end, end.timer!)
      if (!this.#future.stillHolds(host.name, end.key, to, nameOf(end.server.object))) continue
      const silentSince = Math.min(end.timer!.started + end.timer!.interval, call.at)
      pass(end, call.at)
      host.take(end, host.onTimer(end, call.at), call.at, 'timer', { silentSince })
    }
    host.closeListener(socket.port!, call.at, call.call === 'close')
    if (call.call === 'close') socket.listens = false
  }

  /** Calls that concern no connection. */
  #without(host: Host, socket: OpenSocket, { call, args, until, result, error }: Call): void {
    if (call === 'bind' && error === undefined) socket.port = Number(args.port)
    if (call === 'sysctl') {
      this.#settings[host.name] = { ...this.#settings[host.name], [String(args.name)]: String(args.value) }
      configure(host, this.#profile, this.#settings[host.name])
    }
    if (call === 'listen' && error === undefined && socket.port !== undefined) {
      socket.listens = true
      host.options.set(socket.port, socket.options)
      host.listen(socket.port, Number(args.backlog), until)
    }
    if (call === 'accept' && error === undefined) this.#accept(host, socket, new Fields(result, 'accept()'), until)
  }

  /** Two spellings: of newer and of older recordings. */
  #setOption(socket: OpenSocket, call: Call): void {
    const { args, error } = call
    if (error !== undefined) return
    const option = String(args.name ?? args.opt)
    const why = setOption(socket.options, option, option === 'SO_LINGER' ? args.value : (args.value ?? args.val))
    if (why !== undefined) this.#cannot(call, why, socket.connection?.key)
  }

  #accept(host: Host, socket: OpenSocket, result: Fields, now: number): void {
    const port = socket.port!
    host.accept(port, now)
    const remote = Number((result.get('peer') as readonly unknown[])[1])
    const end = host.end(host.name === 'client' ? keyOf(port, remote) : keyOf(remote, port), now)
    const accepted = { connection: { key: end.key, n: end.n }, options: end.options }
    if (!result.has('sock')) this.#nameless.push(accepted)
    else {
      const name = result.text('sock')
      this.#sockets.set(`${host.name} ${name}`, { host: host.name, name, ...accepted })
    }
  }

  #cannot({ at, host, call }: Call, why: string, key?: Key): void {
    this.cannot({ at, host, call: `${call}()`, why, ...(key === undefined ? {} : { key }) })
  }

  cannot(what: NotDriven): void {
    this.notDriven.push(what)
  }
}

/** What recv() has read: a number, or an object with its length; all there is where the recording does not say. */
const bytesOf = (result: unknown): number => {
  const len = typeof result === 'object' && result !== null ? (result as { readonly len?: unknown }).len : result
  return typeof len === 'number' ? len : Number.POSITIVE_INFINITY
}
