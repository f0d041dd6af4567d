/** What a requirement's script works with: connections of its own to the target's services. */
import { type Seq, seq } from '../../model/index.ts'
import { type Heard, heardIn } from './packet.ts'
import { Peer, type PeerOptions, type Told } from './peer.ts'
import { CLOSED_PORT, type Need, type Service, services, type Target } from './target.ts'
import { NotDecided } from './verdict.ts'

/** Ports of the tester: each script has some of its own, two for each connection. */
const FIRST_PORT = 20_000
const LAST_PORT = 60_000

/** The packets of the target, sorted by the tester's port. */
export class Switchboard {
  readonly target: Target
  readonly ports: Readonly<Record<Service, number>>
  readonly #peers = new Map<number, (h: Heard) => void>()
  #next = FIRST_PORT

  constructor(target: Target, ports: Partial<Readonly<Record<Service, number>>> = {}) {
    this.target = target
    const own = Object.fromEntries(Object.entries(services).map(([name, { port }]) => [name, port])) as Record<
      Service,
      number
    >
    this.ports = { ...own, ...ports }
    target.hears((packet) => {
      const h = heardIn(packet)
      if (h !== undefined) this.#peers.get(h.destinationPort)?.(h)
    })
  }

  /** An even port. */
  port(): number {
    const port = this.#next
    this.#next = port + 2 < LAST_PORT ? port + 2 : FIRST_PORT
    return port
  }

  plugs(port: number, hears: (h: Heard) => void): void {
    this.#peers.set(port, hears)
  }
}

export interface Times {
  /** ms to wait for an answer, and for silence. */
  readonly answer: number
  readonly quiet: number
  /** ms that a script may last. */
  readonly most: number
  /** The target's maximum segment lifetime, ms. */
  readonly msl: number
}

export class Lab {
  readonly told: Told[] = []
  readonly times: Times
  readonly #board: Switchboard
  readonly #offered: ReadonlyMap<Service, boolean>
  #made = 0

  constructor(board: Switchboard, offered: ReadonlyMap<Service, boolean>, times: Times) {
    this.#board = board
    this.#offered = offered
    this.times = times
  }

  get target(): Target {
    return this.#board.target
  }

  /** @throws NotDecided where the target has no such thing */
  needs(need: Need): void {
    const why = this.target.lacks(need)
    if (why !== undefined) throw new NotDecided(why)
  }

  /** @throws NotDecided where the script would take longer than it may */
  lasts(ms: number): void {
    if (ms > this.times.most)
      throw new NotDecided(`it takes ${Math.ceil(ms / 1000)} s: give it with --time ${Math.ceil(ms / 1000)}`)
  }

  /** Another connection, of which nothing has been said yet. @throws NotDecided where the target has no such service */
  peer(service: Service | 'closed', o: Partial<PeerOptions> = {}): Peer {
    if (service !== 'closed' && !this.#offered.get(service))
      throw new NotDecided(
        `nothing listens at port ${this.#board.ports[service]}, where something ${services[service].does}`,
      )
    const to = service === 'closed' ? CLOSED_PORT : this.#board.ports[service]
    return this.#at(this.#board.port(), to, o)
  }

  #at(port: number, to: number, o: Partial<PeerOptions>): Peer {
    this.#made += 1
    const iss = seq(0x1000_0000 * (this.#made % 15) + 17 * port)
    const { answer, quiet } = this.times
    const peer = new Peer(this.target, { port, to, iss, patience: { answer, quiet }, told: this.told, ...o })
    this.#board.plugs(port, (h) => peer.arrives(h))
    return peer
  }

  /** ESTABLISHED, with the SYN's options. @throws NotDecided where that cannot be reached */
  async opened(
    service: Service,
    o: Partial<PeerOptions> & { options?: Peer['options']; window?: number } = {},
  ): Promise<Peer> {
    const { options, window, ...rest } = o
    const p = this.peer(service, rest)
    if (window !== undefined) p.window = window
    await this.opens(p, options)
    return p
  }

  /** The three-way handshake. */
  async opens(p: Peer, options: Peer['options'] = { mss: 1460 }): Promise<void> {
    const syn = p.says('S', { options })
    const h = await p.hears()
    if (h?.segment.flags !== 'S.' || h.segment.ack !== (syn.seq + 1) % 2 ** 32)
      throw new NotDecided(`no connection is opened: ${h === undefined ? 'a SYN has no answer' : p.shows(h.segment)}`)
    const { timestamp } = h.segment.options ?? {}
    if (timestamp !== undefined && options.timestamp !== undefined)
      p.options = { timestamp: { val: options.timestamp.val, echo: timestamp.val } }
    p.acknowledges()
  }

  /** SYN-RECEIVED: the SYN+ACK has come, and has no answer. */
  async halfOpened(service: Service): Promise<{ readonly p: Peer; readonly synAck: Heard }> {
    const p = this.peer(service)
    p.says('S', { options: { mss: 1460 } })
    const synAck = await p.hears()
    if (synAck?.segment.flags !== 'S.') throw new NotDecided('a SYN has no SYN+ACK as its answer')
    return { p, synAck }
  }

  /** SYN-SENT: the target has been made to connect, and its SYN has come. */
  async called(): Promise<{ readonly p: Peer; readonly syn: Heard; readonly dialler: Peer }> {
    const dialler = this.peer('dial')
    const p = this.#at(dialler.port + 1, 0, {})
    await this.opens(dialler)
    const syn = await p.hears(2 * this.times.answer)
    if (syn?.segment.flags !== 'S')
      throw new NotDecided('the target does not connect when it is called by the service dial')
    return { p, syn, dialler }
  }

  async pauses(ms: number): Promise<void> {
    await this.target.wait(ms, () => false)
  }
}

/** A SYN is sent so often, ms apart, before silence or a RST says that nothing listens. */
const TRIES = 6
const APART = 500
/** A target that has not been heard at all may still be starting: so many are sent to it. */
const STARTING = 60
/** And where one service has answered late, others may answer so many times as late. */
const LATER = 4

/** Which services are there: a SYN is answered by a SYN+ACK. The connection is reset again. */
export const offered = async (board: Switchboard, times: Times): Promise<ReadonlyMap<Service, boolean>> => {
  const all = new Map((Object.keys(services) as Service[]).map((name) => [name, true]))
  const lab = new Lab(board, all, times)
  /** The most SYNs that anything heard so far has taken; 0: nothing was heard. */
  let slowest = 0
  const isMissing = (refused: number, silent: number) =>
    refused >= TRIES || silent >= (slowest === 0 ? STARTING : Math.max(TRIES, LATER * slowest))
  const is = async (name: Service): Promise<[Service, boolean]> => {
    let p = lab.peer(name)
    for (let refused = 0, silent = 0; !isMissing(refused, silent) && lab.target.ended() === undefined; ) {
      p.forges('S', { options: { mss: 1460 } })
      const h = await p.hears(APART)
      if (h === undefined) {
        silent++ // the same SYN again: an answer that comes late is heard, too
        continue
      }
      slowest = Math.max(slowest, silent + 1)
      if (h.segment.flags === 'S.') {
        p.forges('R', { seq: 1 })
        return [name, true]
      }
      refused++
      p = lab.peer(name)
      await lab.pauses(APART)
    }
    return [name, false]
  }
  if (board.target.atOnce > 1) return new Map(await Promise.all([...all.keys()].map(is)))
  const found: [Service, boolean][] = []
  for (const name of all.keys()) found.push(await is(name))
  return new Map(found)
}

/** The number of a RST that answers no ACK. */
export const ZERO = 0 as Seq
