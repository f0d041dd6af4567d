/**
 * The client of a bulk transfer, as Linux sends: slow start and congestion avoidance (RFC 5681), loss told by three segments
 * above or by time (RFC 6675, RACK: RFC 8985), retransmissions before new text, and the timer (RFC 6298).
 */
import { ACK, FIN, PSH, SYN } from '../wire.ts'
import type { Handed } from './path.ts'
import type { Schedule } from './schedule.ts'

const MSS = 1448
const WINDOW = 64_256
/** Segments. linux: TCP_INIT_CWND */
const INITIAL_WINDOW = 10
/** Segments above a hole until it is taken for a loss. */
const REORDERING = 3
/** Milliseconds. linux: TCP_RTO_MIN */
const LEAST_TIMEOUT = 200
/** cubic takes back to this part. RFC 9438 §4.6 */
const AFTER_LOSS = 0.7

interface Sent {
  readonly seq: number
  readonly length: number
  readonly flags: number
  at: number
  again: boolean
  isHeld: boolean
  isLost: boolean
}

export interface Application {
  /** Segments that it has written by that time. */
  readonly written: (now: number) => number
  /** When it writes next, if it waits. */
  readonly next: (now: number) => number
  /** It has written all. */
  readonly isDone: () => boolean
}

export class Sender {
  readonly #schedule: Schedule
  readonly #iss: number
  readonly #application: Application
  readonly #send: (packet: Handed, safe: boolean) => void
  readonly #flight: Sent[] = []
  #una: number
  #nxt: number
  #segments = 0
  #congestionWindow = INITIAL_WINDOW
  #threshold = Number.POSITIVE_INFINITY
  #recovery = 0
  /** When the latest sent of all that was delivered was sent. */
  #delivered = 0
  #roundTrip = 0
  #timeout = LEAST_TIMEOUT
  #timeoutAt = 0
  #timerRuns = false
  #ack: number | undefined
  #echo = 0
  #identification = 20_000
  #finSent = false
  #woken = 0

  constructor(
    schedule: Schedule,
    iss: number,
    application: Application,
    send: (packet: Handed, safe: boolean) => void,
  ) {
    this.#schedule = schedule
    this.#iss = iss
    this.#una = iss + 1
    this.#nxt = iss + 1
    this.#application = application
    this.#send = send
  }

  open(): void {
    this.#put({ flags: SYN, seq: this.#iss, window: 64_240, syn: { mss: 1460, windowScale: 7 } }, true)
  }

  take({ flags, seq, ack = 0, clock, sack = [] }: Handed): void {
    if (clock) this.#echo = clock[0]
    if (flags & SYN) {
      this.#ack = seq + 1
      this.#put({ flags: ACK, seq: this.#nxt }, true)
      this.#go()
      return
    }
    if (flags & FIN) {
      this.#ack = seq + 1
      this.#put({ flags: ACK, seq: this.#nxt }, true)
      return
    }
    const delivered = this.#acknowledge(ack) + this.#hold(sack, ack)
    if (delivered > 0 && clock) this.#measure(clock[1])
    this.#findLosses()
    this.#grow(delivered)
    this.#go()
  }

  #acknowledge(ack: number): number {
    if (ack <= this.#una) return 0
    const rest = this.#flight.findIndex(({ seq, length, flags }) => seq + length + (flags & FIN ? 1 : 0) > ack)
    const taken = this.#flight.splice(0, rest < 0 ? this.#flight.length : rest)
    for (const sent of taken) if (!sent.isHeld && !sent.again) this.#delivered = Math.max(this.#delivered, sent.at)
    this.#una = ack
    this.#timeout = Math.max(LEAST_TIMEOUT, 2 * this.#roundTrip + LEAST_TIMEOUT)
    this.#timeoutAt = this.#schedule.now + this.#timeout
    return taken.filter(({ isHeld }) => !isHeld).length
  }

  #hold(sack: readonly (readonly [number, number])[], ack: number): number {
    let held = 0
    for (const [left, right] of sack) {
      if (right <= ack) continue
      for (const sent of this.#flight) {
        if (sent.isHeld || sent.seq < left || sent.seq + sent.length > right) continue
        sent.isHeld = true
        sent.isLost = false
        held += 1
        this.#delivered = Math.max(this.#delivered, sent.at)
      }
    }
    return held
  }

  #measure(echo: number): void {
    const sample = Math.max(1, Math.floor(this.#schedule.now) - echo)
    this.#roundTrip = this.#roundTrip === 0 ? sample : (7 * this.#roundTrip + sample) / 8
  }

  #findLosses(): void {
    let above = 0
    let found = false
    for (let i = this.#flight.length - 1; i >= 0; i--) {
      const sent = this.#flight[i]!
      if (sent.isHeld) above += 1
      else if (!sent.isLost) {
        const isLost =
          (above >= REORDERING && !sent.again) || this.#delivered - sent.at > Math.max(1, this.#roundTrip / 4)
        sent.isLost = isLost
        found ||= isLost
      }
    }
    if (!found || this.#una < this.#recovery) return
    this.#recovery = this.#nxt
    this.#threshold = Math.max(2, Math.floor(this.#congestionWindow * AFTER_LOSS))
    this.#congestionWindow = this.#threshold
  }

  #grow(delivered: number): void {
    if (this.#una < this.#recovery) return
    this.#congestionWindow += this.#congestionWindow < this.#threshold ? delivered : delivered / this.#congestionWindow
    this.#congestionWindow = Math.min(this.#congestionWindow, 2 * (WINDOW / MSS))
  }

  /** Sends what windows and application allow. */
  #go(): void {
    let pipe = this.#flight.filter(({ isHeld, isLost }) => !isHeld && !isLost).length
    for (const sent of this.#flight) {
      if (pipe >= this.#congestionWindow) return
      if (!sent.isLost) continue
      this.#repeat(sent)
      pipe += 1
    }
    const written = this.#application.written(this.#schedule.now)
    while (pipe < this.#congestionWindow && this.#segments < written && this.#nxt + MSS <= this.#una + WINDOW) {
      this.#segments += 1
      this.#fresh(MSS, this.#segments === written ? ACK | PSH : ACK)
      pipe += 1
    }
    if (this.#segments < written) return
    if (this.#application.isDone()) this.#close()
    else this.#wake(this.#application.next(this.#schedule.now))
  }

  #close(): void {
    if (this.#finSent) return
    this.#finSent = true
    this.#fresh(0, FIN | ACK)
  }

  #wake(at: number): void {
    if (this.#woken >= at) return
    this.#woken = at
    this.#schedule.at(at, () => this.#go())
  }

  #fresh(length: number, flags: number): void {
    const sent = { seq: this.#nxt, length, flags, at: this.#schedule.now, again: false, isHeld: false, isLost: false }
    this.#nxt += length + (flags & FIN ? 1 : 0)
    this.#flight.push(sent)
    this.#transmit(sent)
  }

  #repeat(sent: Sent): void {
    sent.at = this.#schedule.now
    sent.again = true
    sent.isLost = false
    this.#transmit(sent)
  }

  #transmit({ seq, length, flags }: Sent): void {
    this.#put({ flags, seq, length }, (flags & FIN) !== 0)
    this.#runTimer()
  }

  #runTimer(): void {
    if (this.#timerRuns) return
    this.#timerRuns = true
    this.#timeoutAt = this.#schedule.now + this.#timeout
    this.#waitForTimer()
  }

  #waitForTimer(): void {
    this.#schedule.at(this.#timeoutAt, () => {
      if (this.#flight.length === 0) this.#timerRuns = false
      else if (this.#schedule.now < this.#timeoutAt) this.#waitForTimer()
      else this.#timedOut()
    })
  }

  #timedOut(): void {
    for (const sent of this.#flight) if (!sent.isHeld) sent.isLost = true
    this.#threshold = Math.max(2, Math.floor(this.#congestionWindow * AFTER_LOSS))
    this.#congestionWindow = 1
    this.#recovery = this.#nxt
    this.#timeout *= 2
    this.#timeoutAt = this.#schedule.now + this.#timeout
    this.#go()
    this.#waitForTimer()
  }

  #put(packet: Omit<Handed, 'from'>, safe: boolean): void {
    this.#send(
      {
        from: 'client',
        window: 502,
        ...packet,
        ...(this.#ack !== undefined && { ack: this.#ack }),
        clock: [1_000_000 + Math.floor(this.#schedule.now), this.#echo],
        identification: this.#identification++ & 0xffff,
      },
      safe,
    )
  }
}
