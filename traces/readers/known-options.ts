/** The options of SYNs: of a million of them few are different, but for the timestamp. */
import type { TcpOptions } from '../capture.ts'

/** More kinds than this are none that are alike. */
const MOST = 2 ** 16 - 1

export class KnownOptions {
  readonly #numbers = new Map<number, number>()
  readonly #all: TcpOptions[] = []

  /** From 1; 0 for options that are like no others: blocks of SACK, timestamps of which a part is unknown. */
  number(options: TcpOptions): number {
    const { mss = -1, windowScale = -1, sackPermitted, sack, timestamp } = options
    if (sack !== undefined || (timestamp !== undefined && timestamp.value === undefined)) return 0
    const key = (((mss + 1) * 512 + windowScale + 1) * 2 + (sackPermitted ? 1 : 0)) * 2 + (timestamp ? 1 : 0)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    if (this.#all.length === MOST) return 0
    const number = this.#all.push(options)
    this.#numbers.set(key, number)
    return number
  }

  /** The options of that number, with this timestamp if they have any. */
  with(number: number, value: number, echo: number): TcpOptions {
    const options = this.#all[number - 1]!
    return options.timestamp === undefined ? options : { ...options, timestamp: { value, echo } }
  }
}
