/** What an end has in flight, as the capture at its interface shows it, and the round trips that ACKs measure. linux: tcp_clean_rtx_queue */
import {
  before,
  hasRst,
  hasSyn,
  notAfter,
  type Segment,
  type Seq,
  segmentEnd,
  segmentLength,
} from '../../model/index.ts'

export interface Sent {
  readonly from: Seq
  readonly end: Seq
  /** When it was sent first, ms. */
  readonly at: number
  /** It was sent again: its ACK measures nothing by itself. RFC 6298 §3 */
  readonly again: boolean
}

export interface RoundTrip {
  readonly low: number
  readonly high: number
}

/** What the clocks of a capture and of a kernel may differ by, ms. */
const NOISE = { before: 1, after: 2 }
/** A cookie takes the low bits of its SYN+ACK's timestamp. linux: TSBITS */
const COOKIE_BITS = 64

const aroundOf = (low: number, high = low): RoundTrip => ({
  low: Math.max(0, low - NOISE.before),
  high: Math.max(0, high) + NOISE.after,
})

export class Flight {
  #sent: Sent[] = []
  /** What the own clock for timestamps said, and when. */
  #clock: { readonly at: number; readonly val: number } | undefined

  /** What the own clock for timestamps says now, in ms; undefined before it has been seen. */
  clockAt(now: number): number | undefined {
    return this.#clock && (this.#clock.val + Math.round(now - this.#clock.at)) >>> 0
  }

  /** A segment tells the own clock. */
  reads({ options }: Segment, at: number): void {
    const val = options?.timestamp?.val
    if (val !== undefined) this.#clock = { at, val }
  }

  /** A segment has left; a SYN with another number begins another connection. */
  leave(s: Segment, at: number, forgets: () => void): void {
    this.reads(s, at)
    if (segmentLength(s) === 0 || hasRst(s)) return
    const end = segmentEnd(s)
    if (hasSyn(s) && !this.#sent.some((f) => f.from === s.seq)) {
      this.#sent = []
      forgets()
    }
    const last = this.#sent.at(-1)
    if (last === undefined || before(last.end, end)) this.#sent.push({ from: s.seq, end, at, again: false })
    if (last !== undefined && before(s.seq, last.end))
      this.#sent = this.#sent.map((f) =>
        before(f.from, end) && before(s.seq, f.end) && f.at < at ? { ...f, again: true } : f,
      )
  }

  /** The round trip that an ACK of everything before `una` measures, undefined if nothing tells it. `cookie`: when its SYN+ACK left is not kept. */
  roundTrip(una: Seq, ack: Segment, now: number, cookie: boolean): RoundTrip | undefined {
    const acked = this.#sent.filter((f) => notAfter(f.end, una))
    if (acked.length === 0) return undefined
    if (!cookie && acked.every((f) => !f.again)) return aroundOf(now - acked[0]!.at)
    const echo = ack.options?.timestamp?.echo
    if (echo === undefined || this.#clock === undefined) return undefined
    const since = ((this.#clock.val - echo) | 0) + now - this.#clock.at
    return aroundOf(since, since + (cookie ? COOKIE_BITS : 0))
  }

  /** Everything before `una` is acknowledged. */
  forget(una: Seq): void {
    this.#sent = this.#sent.filter((f) => before(una, f.end))
  }

  /** Where the last segment begins that is not acknowledged. */
  last(una: Seq): Seq | undefined {
    return this.#sent.findLast((f) => before(una, f.end))?.from
  }

  /** It was sent before, with this very text. */
  hasSent(s: Segment): boolean {
    return this.#sent.some((f) => f.from === s.seq && f.end === segmentEnd(s))
  }

  /** linux: packets_out */
  packets(una: Seq): number {
    return this.#sent.filter((f) => before(una, f.end)).length
  }
}
