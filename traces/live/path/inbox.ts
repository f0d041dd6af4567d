/** Packets that the kernels have sent and the path has not come to yet. */
import type { HostName } from '../../conformance/folder.ts'
import { clientPort as portOf } from '../fates.ts'
import type { Sent } from '../wire.ts'
import { clientPort } from './states.ts'

export class Inbox {
  #waiting: Sent[] = []
  readonly #seen = new Set<string>()

  put(sent: readonly Sent[]): void {
    this.#waiting.push(...sent)
  }

  of(from: HostName, group: number): readonly Sent[] {
    return this.#waiting.filter((s) => s.from === from && portOf(from, s.framed) === clientPort(group))
  }

  take(sent: Sent): void {
    this.#waiting = this.#waiting.filter((s) => s !== sent)
    this.#seen.add(textOf(sent))
  }

  /** What nothing has predicted. What the host sends once more is a timer's, to which the path may come, or not. */
  unpredicted(from: HostName, group: number): Sent | undefined {
    return this.of(from, group).find((sent) => !this.#isRepetition(sent))
  }

  /** How many repetitions the path has left out: timers that ran on although it did not wait for them. */
  get repetitions(): number {
    return this.#waiting.filter((sent) => this.#isRepetition(sent)).length
  }

  #isRepetition(sent: Sent): boolean {
    const { flags, len } = sent.framed.segment
    return (len > 0 || /[SF]/.test(flags)) && this.#seen.has(textOf(sent))
  }
}

const textOf = ({ from, framed: { sourcePort, destinationPort, segment: s } }: Sent): string =>
  `${from} ${sourcePort} ${destinationPort} ${s.flags} ${s.seq} ${s.len}`
