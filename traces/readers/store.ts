/**
 * Packets as rows of numbers: a capture of a million is held in a few tens of megabytes, and its packets are made anew whenever
 * a connection is looked at.
 */
import type { Seq } from '../../model/sequence.ts'
import type { Endpoint, Packet, TcpOptions } from '../capture.ts'
import { KnownOptions } from './known-options.ts'
import { Pairs } from './pairs.ts'
import {
  ACKNOWLEDGMENT,
  bytesBefore,
  CLOCK,
  CONVERSATION,
  DESTINATION,
  doublesBefore,
  ECHO,
  FLAGS,
  HAS,
  HOPS,
  halvesBefore,
  IDENTIFICATION,
  LENGTH,
  NUMBER,
  OPTIONS,
  Rows,
  SEQUENCE,
  SOURCE,
  TIME,
  WINDOW,
  wordsBefore,
} from './rows.ts'
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
  readonly #rows = new Rows()
  readonly #known = new KnownOptions()
  /** Options that are like no others. */
  readonly #rare = new Map<number, TcpOptions>()
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
    return this.#rows.word(i, CONVERSATION)
  }

  /** Returns the number of the conversation, from 0 in the order of first packets: the same for both directions. */
  add(p: Packet): number {
    const { options } = p
    const clock = options === undefined ? undefined : onlyClock(options)
    const isUsual = options === NO_OPTIONS || clock !== undefined
    const other = isUsual || options === undefined ? 0 : this.#known.number(options)
    if (!isUsual && other === 0 && options !== undefined) this.#rare.set(this.length, options)
    const ticks = other > 0 ? options?.timestamp : clock
    const source = this.#ends.number(p.source)
    const destination = this.#ends.number(p.destination)
    const conversation = this.#conversations.number(source, destination)
    const at = this.length
    const { doubles, words, halves, bytes } = this.#rows.blockOf(at)
    doubles[doublesBefore(at) + TIME] = p.time ?? 0
    const word = wordsBefore(at)
    words[word + NUMBER] = p.number
    words[word + SOURCE] = source
    words[word + DESTINATION] = destination
    words[word + SEQUENCE] = p.sequence ?? 0
    words[word + ACKNOWLEDGMENT] = p.acknowledgment ?? 0
    words[word + LENGTH] = p.length
    words[word + CLOCK] = ticks?.value ?? 0
    words[word + ECHO] = ticks?.echo ?? 0
    words[word + CONVERSATION] = conversation
    const half = halvesBefore(at)
    halves[half + FLAGS] = this.#letters.number(p.flags)
    halves[half + WINDOW] = p.window ?? 0
    halves[half + IDENTIFICATION] = p.identification ?? 0
    halves[half + OPTIONS] = other
    const byte = bytesBefore(at)
    // 0 where it is unknown: no packet arrives with it.
    bytes[byte + HOPS] = p.hops ?? 0
    bytes[byte + HAS] =
      (p.time === undefined ? 0 : HAS_TIME) |
      (p.acknowledgment === undefined ? 0 : HAS_ACK) |
      (clock === undefined ? 0 : HAS_CLOCK) |
      (isUsual ? 0 : OTHER_OPTIONS) |
      (p.truncated ? TRUNCATED : 0) |
      (p.window === undefined ? 0 : HAS_WINDOW) |
      (p.sequence === undefined ? 0 : HAS_SEQUENCE) |
      (p.identification === undefined ? 0 : HAS_IDENTIFICATION)
    this.length += 1
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
    const { bytes, doubles } = this.#rows.blockOf(i)
    return bytes[bytesBefore(i) + HAS]! & HAS_TIME ? doubles[doublesBefore(i) + TIME]! : undefined
  }

  /** The packet that was added as that number, from 0: a new object each time. */
  at(i: number): Packet {
    const { doubles, words, halves, bytes } = this.#rows.blockOf(i)
    const [word, half, byte] = [wordsBefore(i), halvesBefore(i), bytesBefore(i)]
    const has = bytes[byte + HAS]!
    const hops = bytes[byte + HOPS]!
    const number = words[word + NUMBER]!
    const source = this.#ends.all[words[word + SOURCE]!]!
    const destination = this.#ends.all[words[word + DESTINATION]!]!
    const flags = this.#letters.all[halves[half + FLAGS]!]!
    const length = words[word + LENGTH]!
    const options = this.#optionsOf(i, has)
    if ((has & USUAL) === USUAL && hops > 0 && options !== undefined && !(has & TRUNCATED)) {
      // All members at once: one shape, in one piece of memory.
      return {
        number,
        source,
        destination,
        flags,
        length,
        time: doubles[doublesBefore(i) + TIME]!,
        sequence: words[word + SEQUENCE]! as Seq,
        acknowledgment: words[word + ACKNOWLEDGMENT]! as Seq,
        window: halves[half + WINDOW]!,
        options,
        hops,
        identification: halves[half + IDENTIFICATION]!,
      }
    }
    const packet: { -readonly [K in keyof Packet]: Packet[K] } = { number, source, destination, flags, length }
    if (has & HAS_TIME) packet.time = doubles[doublesBefore(i) + TIME]!
    if (has & HAS_SEQUENCE) packet.sequence = words[word + SEQUENCE]! as Seq
    if (has & HAS_ACK) packet.acknowledgment = words[word + ACKNOWLEDGMENT]! as Seq
    if (has & HAS_WINDOW) packet.window = halves[half + WINDOW]!
    if (options !== undefined) packet.options = options
    if (hops > 0) packet.hops = hops
    if (has & HAS_IDENTIFICATION) packet.identification = halves[half + IDENTIFICATION]!
    if (has & TRUNCATED) packet.truncated = true
    return packet
  }

  #optionsOf(i: number, has: number): TcpOptions | undefined {
    if (!(has & (HAS_CLOCK | OTHER_OPTIONS))) return NO_OPTIONS
    const { words, halves } = this.#rows.blockOf(i)
    const word = wordsBefore(i)
    const [value, echo] = [words[word + CLOCK]!, words[word + ECHO]!]
    if (has & HAS_CLOCK) return this.#clockOf(words[word + SOURCE]!, value, echo)
    const other = halves[halvesBefore(i) + OPTIONS]!
    return other === 0 ? this.#rare.get(i) : this.#known.with(other, value, echo)
  }

  /** The clocks that were met last, by the sender: packets of a burst have one in common. */
  readonly #lastClocks: TcpOptions[] = []

  #clockOf(source: number, value: number, echo: number): TcpOptions {
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
