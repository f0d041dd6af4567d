import { pack, unpack } from './packed.ts'

/** States per run. */
const RUN = 1 << 17

type Numbers = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

/** A stretch of one level, in ascending order once it is full or its level is closed. */
interface Run {
  readonly from: number
  length: number
  /** Absent once the run is packed. */
  states: Numbers | undefined
  packed: Uint8Array | undefined
}

/** A run as it is kept outside: packed; `isOpen` while more may come into it. */
export interface KeptRun {
  readonly length: number
  readonly isOpen: boolean
  readonly packed: Uint8Array
}

/**
 * All states in the order of their discovery, cut into levels (distance from an initial world): the queue of the
 * breadth-first search, and what counterexamples are walked back through. Each level is kept as runs in ascending order,
 * so that neighbours lead to neighbours in the visited set; levels that have been expanded are packed as differences.
 */
export class Levels {
  /** Where each level begins; the last entry is the total once the level after it is open. */
  readonly starts: number[] = [0]
  length = 0
  bytes = 0
  readonly #wide: boolean
  readonly #runs: Run[] = []
  /** Runs below this number are packed. */
  #packed = 0
  /** A run's worth of room that is free again. */
  #spare: Numbers | undefined
  #unpacked: { readonly run: Run; readonly states: Numbers } | undefined

  constructor(size: number) {
    this.#wide = size > 2 ** 32
  }

  append(states: Float64Array, count: number): void {
    for (let done = 0; done < count; ) {
      const run = this.#openRun()
      const take = Math.min(count - done, RUN - run.length)
      run.states!.set(states.subarray(done, done + take), run.length)
      run.length += take
      done += take
      this.length += take
      if (run.length === RUN) run.states!.sort()
    }
  }

  /** Copies up to `count` states from position `from` on into `into`; says how many. */
  read(from: number, count: number, into: Float64Array): number {
    if (from >= this.length) return 0
    const run = this.#runAt(from)
    const offset = from - run.from
    const take = Math.min(count, run.length - offset)
    into.set(this.#statesOf(run).subarray(offset, offset + take))
    return take
  }

  /** Closes the current level: what is appended from now on is one step further, and the level before is packed. */
  close(): void {
    const last = this.#runs.at(-1)
    if (last !== undefined && last.length < RUN) last.states = this.#trimmed(last)
    const level = this.starts.at(-1)!
    this.starts.push(this.length)
    for (; this.#packed < this.#runs.length && this.#runs[this.#packed]!.from < level; this.#packed++) {
      const run = this.#runs[this.#packed]!
      run.packed = pack(run.states!)
      this.bytes += run.packed.byteLength - run.states!.byteLength
      run.states = undefined
    }
  }

  /** The positions of a level. */
  range(level: number): { readonly from: number; readonly to: number } {
    return { from: this.starts[level]!, to: this.starts[level + 1] ?? this.length }
  }

  /** The runs from number `first` on. Those that are not open never change again. */
  *keptRuns(first: number): Generator<KeptRun> {
    for (let r = first; r < this.#runs.length; r++) {
      const { from, length, states, packed } = this.#runs[r]!
      const isOpen = length < RUN && from >= this.starts.at(-1)!
      yield { length, isOpen, packed: packed ?? pack(isOpen ? states!.slice(0, length).sort() : states!) }
    }
  }

  /** Puts back what was kept, into levels that hold nothing yet. */
  restore(starts: readonly number[], runs: Iterable<KeptRun>): void {
    this.starts.splice(0, this.starts.length, ...starts)
    const expanding = starts.at(-2) ?? 0
    for (const { length, isOpen, packed } of runs) {
      const run: Run = { from: this.length, length, states: undefined, packed: undefined }
      if (this.length < expanding) {
        run.packed = packed
        this.#packed++
      } else {
        run.states = this.#room(isOpen ? RUN : length)
        unpack(packed, run.states.subarray(0, length) as Numbers)
      }
      this.bytes += (run.packed ?? run.states!).byteLength
      this.#runs.push(run)
      this.length += length
    }
  }

  #room(length: number): Numbers {
    return this.#wide ? new Float64Array(length) : new Uint32Array(length)
  }

  #openRun(): Run {
    const last = this.#runs.at(-1)
    if (last !== undefined && last.length < RUN && last.from + last.length > this.starts.at(-1)!) return last
    const states = this.#spare ?? this.#room(RUN)
    this.#spare = undefined
    const run: Run = { from: this.length, length: 0, states, packed: undefined }
    this.#runs.push(run)
    this.bytes += states.byteLength
    return run
  }

  #trimmed(run: Run): Numbers {
    if (run.states === undefined || run.states.length === run.length) return run.states!
    const states = run.states.slice(0, run.length).sort()
    this.bytes += states.byteLength - run.states.byteLength
    this.#spare = run.states
    return states
  }

  #runAt(position: number): Run {
    let [low, high] = [0, this.#runs.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#runs[middle]!.from <= position) low = middle
      else high = middle - 1
    }
    return this.#runs[low]!
  }

  #statesOf(run: Run): Numbers {
    if (run.states !== undefined) return run.states
    if (this.#unpacked?.run !== run) {
      const states = this.#room(run.length)
      unpack(run.packed!, states)
      this.#unpacked = { run, states }
    }
    return this.#unpacked!.states
  }
}
