/** The peer's numbers: what a segment has to say to be valid, and what is sent, in names that are the same for every connection. */
import { add, hasSyn, type Segment, type Seq, segmentEnd, segmentLength, seq } from '../../model/index.ts'
import { type SegmentName, type Shape, segments } from './alphabet.ts'

export class Numbers {
  /** The next number of the peer's, as the host expects it. */
  #next: Seq
  /** The next number of the host's; before it has sent any, one that it has not sent. */
  #expected: Seq

  constructor(next: number) {
    this.#next = seq(next)
    this.#expected = add(this.#next, 2 ** 30)
  }

  /** The segment, its numbers seen from where both stand. */
  segment(name: SegmentName): Segment {
    const { flags, len, seq = 0, ack = 0 }: Shape = segments[name]
    const acks = flags.includes('.') ? { ack: add(this.#expected, ack) } : {}
    return { flags, seq: add(this.#next, seq), ...acks, len, options: {} }
  }

  /** A number as seen from where both stand; those that lie farther back than a last byte are all alike. */
  relative(n: number): string {
    const back = (base: Seq): number => ((n - base + 2 ** 31) >>> 0) - 2 ** 31
    const [own, other] = [back(this.#next), back(this.#expected)]
    return Math.abs(own) < Math.abs(other) ? `next ${Math.max(own, -2)}` : `expected ${Math.max(other, -2)}`
  }

  /** As `RST+ACK(ZERO,NEXT)`: which number it has and which it acknowledges, seen from where the peer stands; and the peer goes on. */
  read(s: Segment): string {
    const ack = s.ack === undefined ? '' : `,${nameOf(s.ack, this.#next)}`
    const seq = hasSyn(s) && s.seq !== add(this.#expected, -1) ? 'FRESH' : nameOf(s.seq, this.#expected)
    if (!s.flags.includes('R')) {
      if (s.ack !== undefined) this.#next = s.ack
      if (hasSyn(s) || (segmentLength(s) > 0 && s.seq === this.#expected)) this.#expected = segmentEnd(s)
    }
    return `${flagsOf(s)}(${seq}${ack})`
  }
}

const nameOf = (n: Seq, base: Seq): string => {
  if (n === base) return 'CURRENT'
  if (n === add(base, 1)) return 'NEXT'
  if (n === add(base, -1)) return 'LAST'
  return n === 0 ? 'ZERO' : 'OTHER'
}

const NAMES = { S: 'SYN', F: 'FIN', R: 'RST', '.': 'ACK' } as const

const flagsOf = ({ flags, len }: Segment): string =>
  [...flags].map((f) => NAMES[f as keyof typeof NAMES]).join('+') + (len > 0 ? `+${len}` : '')
