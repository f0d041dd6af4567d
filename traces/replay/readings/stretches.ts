/** Which numbers of an end a capture has shown by now, and which of its segments may have come. */

/** A segment that was shown, or that must have passed: its numbers are unrolled. */
export interface Text {
  readonly from: number
  readonly to: number
  /** Seconds; undefined where the capture does not tell. */
  readonly time: number | undefined
  /** It passes in one piece. */
  readonly isWhole: boolean
  /** By index; absent where it is not in the capture. */
  readonly of?: number
}

/** Up to where an end acknowledges. Times are seconds. */
export interface Acknowledgment {
  readonly to: number
  readonly time: number | undefined
  /** Segments that the other end had sent by then. */
  readonly sent: number
  /** When text that ends there and was shown before was shown again; undefined where it was not, or had ended there before. */
  readonly cutAt: number | undefined
}

/** Disjoint stretches, in order. */
export class Stretches {
  readonly #begins: number
  #all: { from: number; to: number }[]
  /** Segments that reach beyond what was acknowledged, and may have come. */
  #texts: Text[] = []
  #acknowledged: number
  readonly #lost: { readonly text: Text; readonly by: number }[] = []

  constructor(begins: number) {
    this.#begins = begins
    this.#acknowledged = begins
    this.#all = [{ from: begins, to: begins }]
  }

  /** Up to where nothing is missing. */
  get contiguous(): number {
    return this.#all[0]!.to
  }

  add(text: Text): void {
    if (text.to > this.#acknowledged) this.#texts.push(text)
    this.#cover(text)
  }

  /** How much had been sent when it was told that what was shown at that number did not come: segments; 0 where it may have. */
  lostBy(n: number): number {
    return Math.max(0, ...this.#lost.filter(({ text }) => text.from <= n && n < text.to).map(({ by }) => by))
  }

  /**
   * An ACK tells what its sender lacked. Inside of a segment, up to where text that was shown again was cut anew, or where what
   * comes before that segment is not shown: the segment did not come, if it was shown a timeout sooner. And what was acknowledged
   * last came no sooner than it was shown: what follows was lacking then, though it was shown. Text is taken to overtake none that is
   * older by a timeout. linux: tcp_rcv_nxt_update
   */
  acknowledge({ to, time, sent, cutAt }: Acknowledgment, timeout: number): void {
    if (to <= this.#acknowledged) return
    const last = this.#acknowledged
    const isOlder = (t: Text, than: number | undefined): boolean =>
      t.time !== undefined && than !== undefined && than - t.time >= timeout
    const reaching = (n: number) => this.#texts.filter((t) => t.from <= n && n < t.to)
    const isBehindGap = ({ from }: Text): boolean => this.missing(from - 1, from).length > 0
    const inside = reaching(to).filter((t) => t.from < to && t.isWhole)
    this.#lose(
      inside.filter((t) => isOlder(t, cutAt ?? (isBehindGap(t) ? time : undefined))),
      sent,
    )
    const times = reaching(last).map((t) => t.time ?? Number.NEGATIVE_INFINITY)
    this.#acknowledged = to
    if (times.length === 0) return
    const came = Math.min(...times)
    this.#lose(
      reaching(to).filter((t) => t.from === to && isOlder(t, came)),
      sent,
    )
  }

  /** Segments that did not come, by index. */
  get lost(): number[] {
    return this.#lost.flatMap(({ text: { of } }) => (of === undefined ? [] : [of]))
  }

  missing(from: number, to: number): [number, number][] {
    const found: [number, number][] = []
    let at = from
    for (const s of this.#all) {
      if (s.to <= at) continue
      if (s.from >= to) break
      if (s.from > at) found.push([at, s.from])
      at = Math.max(at, s.to)
    }
    if (at < to) found.push([at, to])
    return found
  }

  /** The segments that this number cuts. Those before it are done with. */
  cutBy(n: number): number[] {
    const cut = this.#texts.filter((t) => t.from < n && n < t.to)
    this.#texts = this.#texts.filter((t) => t.to > n)
    return cut.flatMap(({ from, to, of }) => (of === undefined || to - from === 1 ? [] : [of]))
  }

  #lose(lost: readonly Text[], by: number): void {
    if (lost.length === 0) return
    this.#lost.push(...lost.map((text) => ({ text, by })))
    this.#texts = this.#texts.filter((t) => !lost.includes(t))
    this.#all = [{ from: this.#begins, to: this.#acknowledged }]
    for (const text of this.#texts) this.#cover(text)
  }

  #cover({ from, to }: Pick<Text, 'from' | 'to'>): void {
    const before = this.#all.filter((s) => s.to < from)
    const after = this.#all.filter((s) => s.from > to)
    const touched = this.#all.filter((s) => s.to >= from && s.from <= to)
    const joined = {
      from: Math.min(from, ...touched.map((s) => s.from)),
      to: Math.max(to, ...touched.map((s) => s.to)),
    }
    this.#all = [...before, joined, ...after]
  }
}
