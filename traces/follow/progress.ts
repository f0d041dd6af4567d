/** Whether a connection gets on, has ended, or repeats itself. Nothing is judged here: that is what the replay is for. */
import { endpointText, hasFlag, type Packet } from '../capture.ts'

/** Copies of one segment before a connection counts as one that repeats itself. */
const COPIES = 2

interface End {
  /** Beyond all that it has sent. */
  next?: number
  acknowledged?: number
  fin?: number
}

export class Progress {
  isEnded = false
  /** It was told that it jams, and there was no progress since. */
  isToldJammed = false
  readonly #ends = new Map<string, End>()
  #since = Number.NEGATIVE_INFINITY
  #repeated = 0

  take(packet: Packet, time: number): void {
    const end = this.#endOf(packet.source)
    const other = this.#endOf(packet.destination)
    if (hasFlag(packet, 'R')) this.isEnded = true
    const sends = this.#sends(packet, end)
    const acknowledges = this.#acknowledges(packet, end)
    if (sends || acknowledges) {
      this.#since = time
      this.#repeated = 0
      this.isToldJammed = false
    } else if (packet.length > 0 || /[SF]/.test(packet.flags)) this.#repeated++
    if (isAcknowledged(end, other) && isAcknowledged(other, end)) this.isEnded = true
  }

  /** For how long segments have been repeated without progress, in seconds; 0 once that was told. */
  jamsSince(now: number): number {
    return this.isEnded || this.isToldJammed || this.#repeated < COPIES ? 0 : now - this.#since
  }

  /** Whether it goes beyond what the end had sent. */
  #sends({ sequence, length, flags }: Packet, end: End): boolean {
    if (sequence === undefined) return false
    const next = (sequence + length + (flags.includes('S') ? 1 : 0) + (flags.includes('F') ? 1 : 0)) >>> 0
    if (flags.includes('F')) end.fin = next
    if (end.next !== undefined && !isAfter(next, end.next)) return false
    end.next = next
    return true
  }

  #acknowledges({ acknowledgment }: Packet, end: End): boolean {
    if (acknowledgment === undefined) return false
    if (end.acknowledged !== undefined && !isAfter(acknowledgment, end.acknowledged)) return false
    end.acknowledged = acknowledgment
    return true
  }

  #endOf(endpoint: Packet['source']): End {
    const name = endpointText(endpoint)
    const known = this.#ends.get(name)
    if (known) return known
    const end = {}
    this.#ends.set(name, end)
    return end
  }
}

/** Its FIN is acknowledged. */
const isAcknowledged = ({ fin }: End, by: End): boolean =>
  fin !== undefined && by.acknowledged !== undefined && !isAfter(fin, by.acknowledged)

/** Modulo 2³². RFC 9293 §3.4 */
const isAfter = (a: number, b: number): boolean => ((a - b) | 0) > 0
