/** One listening host and peers that say what a test tells them, in milliseconds: the segments and counters that come of it. */
import type { Stack } from '../config.ts'
import type { Counter } from '../counters.ts'
import type { Icmp } from '../icmp.ts'
import { closeListener, stopListening } from '../listener/close.ts'
import { icmpArrives, questionOfIcmp } from '../listener/icmp.ts'
import { answer, listen, listenerElapse, relisten, takeHead } from '../listener/listener.ts'
import type { Peer, Server } from '../listener/object.ts'
import {
  arrive,
  fireServer,
  moveUp,
  newServer,
  questionAbout,
  questionOfTimer,
  serverElapse,
  serverTimeLeft,
  withSocket,
} from '../listener/server.ts'
import type { Answer, Listener, Question } from '../listener/types.ts'
import type { Reaction } from '../reaction.ts'
import type { Segment } from '../segment.ts'
import { type Socket, stateName } from '../socket/socket.ts'
import { ISS } from './segments.ts'
import { type StackOptions, stack } from './stack.ts'

/** Linux 6.18 as it comes, but for what is given. */
export const inMilliseconds = ({ sysctls, durations, ...o }: StackOptions = {}): Stack =>
  stack({
    window: 64_240,
    mss: 1_460,
    ...o,
    sysctls: {
      tcp_syncookies: 1,
      tcp_syn_retries: 6,
      tcp_syn_linear_timeouts: 4,
      tcp_synack_retries: 5,
      tcp_retries2: 15,
      tcp_orphan_retries: 0,
      ...sysctls,
    },
    durations: {
      initialRto: 1_000,
      msl: 30_000,
      timeWait: 60_000,
      finTimeout: 60_000,
      invalidRatelimit: 500,
      ...durations,
    },
  })

export class Lab {
  stack: Stack
  listener: Listener
  #now = 0
  readonly #servers = new Map<string, Server>()
  #counted: Counter[] = []

  constructor(backlog: number, o: StackOptions = {}) {
    this.stack = inMilliseconds(o)
    this.listener = listen(backlog, this.stack)
  }

  /** The peer sends; what the host answers. Every request takes ISS. */
  hears(peer: string, ...segments: readonly Segment[]): readonly Segment[] {
    return segments.flatMap((s) => {
      const server = this.#server(peer)
      return this.#take(peer, questionAbout(server, s, this.stack), (a) => arrive(server, s, a, ISS, this.stack))
    })
  }

  hearsIcmp(peer: string, icmp: Icmp): readonly Segment[] {
    const server = this.#server(peer)
    return this.#take(peer, questionOfIcmp(server, icmp, this.stack), () => icmpArrives(server, icmp, this.stack))
  }

  /** Time passes, and what timers send meanwhile: when (since the beginning), where to, what. */
  waits(time: number): readonly (readonly [number, string, Segment])[] {
    const until = this.#now + time
    const sent: [number, string, Segment][] = []
    for (;;) {
      const next = Math.min(until - this.#now, ...[...this.#servers.values()].map((s) => serverTimeLeft(s) ?? Infinity))
      this.#pass(next)
      const due = [...this.#servers].filter(([, s]) => serverTimeLeft(s) === 0)
      if (due.length === 0) return sent
      for (const [peer, s] of due) {
        const question = questionOfTimer(s, this.stack)
        for (const x of this.#take(peer, question, (a) => fireServer(s, this.stack, a))) sent.push([this.#now, peer, x])
      }
    }
  }

  /** Whose child accept() returns. */
  accepts(): string | undefined {
    const without = takeHead(this.listener)
    if (without === undefined) return undefined
    this.listener = without
    const children = [...this.#servers].map(([peer, { object }]) => ({ peer, object }))
    const head = children.find(({ object }) => object.kind === 'child' && object.place === 0)?.peer
    for (const [peer, server] of this.#servers) this.#servers.set(peer, moveUp(server))
    return head ?? 'one that died'
  }

  /** What its process does with an accepted child; what it sends. */
  calls(peer: string, call: (socket: Socket, stack: Stack) => Reaction<Socket> | undefined): readonly Segment[] {
    const server = this.#server(peer)
    const c = server.object
    const r = c.kind === 'child' ? call(c.socket, this.stack) : undefined
    return c.kind === 'child' && r ? this.#take(peer, { ask: 'nothing' }, () => withSocket(server, c, r)) : []
  }

  relistens(backlog: number): void {
    this.listener = relisten(this.listener, backlog, this.stack)
  }

  /** close() or shutdown() of the listener: what each peer is sent. */
  closes(): readonly (readonly [string, Segment])[] {
    this.listener = stopListening(this.listener, this.stack)
    return [...this.#servers].flatMap(([peer, server]) => {
      const r = closeListener(server, this.stack)
      this.#servers.set(peer, r.to)
      this.#counted.push(...r.count)
      return r.send.map((s) => [peer, s] as const)
    })
  }

  /** What has been counted since this was last asked. */
  counters(): Partial<Record<Counter, number>> {
    const sums: Partial<Record<Counter, number>> = {}
    for (const c of this.#counted) sums[c] = (sums[c] ?? 0) + 1
    this.#counted = []
    return sums
  }

  /** As `ss` would show it; its unread bytes, where there are any, with one for the peer's FIN. */
  shows(peer: string): string {
    const { object } = this.#server(peer)
    if (object.kind !== 'child') return object.kind
    const socket = object.socket
    const unread = 'rcv' in socket ? socket.rcv.unread + (socket.state === 'CLOSE_WAIT' ? 1 : 0) : 0
    return `${stateName(socket)}${unread > 0 ? ` ${unread}` : ''}`
  }

  /** Recv-Q and Send-Q of LISTEN. */
  queue(): readonly [number, number] {
    return [this.listener.acceptQueue, this.listener.backlog]
  }

  knows(peer: string, what: Peer): void {
    this.#servers.set(peer, { ...this.#server(peer), peer: what })
  }

  #server(peer: string): Server {
    return this.#servers.get(peer) ?? newServer
  }

  #take(peer: string, question: Question, react: (a: Answer) => Reaction<Server>): readonly Segment[] {
    const a = answer(this.listener, question, this.stack)
    if (a === undefined) throw new Error(`impossible: ${JSON.stringify(question)}`)
    this.listener = a.to
    const r = react(a.answer)
    this.#servers.set(peer, r.to)
    this.#counted.push(...r.count)
    return r.send
  }

  #pass(time: number): void {
    this.#now += time
    this.listener = listenerElapse(this.listener, time)
    for (const [peer, s] of this.#servers) this.#servers.set(peer, serverElapse(s, time)!)
  }
}
