/** A host as the model has it: its listeners, its end of every connection, what its kernel has counted. */
import {
  type Answer,
  answer,
  arrive,
  type Counter,
  closed,
  closeListener,
  fireServer,
  type Listener,
  type ListenerOptions,
  listen,
  listenerElapse,
  moveUp,
  type Question,
  questionAbout,
  questionOfTimer,
  type Reaction,
  react,
  refuse,
  type Segment,
  type Seq,
  type Server,
  type Socket,
  type Stack,
  takeHead,
  withSocket,
} from '../../model/index.ts'
import { type End, type Held, newEnd, note, pass, runningTimer, socketOf, tcbOf } from './end.ts'
import type { HostName } from './folder.ts'
import type { Key } from './passages.ts'
import { rtoFor } from './timing.ts'

/** Which initial sequence number the host gave to a request for a client's. */
export type IssOf = (key: Key, irs: Seq, now: number) => Seq

export interface Counted {
  readonly at: number
  readonly counter: Counter
}

/** A reaction, and what the listener is after it. */
export type Step = Reaction<Server> & { readonly listener?: Listener | undefined }

const portOf = (key: Key): number => Number(key.split('>')[1])

export class Host {
  readonly name: HostName
  readonly ends = new Map<Key, End>()
  readonly listeners = new Map<number, Listener>()
  /** What setsockopt() said on a listening port. */
  readonly options = new Map<number, ListenerOptions>()
  /** TCP_LINGER2 of a connection: takes the place of tcp_fin_timeout. In milliseconds. */
  readonly finTimeouts = new Map<Key, number>()
  readonly counted: Counted[] = []
  /** When which port was listened on. */
  readonly listening = new Map<number, Held[]>()
  stack: Stack
  /** Until when a listener's time has passed. */
  readonly #asked = new Map<number, number>()
  readonly #issOf: IssOf

  constructor(name: HostName, stack: Stack, issOf: IssOf) {
    this.name = name
    this.stack = stack
    this.#issOf = issOf
  }

  /** The stack as a connection sees it: with the options of the listener that it came by. */
  stackOf(end: End): Stack {
    const listener = this.options.get(end.port)
    const finTimeout = this.finTimeouts.get(end.key)
    return {
      ...this.stack,
      ...(listener && { listener }),
      ...(finTimeout === undefined ? {} : { durations: { ...this.stack.durations, finTimeout } }),
    }
  }

  /** The host's end of a connection, with the time passed up to `now`. */
  end(key: Key, now: number): End {
    let end = this.ends.get(key)
    if (end === undefined) {
      end = newEnd(key, portOf(key))
      this.ends.set(key, end)
    }
    pass(end, now)
    return end
  }

  /** What the end would do with a segment. Nothing changes until it is taken. */
  onArrival(end: End, s: Segment, now: number): Step {
    const stack = this.stackOf(end)
    const asked = this.#ask(end, questionAbout(end.server, s, stack), now)
    if (asked === undefined) return refuse({ ...end.server, object: { kind: 'none' } }, s)
    const iss = this.#issOf(end.key, s.seq, now)
    return { ...arrive(end.server, s, asked.answer, iss, stack), listener: asked.to }
  }

  /** What the end would do if its timer fired. */
  onTimer(end: End, now: number): Step {
    const stack = this.stackOf(end)
    const asked = this.#ask(end, questionOfTimer(end.server, stack), now)
    if (asked === undefined) return react({ ...end.server, object: { kind: 'none' } })
    return { ...fireServer(end.server, stack, asked.answer), listener: asked.to }
  }

  /** What a call on the end's socket would do, undefined if nothing. */
  onCall(end: End, call: (socket: Socket) => Reaction<Socket> | undefined): Step | undefined {
    const object = end.server.object
    const socket = socketOf(object) ?? closed('never opened')
    const r = call(socket)
    return r && withSocket(end.server, object.kind === 'child' ? object : { kind: 'child', socket }, r)
  }

  /** The reaction comes true: counts, expectations, timers. */
  take(end: End, r: Step, now: number, why: string, silentSince = now): void {
    const before = tcbOf(end)
    end.server = r.to
    if (r.listener) {
      this.listeners.set(end.port, r.listener)
      this.#asked.set(end.port, now)
    }
    for (const counter of r.count) this.counted.push({ at: now, counter })
    for (const segment of r.send) end.expected.push({ segment, since: now, why })
    this.#measure(end, before?.snd.una, now)
    const timer = runningTimer(end, now)
    if (timer)
      end.timer =
        timer.started === now && silentSince < now ? { ...timer, started: silentSince, blur: now - silentSince } : timer
    else delete end.timer
    if (tcbOf(end)?.ackPending !== undefined) end.ackSince ??= now
    else delete end.ackSince
    note(end, silentSince, now)
  }

  listen(port: number, backlog: number, now: number): void {
    if (!this.listeners.has(port))
      this.listening.set(port, [
        ...(this.listening.get(port) ?? []),
        { state: 'LISTEN', from: now, to: Number.POSITIVE_INFINITY },
      ])
    const fresh = listen(backlog, this.stack)
    const live = this.listeners.get(port)
    this.listeners.set(port, live ? { ...live, backlog: fresh.backlog } : fresh)
  }

  /** Takes the head of the accept queue: whose it was, undefined if there is none. */
  accept(port: number, now: number): Key | undefined {
    const listener = this.listeners.get(port)
    const without = listener && takeHead(listener)
    if (without === undefined) return undefined
    this.listeners.set(port, without)
    let head: Key | undefined
    for (const end of this.ends.values()) {
      if (end.port !== port) continue
      pass(end, now)
      if (end.server.object.kind === 'child' && end.server.object.place === 0) head = end.key
      end.server = moveUp(end.server)
    }
    return head
  }

  /** Undefined where there is nobody to ask. */
  closeListener(port: number, now: number): void {
    for (const end of this.ends.values())
      if (end.port === port) {
        pass(end, now)
        this.take(end, closeListener(end.server), now, 'close() of the listener')
      }
    this.listeners.delete(port)
    this.options.delete(port)
    const last = this.listening.get(port)?.at(-1)
    if (last) last.to = now
    this.listening.get(port)?.push({ state: 'GONE', from: now, to: Number.POSITIVE_INFINITY })
  }

  #ask(end: End, question: Question, now: number): { readonly to?: Listener; readonly answer: Answer } | undefined {
    const listener = this.listeners.get(end.port)
    if (listener !== undefined) {
      const since = now - (this.#asked.get(end.port) ?? now)
      return answer(listenerElapse(listener, Math.max(0, since)), question, this.stackOf(end))
    }
    return end.server.object.kind === 'child' && question.ask === 'nothing' ? { answer: { answer: 'done' } } : undefined
  }

  /** A round trip was measured: what it says of the timeout. Every new flight starts from these bounds. */
  #measure(end: End, una: Seq | undefined, now: number): void {
    const after = tcbOf(end)
    if (after === undefined || after.snd.una === una) return
    if (end.lastSent !== undefined) end.roundTrip = Math.max(end.roundTrip, now - end.lastSent)
    end.rto = rtoFor(end.roundTrip)
  }
}
