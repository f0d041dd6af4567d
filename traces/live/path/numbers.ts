/** Numbers of the model and those that the kernel drew, by what each incarnation began with. */
import { add, distance, type End, type Segment, type Seq, seq } from '../../../model/index.ts'

interface Base {
  readonly model: Seq
  readonly real: Seq
}

/** A stranger's number that is farther ahead than the window of the model is farther ahead than any. */
const FAR = 2 ** 26

export class Numbers {
  readonly #bases: Readonly<Record<End, Base[]>> = { client: [], server: [] }
  readonly #window: number

  /** `window`: of the model, in bytes. */
  constructor(window: number) {
    this.#window = window
  }

  /** Whether the kernel's segment is the one that the model sends: flags, numbers, length. */
  agree(from: End, model: Segment, real: Segment): boolean {
    if (model.flags !== real.flags || model.len !== real.len) return false
    const to: End = from === 'client' ? 'server' : 'client'
    if (model.ack !== undefined && !this.#same(to, model.ack, real.ack!)) return false
    if (this.#same(from, model.seq, real.seq)) return true
    const begins = model.flags.includes('S') && !this.#bases[from].some((b) => b.model === model.seq)
    if (begins) this.#bases[from].push({ model: model.seq, real: real.seq })
    return begins
  }

  #same(end: End, model: Seq, real: Seq): boolean {
    if (model === 0 && real === 0) return true
    return this.#bases[end].some((b) => distance(b.model, model) === distance(b.real, real))
  }

  /** The kernel's number for one of the model; undefined before this end has sent anything. */
  real(end: End, model: Seq): Seq | undefined {
    const before = this.#bases[end].filter((b) => distance(b.model, model) < 2 ** 31)
    const base = before.sort((a, b) => distance(a.model, model) - distance(b.model, model))[0] ?? this.#bases[end][0]
    if (base === undefined) return undefined
    const ahead = distance(base.model, model)
    return add(base.real, ahead > this.#window + 1 && ahead < 2 ** 31 ? ahead + FAR : ahead)
  }

  /** The number of a client's SYN is ours to choose: an incarnation out of the last one's window is out of any. */
  choose(end: End, model: Seq): Seq {
    const real = this.real(end, model) ?? (model === 0 ? seq(2 ** 20) : model)
    if (!this.#bases[end].some((b) => b.model === model)) this.#bases[end].push({ model, real })
    return real
  }
}
