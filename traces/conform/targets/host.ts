/** A host of the model with all services: segments in, segments out, in milliseconds of its own time. */
import {
  type Answer,
  add,
  answer,
  arrive,
  connect,
  elapse,
  fire,
  fireServer,
  isTcb,
  type Listener,
  listen,
  listenerElapse,
  moveUp,
  newServer,
  type Question,
  questionAbout,
  questionOfTimer,
  type Reaction,
  type Request,
  receive,
  refuse,
  type Segment,
  type Seq,
  type Server,
  type Socket,
  type Stack,
  seq,
  serverElapse,
  serverTimeLeft,
  takeHead,
  timeLeft,
  withSocket,
} from '../../../model/index.ts'
import { type Service, serviceNames, services } from '../target.ts'
import { applications } from './applications.ts'

/** What a wrong reducer knows of the moment at which it goes wrong. */
export interface Moment {
  /** The socket before; undefined: none is there. */
  readonly socket: Socket | undefined
  /** A request is there, or a listener. */
  readonly before: 'socket' | 'request' | 'listener' | 'nothing'
  /** What has arrived; undefined: a timer, or a call. */
  readonly heard?: Segment
  readonly stack: Stack
  readonly by: 'segment' | 'timer' | 'call'
  /** The numbers that a segment would have which is next in order; undefined: there are none. */
  readonly next?: { readonly seq?: Seq; readonly ack: Seq } | undefined
}

/** One rule of the reducer made wrong: what reaches it, or what it says, is another. */
export interface Wrong {
  readonly hears?: (s: Segment, at: Moment) => readonly Segment[]
  readonly says?: (s: Segment, at: Moment) => readonly Segment[]
  readonly becomes?: (to: Socket, at: Moment) => Socket
  readonly stack?: (stack: Stack) => Stack
}

interface Active {
  readonly socket: Socket
}

type Sends = (from: number, to: number, s: Segment) => void

const portOf = (name: Service): number => services[name].port
const serviceAt = new Map(serviceNames.map((name) => [portOf(name), name]))
const BACKLOG = 1_000

export class ModelHost {
  readonly #stack: Stack
  readonly #wrong: Wrong
  readonly #sends: Sends
  readonly #listeners = new Map<number, Listener>()
  readonly #servers = new Map<string, Server>()
  readonly #active = new Map<string, Active>()
  #connections = 0

  constructor(stack: Stack, wrong: Wrong, sends: Sends) {
    this.#stack = wrong.stack?.(stack) ?? stack
    this.#wrong = wrong
    this.#sends = sends
    for (const name of serviceNames) this.#listeners.set(portOf(name), listen(BACKLOG, this.#stack))
  }

  /** A segment for the host's port `to`. */
  arrives(from: number, to: number, s: Segment): void {
    const key = `${to} ${from}`
    const at = this.#moment(key, to, 'segment', s)
    for (const heard of this.#wrong.hears?.(s, at) ?? [s]) this.#takes(key, from, to, heard, at)
  }

  #takes(key: string, from: number, to: number, s: Segment, at: Moment): void {
    const active = this.#active.get(key)
    if (active !== undefined) this.#activeBecomes(key, receive(active.socket, s, this.#stack), at)
    else if (!this.#listeners.has(to)) this.#say(key, refuse(undefined, s).send, at)
    else {
      const server = this.#server(key)
      const question = questionAbout(server, s, this.#stack)
      const iss = seq(1_000_003 * ++this.#connections)
      this.#serverBecomes(key, question, (a) => arrive(server, s, a, iss, this.#stack), at)
      this.#accepts(key, from, to)
    }
    this.#runs(key, to)
  }

  /** ms until something happens; undefined: nothing will. */
  get due(): number | undefined {
    const left = [
      ...[...this.#servers.values()].map(serverTimeLeft),
      ...[...this.#active.values()].map(({ socket }) => timeLeft(socket)),
    ].filter((n) => n !== undefined)
    return left.length === 0 ? undefined : Math.min(...left)
  }

  /** Time passes, no more than is due; then timers fire. */
  passes(ms: number): void {
    for (const [port, l] of this.#listeners) this.#listeners.set(port, listenerElapse(l, ms))
    for (const [key, s] of this.#servers) this.#servers.set(key, serverElapse(s, ms)!)
    for (const [key, { socket }] of this.#active) this.#active.set(key, { socket: elapse(socket, ms)! })
    for (const [key, server] of [...this.#servers]) {
      if (serverTimeLeft(server) !== 0) continue
      const to = portIn(key)
      const question = questionOfTimer(server, this.#stack)
      const at = this.#moment(key, to, 'timer')
      this.#serverBecomes(key, question, (a) => fireServer(server, this.#stack, a), at)
    }
    for (const [key, { socket }] of [...this.#active]) {
      if (timeLeft(socket) === 0)
        this.#activeBecomes(key, fire(socket, this.#stack), this.#moment(key, portIn(key), 'timer'))
    }
  }

  #server(key: string): Server {
    return this.#servers.get(key) ?? newServer
  }

  #moment(key: string, port: number, by: Moment['by'], heard?: Segment): Moment {
    const { object } = this.#server(key)
    const socket = this.#active.get(key)?.socket ?? (object.kind === 'child' ? object.socket : undefined)
    const isThere = socket !== undefined && socket.state !== 'CLOSED'
    const before = isThere
      ? 'socket'
      : object.kind === 'request'
        ? 'request'
        : this.#listeners.has(port)
          ? 'listener'
          : 'nothing'
    const next = isThere ? nextOf(socket) : object.kind === 'request' ? nextOfRequest(object) : undefined
    return { socket: isThere ? socket : undefined, before, by, stack: this.#stack, next, ...(heard && { heard }) }
  }

  #say(key: string, segments: readonly Segment[], at: Moment): void {
    const [from, to] = key.split(' ').map(Number) as [number, number]
    for (const s of segments) for (const said of this.#wrong.says?.(s, at) ?? [s]) this.#sends(from, to, said)
  }

  #serverBecomes(key: string, question: Question, react: (a: Answer) => Reaction<Server>, at: Moment): void {
    const port = portIn(key)
    const asked = answer(this.#listeners.get(port)!, question, this.#stack)
    if (asked === undefined) throw new Error(`impossible: ${JSON.stringify(question)}`)
    this.#listeners.set(port, asked.to)
    const r = react(asked.answer)
    const { object } = r.to
    const becomes = this.#wrong.becomes
    const to =
      becomes && object.kind === 'child' ? { ...r.to, object: { ...object, socket: becomes(object.socket, at) } } : r.to
    this.#servers.set(key, to)
    this.#say(key, r.send, at)
  }

  #activeBecomes(key: string, r: Reaction<Socket>, at: Moment): void {
    const to = this.#wrong.becomes?.(r.to, at) ?? r.to
    if (to.state === 'CLOSED') this.#active.delete(key)
    else this.#active.set(key, { socket: to })
    this.#say(key, r.send, at)
  }

  /** accept() at once: each listener's process waits for nothing else. */
  #accepts(key: string, from: number, port: number): void {
    const without = takeHead(this.#listeners.get(port)!)
    if (without === undefined) return
    this.#listeners.set(port, without)
    for (const [k, server] of this.#servers) if (portIn(k) === port) this.#servers.set(k, moveUp(server))
    this.#runs(key, port, true)
    if (serviceAt.get(port) === 'dial') this.#calls(from + 1)
  }

  /** connect() to the peer's port. */
  #calls(to: number): void {
    const port = 40_000 + (to % 10_000)
    const key = `${port} ${to}`
    this.#activeBecomes(
      key,
      connect(seq(1_000_003 * ++this.#connections), this.#stack),
      this.#moment(key, port, 'call'),
    )
  }

  /** The application does what there is to do. */
  #runs(key: string, port: number, fresh = false): void {
    for (let again = true, first = fresh; again; first = false) {
      again = false
      const active = this.#active.get(key)
      const { object } = this.#server(key)
      const socket =
        active?.socket ?? (object.kind === 'child' && object.place === undefined ? object.socket : undefined)
      if (socket === undefined || !isTcb(socket) || socket.state === 'SYN_RECV') return
      const service = active === undefined ? serviceAt.get(port)! : 'discard'
      for (const call of applications[service](socket, first)) again = this.#makes(key, call) || again
    }
  }

  #makes(key: string, call: (s: Socket, stack: Stack) => Reaction<Socket> | undefined): boolean {
    const at = this.#moment(key, portIn(key), 'call')
    const server = this.#server(key)
    const c = server.object
    const socket = this.#active.get(key)?.socket ?? (c.kind === 'child' ? c.socket : undefined)
    const r = socket && call(socket, this.#stack)
    if (r === undefined) return false
    if (this.#active.has(key)) this.#activeBecomes(key, r, at)
    else if (c.kind === 'child') this.#serverBecomes(key, { ask: 'nothing' }, () => withSocket(server, c, r), at)
    return true
  }
}

const nextOf = (s: Socket): Moment['next'] => {
  if (s.state === 'SYN_SENT') return { ack: add(s.iss, 1) }
  if (s.state === 'TIME_WAIT') return { seq: s.rcvNxt, ack: s.sndNxt }
  return isTcb(s) ? { seq: s.rcv.nxt, ack: s.snd.nxt } : undefined
}

const nextOfRequest = ({ rcvNxt, iss }: Request): Moment['next'] => ({ seq: rcvNxt, ack: add(iss, 1) })

const portIn = (key: string): number => Number(key.split(' ')[0])
