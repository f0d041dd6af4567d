/**
 * IP fragments: a segment is read once all of it has passed, and belongs to the frame that completed it, as in Wireshark.
 * Of its bytes only the TCP header is kept. RFC 791 §3.2, RFC 8200 §4.5
 */

/** A piece of a datagram. */
export interface Fragment {
  /** Addresses, protocol and identification: equal for the pieces of one datagram. */
  readonly of: string
  /** Bytes of the datagram's payload before this piece. */
  readonly offset: number
  readonly more: boolean
  /** Where it lies: `end` on the wire, `captured` in the file. */
  readonly start: number
  readonly end: number
  readonly captured: number
}

export interface Whole {
  /** The first bytes of the payload, as far as they were captured. */
  readonly head: DataView
  /** Bytes of the whole payload. */
  readonly length: number
}

/** The longest TCP header. */
const HEAD = 60
/** Datagrams waited for at a time, and pieces of one: more is an attack, or loss that no later piece mends. */
const MOST_DATAGRAMS = 1024
const MOST_PIECES = 8192

interface Pending {
  readonly head: Uint8Array
  /** Pieces that are here, apart and in order: [from, to). */
  readonly pieces: [from: number, to: number][]
  /** How many of the first bytes were captured. */
  captured: number
  length?: number
}

export class Fragments {
  readonly #pending = new Map<string, Pending>()

  /** The whole segment, if this was the last piece of it. */
  add(data: DataView, f: Fragment): Whole | undefined {
    const pending = this.#pending.get(f.of) ?? { head: new Uint8Array(HEAD), pieces: [], captured: 0 }
    this.#pending.set(f.of, pending)
    keepHead(pending, data, f)
    const to = f.offset + f.end - f.start
    if (!f.more) pending.length ??= to
    insert(pending.pieces, f.offset, to)
    if (this.#pending.size > MOST_DATAGRAMS) this.#pending.delete(this.#pending.keys().next().value!)
    if (pending.pieces.length > MOST_PIECES) this.#pending.delete(f.of)
    const [first, second] = pending.pieces
    if (pending.length === undefined || second !== undefined || first?.[0] !== 0 || first[1] < pending.length)
      return undefined
    this.#pending.delete(f.of)
    return {
      head: new DataView(pending.head.buffer, 0, Math.min(pending.captured, pending.length)),
      length: pending.length,
    }
  }

  /** Datagrams of which pieces are missing. */
  get incomplete(): number {
    return this.#pending.size
  }
}

/** The first to come is believed where pieces overlap. */
const keepHead = (pending: Pending, data: DataView, { offset, start, captured }: Fragment): void => {
  if (offset > pending.captured) return
  for (let i = pending.captured; i < Math.min(HEAD, offset + captured - start); i++) {
    pending.head[i] = data.getUint8(start + i - offset)
    pending.captured = i + 1
  }
}

const insert = (pieces: [number, number][], from: number, to: number): void => {
  let at = pieces.findIndex((p) => p[1] >= from)
  if (at < 0) at = pieces.length
  let [first, last] = [from, to]
  let covered = 0
  for (let i = at; i < pieces.length && pieces[i]![0] <= to; i++, covered++) {
    first = Math.min(first, pieces[i]![0])
    last = Math.max(last, pieces[i]![1])
  }
  pieces.splice(at, covered, [first, last])
}
