/** The peer of a connection, played by a script: what it says and what it hears, with the numbers kept. */
import {
  add,
  type Flags,
  notAfter,
  type Options,
  pureAck,
  type Segment,
  type Seq,
  segmentEnd,
} from '../../model/index.ts'
import { packetOf } from '../live/frame.ts'
import { type Heard, shown } from './packet.ts'
import type { Target } from './target.ts'
import { Departs, NotDecided } from './verdict.ts'

/** Relative to where the connection stands: `seq` to the next number, `ack` to what is expected; absent is 0. */
export interface Said {
  readonly seq?: number
  readonly ack?: number
  readonly len?: number
  readonly window?: number
  readonly options?: Options
  /** The bytes of the options, a multiple of four. */
  readonly raw?: readonly number[]
  /** The checksum is wrong by one bit. */
  readonly corrupt?: true
}

/** What is to be heard; what is absent may be anything. `ack: null`: no acknowledgment. */
export interface Wanted {
  readonly flags: string
  readonly seq?: Seq
  readonly ack?: Seq | null
  readonly len?: number
}

export interface Told {
  readonly at: number
  readonly from: 'tester' | 'target'
  /** The tester's port: which connection it is, where a script has several. */
  readonly port: number
  readonly text: string
}

/** How long is waited: for an answer (longer than ACKs may be delayed), and for silence. */
export interface Patience {
  readonly answer: number
  readonly quiet: number
}

export interface PeerOptions {
  readonly port: number
  readonly to: number
  readonly iss: Seq
  readonly patience: Patience
  readonly told: Told[]
  /** Addresses other than the tester's and the target's. */
  readonly from?: string
  readonly towards?: string
}

export class Peer {
  readonly port: number
  readonly iss: Seq
  /** The next number of our own. */
  snd: Seq
  /** What we expect next of the target; undefined until it has been heard. */
  rcv: Seq | undefined
  /** The target's first number. */
  irs: Seq | undefined
  /** Options of every segment that is not said otherwise. */
  options: Options = {}
  window = 64_240
  #to: number
  readonly #target: Target
  readonly #o: PeerOptions
  readonly #waiting: Heard[] = []
  readonly #seen = new Set<string>()
  #last: Heard | undefined

  constructor(target: Target, o: PeerOptions) {
    this.#target = target
    this.#o = o
    this.#to = o.to
    this.port = o.port
    this.iss = o.iss
    this.snd = o.iss
  }

  /** A packet of the target for this port. */
  arrives(h: Heard): void {
    const { segment: s } = h
    if (s.flags.includes('S')) {
      this.irs = s.seq
      this.rcv ??= add(s.seq, 1)
      this.#to = h.sourcePort
    } else if (this.rcv !== undefined && !s.flags.includes('R') && notAfter(s.seq, this.rcv)) {
      const end = segmentEnd(s)
      if (notAfter(this.rcv, end)) this.rcv = end
    }
    this.#waiting.push(h)
    this.#tell('target', s, h.checksum === 'wrong' ? ', checksum wrong' : '')
  }

  /** Sends the segment, and goes on behind it. */
  says(flags: Flags, o: Said = {}): Segment {
    const s = this.forges(flags, o)
    this.snd = segmentEnd(s)
    return s
  }

  /** Sends it, and stands where it stood. */
  forges(flags: Flags, o: Said = {}): Segment {
    const { seq = 0, ack = 0, len = 0, window = this.window, options = this.options, raw, corrupt } = o
    const segment: Segment = {
      flags,
      seq: add(this.snd, seq),
      ...(flags.includes('.') ? { ack: add(this.rcv ?? (0 as Seq), ack) } : {}),
      len,
      options,
    }
    const { from = this.#target.tester, towards = this.#target.address } = this.#o
    const packet = packetOf({ sourcePort: this.port, destinationPort: this.#to, segment }, from, towards, window, raw)
    if (corrupt) packet[36]! ^= 1
    this.#tell('tester', segment, corrupt ? ', checksum wrong' : window === 0 ? ', window 0' : '')
    this.#target.send(packet)
    return segment
  }

  /** The next segment that is no repetition, within so many ms. */
  async hears(ms = this.#o.patience.answer): Promise<Heard | undefined> {
    const until = this.#target.now() + ms
    for (;;) {
      const h = await this.hearsAny(until - this.#target.now())
      if (h === undefined || !this.#isAgain(h)) return h
    }
  }

  /** The next segment, a repetition or not. */
  async hearsAny(ms: number): Promise<Heard | undefined> {
    if (this.#waiting.length === 0 && ms > 0) await this.#target.wait(ms, () => this.#waiting.length > 0)
    return this.#waiting.shift()
  }

  /** @throws Departs where nothing comes, or something else */
  async gets(wanted: Wanted, ms?: number): Promise<Heard> {
    let h = await this.hears(ms)
    while (h !== undefined && !fits(h.segment, wanted) && this.#isSameAck(h)) h = await this.hears(ms)
    this.#last = h
    if (h === undefined) throw new Departs(`nothing is heard where ${this.#text(wanted)} is due`)
    if (!fits(h.segment, wanted))
      throw new Departs(`${this.shows(h.segment)} is heard where ${this.#text(wanted)} is due`)
    return h
  }

  /** `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>` of the target, as far as we know it. */
  async getsAck(ms?: number): Promise<Heard> {
    return this.gets({ flags: '.', seq: this.rcv!, ack: this.snd, len: 0 }, ms)
  }

  /**
   * All that was said is acknowledged: by an ACK, or by what is sent again with one, as long as something of the target waits for its own.
   * @throws Departs where that is not so
   */
  async isAcknowledged(what: string): Promise<void> {
    const { answer } = this.#o.patience
    for (let h = await this.hearsAny(answer); h !== undefined; h = await this.hearsAny(answer)) {
      if (/[RS]/.test(h.segment.flags)) throw new Departs(`${what} is answered with ${this.shows(h.segment)}`)
      if (h.segment.ack === this.snd) return
    }
    throw new Departs(`${what} is not acknowledged`)
  }

  /** @throws Departs where something new comes */
  async silence(ms = this.#o.patience.quiet): Promise<void> {
    const h = await this.hears(ms)
    if (h !== undefined) throw new Departs(`${this.shows(h.segment)} is heard where nothing may be`)
  }

  /** What has come is forgotten. */
  async settles(ms = this.#o.patience.quiet): Promise<void> {
    while (await this.hears(ms)) {}
  }

  /** Whether the connection is still there: an old byte is acknowledged by one that is, and reset by one that is not. */
  async probed(): Promise<'alive' | 'gone' | 'silent'> {
    const { answer } = this.#o.patience
    for (let tries = 0; tries < 3; tries++) {
      const { seq } = this.forges('.', { seq: -1, len: 1 })
      for (let h = await this.hearsAny(answer); h !== undefined; h = await this.hearsAny(answer)) {
        if (h.segment.flags.includes('R')) return 'gone'
        if (h.segment.ack !== undefined && notAfter(add(seq, 1), h.segment.ack)) return 'alive'
      }
    }
    return 'silent'
  }

  /** @throws Departs where the connection is not there, NotDecided where nothing is heard of it */
  async isAlive(after: string): Promise<void> {
    const is = await this.#heardOf(after)
    if (is !== 'alive') throw new Departs(`after ${after} the connection is ${is}`)
  }

  async #heardOf(after: string): Promise<'alive' | 'gone'> {
    const is = await this.probed()
    if (is !== 'silent') return is
    throw new NotDecided(`after ${after} old text is neither acknowledged nor reset`)
  }

  /** @throws Departs where the connection is there, NotDecided where nothing is heard of it */
  async isGone(after: string): Promise<void> {
    const is = await this.#heardOf(after)
    if (is !== 'gone') throw new Departs(`after ${after} the connection is ${is}`)
  }

  /** Acknowledges what was heard. */
  acknowledges(o: Said = {}): void {
    this.says('.', o)
  }

  shows(s: Segment): string {
    return shown(s, this.irs, this.iss)
  }

  #isAgain({ segment: s }: Heard): boolean {
    if (segmentEnd(s) === s.seq || s.flags.includes('R')) return false
    const key = `${s.flags} ${s.seq} ${s.len}`
    if (this.#seen.has(key)) return true
    this.#seen.add(key)
    return false
  }

  /** A second copy of the ACK that was taken last: it answers what that answered. */
  #isSameAck({ segment: s }: Heard): boolean {
    const last = this.#last?.segment
    return s.flags === '.' && s.len === 0 && last?.flags === '.' && last.seq === s.seq && last.ack === s.ack
  }

  /** What was heard before counts as new again: an answer may repeat it. */
  forgetsWhatItHeard(): void {
    this.#seen.clear()
  }

  #text({ flags, seq, ack, len }: Wanted): string {
    const s: Segment = { ...pureAck((seq ?? 0) as Seq, (ack ?? 0) as Seq), flags: flags as Flags, len: len ?? 0 }
    const [first, ...rest] = this.shows(
      ack === undefined || ack === null ? { ...s, ack: undefined as never } : s,
    ).split(' ')
    return seq === undefined ? [first, ...rest.slice(2)].join(' ') : [first, ...rest].join(' ')
  }

  #tell(from: Told['from'], s: Segment, more: string): void {
    const text = from === 'target' ? this.shows(s) : shown(s, this.iss, this.irs)
    this.#o.told.push({ at: this.#target.now(), from, port: this.port, text: `${text}${more}` })
  }
}

const fits = (s: Segment, { flags, seq, ack, len }: Wanted): boolean =>
  s.flags === flags &&
  (seq === undefined || s.seq === seq) &&
  (ack === undefined || (ack === null ? s.ack === undefined : s.ack === ack)) &&
  (len === undefined || s.len === len)
