/** A host as the model has it: its listeners, its end of every connection, what its kernel has counted. */
import {
  type Answer,
  acknowledges,
  answer,
  arrive,
  type Counter,
  closed,
  closeListener,
  fireServer,
  issAfter,
  isTimeWait,
  type Keepalive,
  type Listener,
  listen,
  listenerElapse,
  moveUp,
  opensAnew,
  type Question,
  questionAbout,
  questionOfTimer,
  type Reaction,
  react,
  refuse,
  relisten,
  type Segment,
  type Seq,
  type Server,
  type Socket,
  type Stack,
  stopListening,
  type Tcb,
  takeHead,
  withoutChallenge,
  withSocket,
} from '../../model/index.ts'
import { dueNow, type End, type Held, newEnd, note, pass, runningTimer, socketOf, tcbOf } from './end.ts'
import type { HostName } from './folder.ts'
import { type Key, portOf } from './passages.ts'
import { backedOff, rtoOf, sampled } from './rtt.ts'
import type { SocketOptions } from './sockets.ts'
import type { Rto } from './timing.ts'

/** Which initial sequence number the host gave to a request for a client's. */
export type IssOf = (host: HostName, key: Key, irs: Seq, now: number) => Seq

export interface Counted {
  readonly at: number
  readonly counter: Counter
}

/** What may have been counted instead: what decides it is not known exactly enough, and nothing else shows it. */
export interface Alternative {
  readonly at: number
  readonly counted: readonly Counter[]
  readonly instead: readonly Counter[]
}

/** A reaction, and what the listener is after it. */
export type Step = Reaction<Server> & { readonly listener?: Listener | undefined }

/** What is known of the moment at which a reaction comes true. */
export interface Circumstances {
  /** Nothing showed when the timer fired: it may have been as early as this. */
  readonly silentSince?: number
  /** The segment that caused it. */
  readonly by?: Segment
  /** What a timer would have counted that may have fired before, and shows nothing either. */
  readonly instead?: readonly Counter[] | undefined
  /** It may have come true so much later, ms. */
  readonly blur?: number
}

/** The timestamps option with its padding. RFC 7323 appendix A */
const TIMESTAMP_SIZE = 12

export class Host {
  readonly name: HostName
  readonly ends = new Map<Key, End>()
  readonly listeners = new Map<number, Listener>()
  /** What setsockopt() said of the socket that listens on a port. */
  readonly options = new Map<number, SocketOptions>()
  readonly counted: Counted[] = []
  readonly alternatives: Alternative[] = []
  /** When which port was listened on. */
  readonly listening = new Map<number, Held[]>()
  stack: Stack
  /** Of sockets with SO_KEEPALIVE that do not say otherwise. linux: tcp_keepalive_time, _intvl, _probes */
  keepalive: Keepalive = { idle: 7_200_000, interval: 75_000, probes: 9 }
  /** linux: tcp_max_tw_buckets */
  mostTimeWaits = Number.POSITIVE_INFINITY
  /** Of the whole kernel, so that no other host may have orphans. linux: tcp_max_orphans */
  mostOrphans = Number.POSITIVE_INFINITY
  /** Timeouts of earlier connections are remembered, and start later ones. linux: tcp_no_metrics_save */
  remembersRoundTrips = true
  #longestRoundTrip = 0
  /** Until when a listener's time has passed. */
  readonly #asked = new Map<number, number>()
  readonly #issOf: IssOf
  readonly #tick: number

  /** `tick`: of its kernel's clock, ms */
  constructor(name: HostName, stack: Stack, issOf: IssOf, tick: number) {
    this.name = name
    this.stack = stack
    this.#issOf = issOf
    this.#tick = tick
  }

  /** The stack as a connection sees it: with the options of the listener that it came by. */
  stackOf(end: End, rto = end.rto): Stack {
    const listener = this.options.get(end.port)
    // what is not accepted yet has what its listener has. linux: sk_clone_lock
    const options = end.server.object.kind === 'child' ? end.options : (listener ?? end.options)
    const { linger2, synCount, keepalive, keepaliveTimes, userTimeout } = options
    const agreed = tcbOf(end)?.options
    return {
      ...this.stack,
      ...(this.stack.offers && { offers: { ...this.stack.offers, clock: end.flight.clockAt(end.at) ?? 0 } }),
      // what the peer takes is said without the options: those come off it. linux: tcp_current_mss
      mss:
        Math.min(this.stack.mss, agreed?.mss ?? this.stack.mss) - (agreed?.recent === undefined ? 0 : TIMESTAMP_SIZE),
      durations: { ...this.stack.durations, rto: rto.least },
      timeWaitFull: this.#timeWaits() >= this.mostTimeWaits,
      orphansFull: this.#orphans() > this.mostOrphans,
      ...(listener && { listener }),
      ...(linger2 === undefined ? {} : { linger2 }),
      ...(synCount === undefined ? {} : { synCount }),
      ...(keepalive && { keepalive: { ...this.keepalive, ...keepaliveTimes } }),
      ...(userTimeout === undefined ? {} : { userTimeout }),
    }
  }

  #timeWaits(): number {
    if (this.ends.size < this.mostTimeWaits) return 0
    return [...this.ends.values()].filter((end) => socketOf(end.server.object)?.state === 'TIME_WAIT').length
  }

  /** What close() ends now does not count yet: the kernel counts ten times a second. linux: tcp_orphan_update */
  #orphans(): number {
    if (this.ends.size <= this.mostOrphans) return 0
    return [...this.ends.values()].filter((end) => tcbOf(end)?.orphan).length
  }

  /** The host's end of a connection, with the time passed up to `now`. */
  end(key: Key, now: number): End {
    let end = this.ends.get(key)
    if (end === undefined) {
      end = newEnd(key, portOf(this.name, key), this.#tick)
      this.ends.set(key, end)
    }
    pass(end, now)
    return end
  }

  /** What the end would do with a segment. Nothing changes until it is taken. */
  onArrival(end: End, s: Segment, now: number): Step {
    const stack = this.stackOf(end, this.#rtoAfter(end, s, now))
    const asked = this.#ask(end, questionAbout(end.server, s, stack), now)
    if (asked === undefined) return refuse({ ...end.server, object: { kind: 'none' } }, s)
    const held = socketOf(end.server.object)
    const reopens = held !== undefined && isTimeWait(held) && opensAnew(held, s, stack)
    const iss = reopens ? issAfter(held) : this.#issOf(this.name, end.key, s.seq, now)
    const step = arrive(end.server, s, asked.answer, iss, stack)
    const isMute = stack.sysctls.tcp_challenge_ack_limit === 0 && stack.dialect.challengeLimit0 === 'no challenge'
    return {
      ...(isMute && step.count.includes('TCPChallengeACK') ? withoutChallenge(step) : step),
      listener: asked.to,
    }
  }

  /** What the end would do if its timer fired. */
  onTimer(end: End, now: number): Step {
    const stack = this.stackOf(end)
    const asked = this.#ask(end, questionOfTimer(end.server, stack), now)
    if (asked === undefined) return react({ ...end.server, object: { kind: 'none' } })
    return { ...fireServer(dueNow(end.server), stack, asked.answer), listener: asked.to }
  }

  /** What a call on the end's socket would do, undefined if nothing. */
  onCall(end: End, call: (socket: Socket) => Reaction<Socket> | undefined): Step | undefined {
    const object = end.server.object
    const socket = socketOf(object) ?? closed('never opened')
    const r = call(socket)
    return r && withSocket(end.server, object.kind === 'child' ? object : { kind: 'child', socket }, r)
  }

  /** The reaction comes true: counts, expectations, timers. */
  take(
    end: End,
    r: Step,
    now: number,
    why: string,
    { silentSince = now, by, instead, blur = 0 }: Circumstances = {},
  ): void {
    const before = tcbOf(end)
    const held = socketOf(end.server.object)
    end.server = r.to
    const holds = socketOf(r.to.object)
    if (holds !== undefined && (held === undefined || (held.state === 'TIME_WAIT' && holds.state !== 'TIME_WAIT'))) {
      end.n++
      end.options = { ...this.options.get(end.port) }
    }
    if (r.listener) {
      this.listeners.set(end.port, r.listener)
      this.#asked.set(end.port, now)
    }
    for (const segment of r.send) end.expected.push({ segment, since: now, why })
    this.#measure(end, before, by, now)
    for (const counter of r.count) this.counted.push({ at: now, counter })
    if (instead) this.alternatives.push({ at: now, counted: r.count, instead })
    if (r.count.includes('TWKilled') && this.#mayLastLonger(end))
      this.alternatives.push({ at: now, counted: ['TWKilled'], instead: ['TW'] })
    const timer = runningTimer(end, now)
    if (timer)
      end.timer =
        timer.started === now && silentSince < now
          ? { ...timer, started: silentSince, blur: now - silentSince }
          : timer.started === now && blur > 0
            ? { ...timer, blur: (timer.blur ?? 0) + blur }
            : timer
    else delete end.timer
    if (tcbOf(end)?.ackPending !== undefined) end.ackSince ??= now
    else delete end.ackSince
    note(end, silentSince, now)
  }

  /** FIN_WAIT2 lasts 3.5 timeouts at least, and the timeout is known within bounds only. linux: tcp_fin_time, inet_twsk_schedule */
  #mayLastLonger({ rto }: End): boolean {
    return 3.5 * rto.most > (this.stack.durations.shortTimeWait ?? 0)
  }

  listen(port: number, backlog: number, now: number): void {
    const live = this.listeners.get(port)
    if (live === undefined || live.closed)
      this.listening.set(port, [
        ...(this.listening.get(port) ?? []),
        { state: 'LISTEN', from: now, to: Number.POSITIVE_INFINITY },
      ])
    this.listeners.set(port, live ? relisten(live, backlog, this.stack) : listen(backlog, this.stack))
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

  /** close() of the listener, or shutdown() of its receiving: after that it may listen again, and finds its requests. */
  closeListener(port: number, now: number, forGood = true): void {
    for (const end of this.ends.values())
      if (end.port === port) {
        pass(end, now)
        const closes = closeListener(end.server)
        const { object } = closes.to
        const abandons = forGood && object.kind === 'request'
        const to = abandons ? { ...closes.to, object: { ...object, abandoned: true as const } } : closes.to
        this.take(end, { ...closes, to }, now, forGood ? 'close() of the listener' : 'shutdown() of the listener')
      }
    const live = this.listeners.get(port)
    if (forGood || live === undefined) {
      this.listeners.delete(port)
      this.options.delete(port)
    } else this.listeners.set(port, stopListening(live, this.stack))
    const last = this.listening.get(port)?.at(-1)
    if (last) last.to = now
    this.listening.get(port)?.push({ state: 'GONE', from: now, to: Number.POSITIVE_INFINITY })
  }

  /** The listener's answer; where nothing listens, that is the answer. Undefined where the question cannot come up. */
  #ask(end: End, question: Question, now: number): { readonly to?: Listener; readonly answer: Answer } | undefined {
    const listener = this.listeners.get(end.port)
    if (listener !== undefined) {
      const since = now - (this.#asked.get(end.port) ?? now)
      return answer(listenerElapse(listener, Math.max(0, since)), question, this.stackOf(end))
    }
    const isOwn = end.server.object.kind === 'child' && question.ask === 'nothing'
    return { answer: { answer: isOwn ? 'done' : 'gone' } }
  }

  /** A round trip was measured: what it says of the timeout. Every new flight starts from these bounds. */
  #measure(end: End, before: Tcb | undefined, by: Segment | undefined, now: number): void {
    const after = tcbOf(end)
    const una = after?.snd.una ?? (before && by?.ack)
    if (una === undefined || by === undefined || una === before?.snd.una) return
    const cookie = before === undefined && end.server.cookie !== undefined && end.timer === undefined
    Object.assign(end, this.#measured(end, before, una, (after ?? before)!.snd.nxt, by, now, cookie))
    this.#longestRoundTrip = Math.max(this.#longestRoundTrip, end.rtt.high?.srtt ?? 0)
    end.flight.forget(una)
  }

  #measured(
    end: End,
    before: Tcb | undefined,
    una: Seq,
    nxt: Seq,
    by: Segment,
    now: number,
    cookie: boolean,
  ): Pick<End, 'rtt' | 'rto'> {
    const trip = end.flight.roundTrip(una, by, now, cookie)
    const { low, high } = end.rtt
    if (trip === undefined && before !== undefined && before.state !== 'SYN_RECV')
      return { rtt: end.rtt, rto: backedOff(end.rto, before.rtx?.n ?? 0) }
    const cached = high === undefined && this.remembersRoundTrips ? 3 * this.#longestRoundTrip : 0
    const rtt = trip ? { low: sampled(low, trip.low, una, nxt), high: sampled(high, trip.high, una, nxt) } : end.rtt
    return { rtt, rto: { least: rtoOf(rtt.low), most: Math.max(rtoOf(rtt.high), cached) + this.#tick } }
  }

  /** The timeout once the segment's ACK is taken: it is measured before what it means is decided. linux: tcp_ack */
  #rtoAfter(end: End, s: Segment, now: number): Rto {
    const tcb = tcbOf(end)
    if (tcb === undefined || s.ack === undefined || !acknowledges(tcb.snd.una, s.ack, tcb.snd.nxt)) return end.rto
    return this.#measured(end, tcb, s.ack, tcb.snd.nxt, s, now, false).rto
  }
}
