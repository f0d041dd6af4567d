/**
 * The connections of a capture that is still being made. Each is told when it ends, when it jams, and when it has been silent for
 * long; then it is forgotten, so that memory is bounded however long the capture lasts.
 */
import type { Connection, Packet } from '../capture.ts'
import { connectionsOf, conversationKey, rememberEnd } from '../readers/connections.ts'
import { Progress } from './progress.ts'

/** Why a connection is told now. */
export type Because =
  /** Both FINs are acknowledged, or there was a RST. */
  | 'it ended'
  /** The same segments again and again, and no progress. It stays in memory, and is told again when it ends. */
  | 'it jams'
  | 'it is silent'
  /** It has more packets than are kept; what follows is a connection that is met in the middle. */
  | 'it is long'
  /** There are more connections than are kept: it is the one that has been silent longest. */
  | 'there are too many'
  | 'its ports are used again'
  | 'the capture ends'

export interface Told {
  readonly because: Because
  /** Seconds, on the capture's clock. */
  readonly at: number
  readonly connection: Connection
}

export interface FollowLimits {
  /** Seconds after the end of a connection in which late segments may come. Default 2. */
  readonly linger: number
  /** Seconds without progress, while segments are repeated. Default 10. */
  readonly jam: number
  /** Seconds without a packet. Default 300. */
  readonly idle: number
  /** Packets of one connection. Default 20,000. */
  readonly packets: number
  /** Connections at a time. Default 10,000. */
  readonly connections: number
}

export const followLimits: FollowLimits = { linger: 2, jam: 10, idle: 300, packets: 20_000, connections: 10_000 }

interface Followed {
  packets: Packet[]
  last: number
  progress: Progress
}

export class Follower {
  readonly #limits: FollowLimits
  readonly #tell: (told: Told) => void
  /** The one that has been silent longest comes first. */
  readonly #followed = new Map<string, Followed>()
  #now = Number.NEGATIVE_INFINITY
  /** The second in which it was last looked at what is due. */
  #looked = Number.NEGATIVE_INFINITY
  #told = 0

  constructor(tell: (told: Told) => void, limits: Partial<FollowLimits> = {}) {
    this.#limits = { ...followLimits, ...limits }
    this.#tell = tell
  }

  /** How many connections are kept. */
  get size(): number {
    return this.#followed.size
  }

  /** @param packet with its time; what has none is as late as the one before */
  take(packet: Packet): void {
    const time = packet.time ?? this.#now
    this.#now = Math.max(this.#now, time)
    const key = conversationKey(packet.source, packet.destination)
    let followed = this.#followed.get(key)
    if (followed?.progress.isEnded && /^S[^.]*$/.test(packet.flags)) {
      this.#forget(key, followed, 'its ports are used again')
      followed = undefined
    }
    followed ??= { packets: [], last: time, progress: new Progress() }
    this.#followed.delete(key)
    this.#followed.set(key, followed)
    followed.packets.push(packet)
    followed.last = time
    followed.progress.take(packet, time)
    if (followed.packets.length >= this.#limits.packets) this.#forget(key, followed, 'it is long')
    if (this.#followed.size > this.#limits.connections) {
      const [first] = this.#followed
      this.#forget(first![0], first![1], 'there are too many')
    }
    this.tick(time)
  }

  /** Time passes, whether packets come or not. @param now seconds, on the capture's clock */
  tick(now: number): void {
    this.#now = Math.max(this.#now, now)
    if (!(Math.floor(now) > this.#looked)) return
    this.#looked = Math.floor(now)
    const { linger, jam, idle } = this.#limits
    for (const [key, followed] of [...this.#followed]) {
      const { last, progress } = followed
      if (progress.isEnded && now - last >= linger) this.#forget(key, followed, 'it ended')
      else if (now - last >= idle) this.#forget(key, followed, 'it is silent')
      else if (progress.jamsSince(now) >= jam) {
        progress.isToldJammed = true
        this.#say(followed, 'it jams')
      }
    }
  }

  /** Nothing follows. */
  end(): void {
    for (const [key, followed] of [...this.#followed])
      this.#forget(key, followed, followed.progress.isEnded ? 'it ended' : 'the capture ends')
  }

  #forget(key: string, followed: Followed, because: Because): void {
    this.#followed.delete(key)
    this.#say(followed, because)
  }

  #say({ packets }: Followed, because: Because): void {
    const connections = connectionsOf(packets)
    rememberEnd(connections, this.#now)
    const [connection] = connections
    if (connection) this.#tell({ because, at: this.#now, connection: { ...connection, id: this.#told++ } })
  }
}
