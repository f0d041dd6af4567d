/**
 * The server of a bulk transfer, as Linux receives: an ACK for every second segment or after 40 ms, at once where text is
 * out of order or a duplicate, with SACK (RFC 2018) and D-SACK (RFC 2883). Its application reads at once.
 */
import { ACK, FIN, SYN } from '../wire.ts'
import type { Handed } from './path.ts'
import type { Schedule } from './schedule.ts'

/** Milliseconds. linux: TCP_DELACK_MIN */
const DELAYED = 40
/** Beside a timestamp. RFC 2018 §3 */
const MOST_BLOCKS = 3
/** The field; scaled by 2⁷ these are 64,256 bytes. */
const WINDOW = 502
const SCALE = 7
/** How long the application takes to close after the client has. */
const TO_CLOSE = 0.3

type Block = readonly [from: number, to: number]

export class Receiver {
  readonly #schedule: Schedule
  readonly #iss: number
  readonly #send: (packet: Handed, safe: boolean) => void
  /** Out of order; the latest first. */
  #blocks: Block[] = []
  #next = 0
  #acknowledged = 0
  #unacknowledged = 0
  #echo = 0
  #timer = 0
  #identification = 40_000
  #hasClosed = false

  constructor(schedule: Schedule, iss: number, send: (packet: Handed, safe: boolean) => void) {
    this.#schedule = schedule
    this.#iss = iss
    this.#send = send
  }

  take({ flags, seq, length = 0, clock }: Handed): void {
    if (clock && seq <= this.#acknowledged) this.#echo = clock[0]
    if (flags & SYN) {
      this.#echo = clock![0]
      this.#next = seq + 1
      this.#reply(SYN | ACK, { isFirst: true })
      return
    }
    const end = seq + length + (flags & FIN ? 1 : 0)
    if (end === seq) return
    if (end <= this.#next) this.#reply(ACK, { duplicate: [seq, end] })
    else if (seq > this.#next) this.#keep([seq, end])
    else this.#takeNext(end, flags)
  }

  #takeNext(end: number, flags: number): void {
    const filled = this.#blocks.length > 0
    this.#next = end
    this.#takeHeld()
    this.#unacknowledged += 1
    if (filled || this.#unacknowledged >= 2 || flags & FIN) this.#reply(ACK)
    else this.#later()
    if (flags & FIN) this.#schedule.at(this.#schedule.now + TO_CLOSE, () => this.#reply(FIN | ACK))
  }

  /** The block just received comes first, joined with what it touches. RFC 2018 §4 */
  #keep(block: Block): void {
    const known = this.#blocks.some(([from, to]) => from <= block[0] && block[1] <= to)
    const touching = this.#blocks.filter(([from, to]) => from <= block[1] && block[0] <= to)
    const joined: Block = [
      Math.min(block[0], ...touching.map(([from]) => from)),
      Math.max(block[1], ...touching.map(([, to]) => to)),
    ]
    this.#blocks = [joined, ...this.#blocks.filter((b) => !touching.includes(b))]
    this.#reply(ACK, known ? { duplicate: block } : {})
  }

  #takeHeld(): void {
    for (let found = true; found; ) {
      const next = this.#blocks.find(([from]) => from <= this.#next)
      found = next !== undefined
      if (next === undefined) break
      this.#next = Math.max(this.#next, next[1])
      this.#blocks = this.#blocks.filter((b) => b !== next)
    }
  }

  #later(): void {
    const timer = ++this.#timer
    this.#schedule.at(this.#schedule.now + DELAYED, () => {
      if (timer === this.#timer && this.#unacknowledged > 0) this.#reply(ACK)
    })
  }

  #reply(flags: number, { duplicate, isFirst = false }: { duplicate?: Block; isFirst?: boolean } = {}): void {
    this.#timer += 1
    this.#unacknowledged = 0
    this.#acknowledged = this.#next
    const isLast = (flags & FIN) !== 0
    this.#hasClosed ||= isLast
    const sack = [...(duplicate ? [duplicate] : []), ...this.#blocks].slice(0, MOST_BLOCKS)
    const packet: Handed = {
      from: 'server',
      flags,
      seq: this.#iss + (isFirst ? 0 : 1) + (this.#hasClosed && !isLast ? 1 : 0),
      ack: this.#next,
      window: isFirst ? 65_160 : WINDOW,
      clock: [9_000_000 + Math.floor(this.#schedule.now), this.#echo],
      identification: isFirst ? 0 : this.#identification++ & 0xffff,
      ...(isFirst && { syn: { mss: 1460, windowScale: SCALE } }),
      ...(sack.length > 0 && { sack: sack as [never, never][] }),
    }
    this.#send(packet, isFirst || isLast || this.#hasClosed)
  }
}
