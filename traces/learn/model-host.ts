/** The reducer as a host that is learnt, under a profile. */
import {
  type Answer,
  abandon,
  abort,
  answer,
  arrive,
  closeForGood,
  close as closes,
  type Listener,
  listen,
  moveUp,
  newServer,
  type ProfileName,
  questionAbout,
  type Reaction,
  recv,
  type Segment,
  type Server,
  type Socket,
  type Stack,
  seq,
  settle,
  shutdown,
  takeHead,
  withSocket,
} from '../../model/index.ts'
import { stackOf } from '../conform/index.ts'
import { BACKLOG, type HostCall } from './alphabet.ts'
import type { Host } from './tcp-teacher.ts'

/** Nothing listens, before LISTEN as after CLOSE. */
const nobody = (stack: Stack): Listener => closeForGood(listen(BACKLOG, stack), stack)

export class ModelHost implements Host {
  readonly name: string
  readonly #stack: Stack
  #listener: Listener
  #server: Server = newServer
  #hasClosed = false
  /** The process holds a connection, whatever has become of it. */
  #holds = false

  constructor(profile: ProfileName) {
    const stack = stackOf(profile)
    this.name = profile
    this.#stack = { ...stack, durations: { ...stack.durations, invalidRatelimit: 0 } }
    this.#listener = nobody(this.#stack)
  }

  begin(): void {
    this.#listener = nobody(this.#stack)
    this.#server = newServer
    this.#hasClosed = false
    this.#holds = false
  }

  calls(call: HostCall): readonly Segment[] {
    switch (call) {
      case 'LISTEN':
        if (!this.#hasClosed && this.#listener.closed) this.#listener = listen(BACKLOG, this.#stack)
        return []
      case 'ACCEPT':
        this.#accepts()
        return []
      case 'RCV':
        return this.#onConnection((s) => recv(s))
      case 'SHUTDOWN':
        return this.#onConnection((s) => shutdown(s, this.#stack))
      case 'CLOSECONNECTION':
      case 'ABORT': {
        const sent = this.#onConnection((s) => (call === 'ABORT' ? abort(s) : closes(s, this.#stack)))
        this.#holds = false
        return sent
      }
      case 'CLOSE':
        return this.#ends()
    }
  }

  #accepts(): void {
    const without = this.#holds || this.#listener.closed ? undefined : takeHead(this.#listener)
    if (without === undefined) return
    this.#listener = without
    this.#server = moveUp(this.#server)
    this.#holds = true
  }

  #onConnection(call: (s: Socket) => Reaction<Socket> | undefined): readonly Segment[] {
    const { object } = this.#server
    if (!this.#holds || object.kind !== 'child' || object.place !== undefined) return []
    const r = call(object.socket)
    return r === undefined ? [] : this.#becomes(withSocket(this.#server, object, r))
  }

  #ends(): readonly Segment[] {
    this.#hasClosed = true
    if (this.#listener.closed) return []
    this.#listener = closeForGood(this.#listener, this.#stack)
    this.#server = abandon(this.#server, this.#stack)
    const owed = settle(this.#server)
    return owed === undefined ? [] : this.#becomes(owed)
  }

  hears(s: Segment): readonly Segment[] {
    const question = questionAbout(this.#server, s, this.#stack)
    const asked: { to: Listener; answer: Answer } | undefined = answer(this.#listener, question, this.#stack)
    if (asked === undefined) throw new Error(`impossible: ${JSON.stringify(question)}`)
    this.#listener = asked.to
    const iss = seq(0x4000_0000 + 1_000_003 * (this.#server.made + 1))
    return this.#becomes(arrive(this.#server, s, asked.answer, iss, this.#stack))
  }

  #becomes({ to, send }: Reaction<Server>): readonly Segment[] {
    this.#server = to
    return send
  }

  /** All that an answer can depend on. */
  get state(): unknown {
    return [this.#listener, this.#server, this.#hasClosed, this.#holds]
  }

  /** Time does not pass. */
  end(): boolean {
    return true
  }

  close(): void {}
}
