/**
 * Packets as columns: a capture of a million is held in a few tens of megabytes, and its packets are made anew whenever
 * a connection is looked at.
 */
import { type Seq, seq } from '../../model/sequence.ts'
import type { Endpoint, Packet, TcpOptions } from '../capture.ts'
import { Column } from './column.ts'
import { KnownOptions } from './known-options.ts'
import { Pairs } from './pairs.ts'
import { NO_OPTIONS } from './tcp.ts'

/** Which fields a packet has. */
const HAS_TIME = 1
const HAS_ACK = 2
const HAS_CLOCK = 4
const OTHER_OPTIONS = 8
const TRUNCATED = 16
const HAS_WINDOW = 32
const HAS_SEQUENCE = 64
const HAS_IDENTIFICATION = 128
/** What a packet over IPv4 has that is no SYN. */
const USUAL = HAS_TIME | HAS_ACK | HAS_WINDOW | HAS_SEQUENCE | HAS_IDENTIFICATION

/** What is absent in nearly all packets, or alike in many: kept once. */
class Known<T> {
  readonly #numbers = new Map<T, number>()
  readonly all: T[] = []

  number(of: T): number {
    const known = this.#numbers.get(of)
    if (known !== undefined) return known
    this.#numbers.set(of, this.all.length)
    return this.all.push(of) - 1
  }
}

export class PacketStore {
  readonly #number = new Column(Uint32Array)
  readonly #time = new Column(Float64Array)
  readonly #source = new Column(Uint32Array)
  readonly #destination = new Column(Uint32Array)
  readonly #flags = new Column(Uint16Array)
  readonly #sequence = new Column(Uint32Array)
  readonly #acknowledgment = new Column(Uint32Array)
  readonly #window = new Column(Uint16Array)
  readonly #length = new Column(Uint32Array)
  /** 0 where it is unknown: no packet arrives with it. */
  readonly #hops = new Column(Uint8Array)
  readonly #identification = new Column(Uint16Array)
  readonly #has = new Column(Uint8Array)
  readonly #clock = new Column(Uint32Array)
  readonly #echo = new Column(Uint32Array)
  readonly #known = new KnownOptions()
  /** Of packets with other options: the number of those among the known, or 0. */
  readonly #other = new Column(Uint16Array)
  /** Options that are like no others. */
  readonly #rare = new Map<number, TcpOptions>()
  readonly #conversation = new Column(Uint32Array)
  readonly #conversations = new Pairs()
  readonly #ends = new Known<Endpoint>()
  readonly #letters = new Known<string>()
  #all: WeakRef<readonly Packet[]> | undefined
  length = 0

  /** How many conversations there are. */
  get conversations(): number {
    return this.#conversations.length
  }

  /** The number of the conversation of that packet. */
  conversationAt(i: number): number {
    return this.#conversation.at(i)
  }

  /** Returns the number of the conversation, from 0 in the order of first packets: the same for both directions. */
  add(p: Packet): number {
    const { options } = p
    const clock = options === undefined ? undefined : onlyClock(options)
    const isUsual = options === NO_OPTIONS || clock !== undefined
    const other = isUsual || options === undefined ? 0 : this.#known.number(options)
    if (!isUsual && other === 0 && options !== undefined) this.#rare.set(this.length, options)
    const ticks = other > 0 ? options?.timestamp : clock
    this.#has.push(
      (p.time === undefined ? 0 : HAS_TIME) |
        (p.acknowledgment === undefined ? 0 : HAS_ACK) |
        (clock === undefined ? 0 : HAS_CLOCK) |
        (isUsual ? 0 : OTHER_OPTIONS) |
        (p.truncated ? TRUNCATED : 0) |
        (p.window === undefined ? 0 : HAS_WINDOW) |
        (p.sequence === undefined ? 0 : HAS_SEQUENCE) |
        (p.identification === undefined ? 0 : HAS_IDENTIFICATION),
    )
    this.#number.push(p.number)
    this.#time.push(p.time ?? 0)
    const source = this.#ends.number(p.source)
    const destination = this.#ends.number(p.destination)
    this.#source.push(source)
    this.#destination.push(destination)
    this.#flags.push(this.#letters.number(p.flags))
    this.#sequence.push(p.sequence ?? 0)
    this.#acknowledgment.push(p.acknowledgment ?? 0)
    this.#window.push(p.window ?? 0)
    this.#length.push(p.length)
    this.#hops.push(p.hops ?? 0)
    this.#identification.push(p.identification ?? 0)
    this.#other.push(other)
    this.#clock.push(ticks?.value ?? 0)
    this.#echo.push(ticks?.echo ?? 0)
    this.length += 1
    const conversation = this.#conversations.number(source, destination)
    this.#conversation.push(conversation)
    return conversation
  }

  /** Every packet, in order; kept as long as a caller does. */
  get all(): readonly Packet[] {
    let all = this.#all?.deref()
    if (all?.length !== this.length) {
      all = Array.from({ length: this.length }, (_, i) => this.at(i))
      this.#all = new WeakRef(all)
    }
    return all
  }

  timeAt(i: number): number | undefined {
    return this.#has.at(i) & HAS_TIME ? this.#time.at(i) : undefined
  }

  /** The packet that was added as that number, from 0: a new object each time. */
  at(i: number): Packet {
    const has = this.#has.at(i)
    const options = this.#optionsOf(i, has)
    const hops = this.#hops.at(i)
    if ((has & USUAL) === USUAL && hops > 0 && options !== undefined && !(has & TRUNCATED)) {
      // All members at once: one shape, in one piece of memory.
      return {
        number: this.#number.at(i),
        source: this.#ends.all[this.#source.at(i)]!,
        destination: this.#ends.all[this.#destination.at(i)]!,
        flags: this.#letters.all[this.#flags.at(i)]!,
        length: this.#length.at(i),
        time: this.#time.at(i),
        sequence: this.#sequence.at(i) as Seq,
        acknowledgment: this.#acknowledgment.at(i) as Seq,
        window: this.#window.at(i),
        options,
        hops,
        identification: this.#identification.at(i),
      }
    }
    const packet: { -readonly [K in keyof Packet]: Packet[K] } = {
      number: this.#number.at(i),
      source: this.#ends.all[this.#source.at(i)]!,
      destination: this.#ends.all[this.#destination.at(i)]!,
      flags: this.#letters.all[this.#flags.at(i)]!,
      length: this.#length.at(i),
    }
    if (has & HAS_TIME) packet.time = this.#time.at(i)
    if (has & HAS_SEQUENCE) packet.sequence = seq(this.#sequence.at(i))
    if (has & HAS_ACK) packet.acknowledgment = seq(this.#acknowledgment.at(i))
    if (has & HAS_WINDOW) packet.window = this.#window.at(i)
    if (options !== undefined) packet.options = options
    if (hops > 0) packet.hops = hops
    if (has & HAS_IDENTIFICATION) packet.identification = this.#identification.at(i)
    if (has & TRUNCATED) packet.truncated = true
    return packet
  }

  #optionsOf(i: number, has: number): TcpOptions | undefined {
    if (has & HAS_CLOCK) return this.#clockOf(i)
    if (!(has & OTHER_OPTIONS)) return NO_OPTIONS
    const other = this.#other.at(i)
    return other === 0 ? this.#rare.get(i) : this.#known.with(other, this.#clock.at(i), this.#echo.at(i))
  }

  /** The clocks that were met last, by the sender: packets of a burst have one in common. */
  readonly #lastClocks: TcpOptions[] = []

  #clockOf(i: number): TcpOptions {
    const source = this.#source.at(i)
    const [value, echo] = [this.#clock.at(i), this.#echo.at(i)]
    const last = this.#lastClocks[source]
    if (last?.timestamp?.value === value && last.timestamp.echo === echo) return last
    const options = { timestamp: { value, echo } }
    this.#lastClocks[source] = options
    return options
  }
}

/** The timestamp, if there is nothing else. */
const onlyClock = (options: TcpOptions): TcpOptions['timestamp'] => {
  if (options.timestamp === undefined) return undefined
  for (const key in options) if (key !== 'timestamp') return undefined
  return options.timestamp
}
