/** The model runs on from a moment of the capture: both ends, the wire between them, and what their applications do. */
import {
  abort,
  close,
  elapse,
  fire,
  fireDelayedAck,
  fireServer,
  isTcb,
  type Reaction,
  recv,
  type Segment,
  type Socket,
  type Stack,
  send,
  serverElapse,
  serverTimeLeft,
  shutdown,
  stateName,
  timeLeft,
  withSocket,
} from '../../model/index.ts'
import type { Actor } from '../replay/actors/hypothesis.ts'
import type { ServerEnd } from '../replay/actors/server-end.ts'
import { peerOf, type Side } from '../replay/packets/observation.ts'
import type { Calling } from './calls.ts'

/** Milliseconds since the first packet throughout. */
export interface Beginning {
  readonly at: number
  readonly client: Socket
  readonly server: ServerEnd
  readonly arrivals: readonly {
    readonly at: number
    readonly to: Side
    readonly segment: Segment
    /** It has not passed the tap yet. */
    readonly isNew?: boolean
  }[]
  readonly calls: readonly (Calling & { readonly at: number; readonly by: Side })[]
}

export interface House {
  readonly client: Actor<Socket>
  /** What the server does with a segment, once the remedy is there. */
  readonly serve: (end: ServerEnd, s: Segment) => { readonly to: ServerEnd; readonly send: readonly Segment[] }
  readonly stacks: Readonly<Record<Side, Stack>>
  /** From one end to the other, ms. */
  readonly way: number
  readonly isLost: (from: Side, s: Segment) => boolean
}

export interface Sent {
  readonly at: number
  readonly from: Side
  readonly segment: Segment
}

/** How it is after something has happened. */
export interface Moment {
  readonly at: number
  readonly client: Socket
  readonly server: ServerEnd
}

export interface Course {
  readonly sent: readonly Sent[]
  /** In order; the last is where nothing happens any more but that TIME_WAIT or FIN_WAIT2 runs out. */
  readonly moments: readonly Moment[]
  /** It did not come to rest. */
  readonly cut: boolean
}

/** More steps than this are no course of a connection that matters here. */
const MOST_STEPS = 5000

export const runOn = (b: Beginning, house: House): Course => new Running(b, house).toTheEnd()

interface Happening {
  readonly at: number
  readonly act: () => void
}

const sides = ['client', 'server'] as const

class Running {
  readonly #house: House
  readonly #sent: Sent[] = []
  #now: number
  #client: Socket
  #server: ServerEnd
  #waiting: Happening[]

  constructor({ at, client, server, arrivals, calls }: Beginning, house: House) {
    this.#house = house
    this.#now = at
    this.#client = client
    this.#server = server
    this.#waiting = [
      ...arrivals.map((a) => ({ at: a.at, act: () => this.#arrives(a.to, a.segment) })),
      ...calls.map((c) => ({
        at: c.at,
        act: () => this.#onSocket(c.by, (socket) => reactionTo(c, socket, house.stacks[c.by])),
      })),
    ]
  }

  toTheEnd(): Course {
    const moments: Moment[] = [this.#moment()]
    let said = this.#saying()
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      if (!this.#step()) return { sent: this.#sent, moments, cut: false }
      const now = this.#saying()
      if (now !== said) moments.push(this.#moment())
      said = now
    }
    return { sent: this.#sent, moments, cut: true }
  }

  /** What could be noticed: states, numbers, and what was sent. */
  #saying(): string {
    const of = (socket: Socket | undefined): string =>
      socket === undefined ? '' : `${stateName(socket)} ${isTcb(socket) ? [socket.snd.una, socket.rcv.nxt].join() : ''}`
    return `${of(this.#client)} ${this.#server.server.object.kind} ${of(socketOf(this.#server))} ${this.#sent.length}`
  }

  #moment(): Moment {
    return { at: this.#now, client: this.#client, server: this.#server }
  }

  /** What comes next: something that waits, or a timer. Nothing, where at most TIME_WAIT has to run out. */
  #step(): boolean {
    const next = this.#waiting.reduce<Happening | undefined>((a, h) => (a && a.at <= h.at ? a : h), undefined)
    const timers = sides
      .flatMap((side) => {
        const left = side === 'client' ? timeLeft(this.#client) : serverTimeLeft(this.#server.server)
        const ages = next === undefined && this.#socketAt(side)?.state === 'TIME_WAIT'
        return left === undefined || ages ? [] : [{ side, left }]
      })
      .sort((a, b) => a.left - b.left)
    const timer = timers[0]
    if (next !== undefined && (timer === undefined || next.at <= this.#now + timer.left)) {
      this.#waiting = this.#waiting.filter((h) => h !== next)
      this.#pass(Math.max(0, next.at - this.#now))
      next.act()
    } else if (timer !== undefined) {
      this.#pass(timer.left)
      this.#timesOut(timer.side)
    }
    return next !== undefined || timer !== undefined
  }

  #pass(time: number): void {
    this.#client = elapse(this.#client, time) ?? this.#client
    this.#server = { ...this.#server, server: serverElapse(this.#server.server, time) ?? this.#server.server }
    this.#now += time
  }

  #timesOut(side: Side): void {
    if (side === 'client') {
      this.#onSocket(side, (socket) => fire(socket, this.#house.stacks.client))
      return
    }
    const r = fireServer(this.#server.server, this.#house.stacks.server)
    this.#server = { ...this.#server, server: r.to }
    this.#emit(side, r.send)
  }

  #arrives(to: Side, segment: Segment): void {
    if (to === 'server') {
      const r = this.#house.serve(this.#server, segment)
      this.#server = r.to
      this.#emit(to, r.send)
    } else {
      const [r] = this.#house.client.arrive(this.#client, segment)
      if (r === undefined) return
      this.#client = r.to
      this.#emit(to, r.send)
    }
    this.#onSocket(to, (socket) =>
      isTcb(socket) && socket.ackPending !== undefined ? fireDelayedAck(socket) : undefined,
    )
  }

  #emit(from: Side, segments: readonly Segment[]): void {
    const to = peerOf(from)
    for (const segment of segments) {
      this.#sent.push({ at: this.#now, from, segment })
      if (!this.#house.isLost(from, segment))
        this.#waiting.push({ at: this.#now + this.#house.way, act: () => this.#arrives(to, segment) })
    }
  }

  #socketAt(side: Side): Socket | undefined {
    return side === 'client' ? this.#client : socketOf(this.#server)
  }

  #onSocket(side: Side, act: (socket: Socket) => Reaction<Socket> | undefined): void {
    const socket = this.#socketAt(side)
    const r = socket && act(socket)
    if (r === undefined) return
    const { object } = this.#server.server
    if (side === 'client') this.#client = r.to
    else if (object.kind === 'child')
      this.#server = { ...this.#server, server: withSocket(this.#server.server, object, r).to }
    this.#emit(side, r.send)
  }
}

export const socketOf = ({ server: { object } }: ServerEnd): Socket | undefined =>
  object.kind === 'child' ? object.socket : undefined

const reactionTo = (calling: Calling, socket: Socket, stack: Stack): Reaction<Socket> | undefined => {
  if (calling.call === 'write') return send(socket, calling.bytes, stack)
  if (calling.call === 'shutdown') return shutdown(socket, stack)
  return calling.call === 'abort' ? abort(socket) : close(recv(socket)?.to ?? socket, stack)
}
