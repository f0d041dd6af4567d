/** The packets that a search meets, as symbols of their frames. Equal ones are one object, whatever capture has them. */
import { add, type Flags, type Renumbering } from '../../../model/index.ts'
import type { Rest } from '../actors/hypothesis.ts'
import type { Observation } from '../packets/observation.ts'

/** A packet in the frame in which it is met, with what is still to come of the end after it. */
export interface PacketSymbol {
  readonly id: number
  /** Absent at the beginning, before the first packet. */
  readonly o?: Observation
  readonly rest: Rest
  /** At the interface of the end nothing is under way when the next packet comes. */
  readonly isQuiet: boolean
  /** From this frame into the next. */
  readonly onward: Renumbering
}

/** What a search can tell of a packet, as numbers: to be filled for one packet after another, without making any object. */
export class Saying {
  #numbers = new Float64Array(64)
  #length = 0
  #text = ''

  clear(): void {
    this.#length = 0
    this.#text = ''
  }

  /** @param own what the end has shown by then; @param peer what the other has: bytes, in numbers of the capture */
  packet(o: Observation, isOwn: boolean, own: number, peer: number): void {
    const from = isOwn ? own : peer
    const to = isOwn ? peer : own
    const { seq, ack, sack, segment } = o
    const gapFrom = o.analysis?.gapFrom
    const present = (seq === undefined ? 0 : 1) | (ack === undefined ? 0 : 2) | (gapFrom === undefined ? 0 : 4)
    this.#put((flagsOf(o.flags) << 16) | (marksOf(o) << 4) | (isOwn ? 8 : 0) | present)
    this.#put((seq ?? segment.seq) - from)
    if (ack !== undefined) this.#put(ack - to)
    this.#put(o.len)
    if (gapFrom !== undefined) this.#put(gapFrom - from)
    if (sack !== undefined)
      for (const [left, right] of sack) {
        this.#put(left - to)
        this.#put(right - to)
      }
    if (segment.options !== undefined) this.#text = JSON.stringify(segment.options)
  }

  rest(rest: Rest, isQuiet: boolean, { own, peer }: Renumbering): void {
    const isNumber = typeof rest === 'number'
    this.#put(isNumber ? rest : rests.indexOf(rest))
    this.#put((isNumber ? 2 : 0) | (isQuiet ? 1 : 0))
    this.#put(own)
    this.#put(peer)
  }

  get hash(): number {
    let hash = SALT
    for (let i = 0; i < this.#length; i++) {
      hash = Math.imul(hash ^ this.#numbers[i]!, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash >>> 1
  }

  says({ numbers, text }: Said): boolean {
    if (numbers.length !== this.#length || text !== this.#text) return false
    for (let i = 0; i < numbers.length; i++) if (numbers[i] !== this.#numbers[i]) return false
    return true
  }

  get said(): Said {
    return { numbers: this.#numbers.slice(0, this.#length), text: this.#text }
  }

  #put(n: number): void {
    if (this.#length === this.#numbers.length) {
      const longer = new Float64Array(2 * this.#length)
      longer.set(this.#numbers)
      this.#numbers = longer
    }
    this.#numbers[this.#length++] = n
  }
}

interface Said {
  readonly numbers: Float64Array
  readonly text: string
}

interface Known extends Said {
  readonly symbol: PacketSymbol
  /** Another with the same hash. */
  readonly next: Known | undefined
}

/** All packets that were ever met, by what they say. */
export class Symbols {
  readonly #known = new Map<number, Known>()
  #size = 0

  /** Undefined if none was met that says this. */
  find(saying: Saying): PacketSymbol | undefined {
    let known = this.#known.get(saying.hash)
    while (known !== undefined && !saying.says(known)) known = known.next
    return known?.symbol
  }

  add(saying: Saying, symbol: Omit<PacketSymbol, 'id'>): PacketSymbol {
    const made = { id: this.#size++, ...symbol }
    const { hash } = saying
    this.#known.set(hash, { ...saying.said, symbol: made, next: this.#known.get(hash) })
    return made
  }
}

/** Drawn for each process: no capture can be made so that all its packets have one hash. */
const SALT = Math.floor(Math.random() * 2 ** 32)

const rests: readonly Exclude<Rest, number>[] = ['talks', 'closes and listens', 'closes', 'silent', 'held back']

/** @param own by how much the frame is moved */
export const restInFrame = (rest: Rest, own: number): Rest => (typeof rest === 'number' ? add(rest, -own) : rest)

const numberOf = new Map<Flags, number>()
const flagsOf = (flags: Flags): number => {
  const known = numberOf.get(flags)
  if (known !== undefined) return known
  numberOf.set(flags, numberOf.size)
  return numberOf.size - 1
}

const marksOf = ({ analysis, forged, seenAtFarTap }: Observation): number => {
  const ofTap = (forged ? 1 : 0) | (seenAtFarTap === undefined ? 0 : seenAtFarTap ? 2 : 4)
  if (analysis === undefined) return ofTap
  const { elicited, keepAlive, synRetransmission, windowUpdate, afterIdle, tailLossProbe } = analysis
  return (
    ofTap |
    (elicited ? 8 : 0) |
    (keepAlive ? 16 : 0) |
    (synRetransmission ? 32 : 0) |
    (windowUpdate ? 64 : 0) |
    (afterIdle ? 128 : 0) |
    (tailLossProbe ? 256 : 0)
  )
}
