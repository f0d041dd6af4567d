/** The kernel of this machine as a host that is learnt: in namespaces of its own, its interface ends in this process. */
import { release } from 'node:os'
import type { Segment } from '../../model/index.ts'
import { framed, frameOf } from '../live/frame.ts'
import { TcpSocket, waitFor } from '../live/native.ts'
import { ADDRESS, Network } from '../live/network.ts'
import { BACKLOG, type HostCall } from './alphabet.ts'
import type { Host } from './tcp-teacher.ts'

/** What makes the kernel answer the same word in the same way: no limits per second, no probes for the tail. */
const SETTINGS = {
  tcp_invalid_ratelimit: 0,
  tcp_challenge_ack_limit: 2 ** 31 - 1,
  tcp_early_retrans: 0,
  tcp_recovery: 0,
  tcp_frto: 0,
} as const

/** Text is acknowledged at once, and no timer fires within a second. */
const ROUTE = 'rto_min 1s quickack 1'

/** A word that lasts longer, ms, is asked again: a timer may have fired. */
const LONGEST = 500

/** Ports of the two ends, of which every word has others. */
const FIRST_PORT = 5_000
const LAST_PORT = 60_000

/** Nothing listens there: a SYN is reset, after all that arrived before it. */
const CLOSED_PORT = 1
/** ms; so often at most: then the SYN was lost where the machine has no memory for it, and the word does not count. */
const WAIT = 10
const MOST_WAITS = 20

export class KernelHost implements Host {
  readonly name = `linux-${release()}`
  readonly #network = new Network({ client: {}, server: SETTINGS }, ROUTE)
  readonly #link = this.#network.hosts.server.link
  #port = FIRST_PORT
  #fence = FIRST_PORT
  #began = 0
  #isDoubtful = false
  #listener: TcpSocket | undefined
  #hasClosed = false
  #held: TcpSocket | undefined

  begin(): void {
    this.#port = this.#port < LAST_PORT ? this.#port + 1 : FIRST_PORT
    this.#hasClosed = false
    this.#isDoubtful = false
    this.#began = performance.now()
  }

  calls(call: HostCall): readonly Segment[] {
    this.#makes(call)
    return this.#sent()
  }

  #makes(call: HostCall): void {
    switch (call) {
      case 'LISTEN':
        if (this.#listener === undefined && !this.#hasClosed) this.#listens()
        return
      case 'ACCEPT': {
        const got = this.#held === undefined ? this.#listener?.accept() : undefined
        if (got !== undefined && 'socket' in got) this.#held = got.socket
        return
      }
      case 'RCV':
        this.#held?.recv(65_536)
        return
      case 'SHUTDOWN':
        this.#held?.shutdown(SHUT_WR)
        return
      case 'ABORT':
        this.#held?.setOption(1, 13, 1, 0) // SO_LINGER
        this.#makes('CLOSECONNECTION')
        return
      case 'CLOSECONNECTION':
        this.#held?.close()
        this.#held = undefined
        return
      case 'CLOSE':
        this.#listener?.close()
        this.#listener = undefined
        this.#hasClosed = true
        return
    }
  }

  #listens(): void {
    this.#listener = TcpSocket.open(this.#network.hosts.server.namespace)
    this.#listener.setOption(1, 2, 1) // SO_REUSEADDR
    for (const { error } of [this.#listener.bind(ADDRESS.server, this.#port), this.#listener.listen(BACKLOG)])
      if (error !== undefined) throw new Error(`port ${this.#port}: ${error}`)
  }

  hears(segment: Segment): readonly Segment[] {
    this.#sends(this.#port, this.#port, segment)
    return this.#sent()
  }

  #sends(sourcePort: number, destinationPort: number, segment: Segment): void {
    const frame = frameOf({ sourcePort, destinationPort, segment }, ADDRESS.client, ADDRESS.server)
    this.#link.write(this.#network.addressed('client', frame))
  }

  /** What the kernel has sent on this connection until it answers a SYN that is sent now: silence need not be waited for. */
  #sent(): readonly Segment[] {
    this.#fence = this.#fence < LAST_PORT ? this.#fence + 1 : FIRST_PORT
    this.#sends(this.#fence, CLOSED_PORT, { flags: 'S', seq: FENCE, len: 0 })
    const sent: Segment[] = []
    for (let waits = 0; waits < MOST_WAITS; ) {
      const f = this.#next()
      if (f === undefined) {
        waitFor([this.#link.fd], WAIT)
        waits += 1
      } else if (f.sourcePort === CLOSED_PORT && f.destinationPort === this.#fence) return sent
      else if (f.sourcePort === this.#port && f.destinationPort === this.#port) sent.push(f.segment)
    }
    this.#isDoubtful = true
    return sent
  }

  #next() {
    const got = this.#link.read()
    return got && framed(got.frame)
  }

  end(last: Segment): boolean {
    for (const call of ['ABORT', 'CLOSE'] as const) this.#makes(call)
    this.hears(last)
    return !this.#isDoubtful && performance.now() - this.#began < LONGEST
  }

  close(): void {
    this.#held?.close()
    this.#listener?.close()
    this.#network.close()
  }
}

const SHUT_WR = 1
const FENCE = 0x2000_0000 as Segment['seq']
