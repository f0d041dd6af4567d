/** A host's TCP as a teacher: the process's calls are made, the peer's segments arrive, and what the host sends is the answer. */
import type { Segment } from '../../model/index.ts'
import { type HostCall, inputs, isCall, type SegmentName, SILENCE } from './alphabet.ts'
import type { Word } from './mealy.ts'
import { Numbers } from './numbers.ts'
import type { Teacher } from './teacher.ts'

/** A host with one process, and a wire to its peer. */
export interface Host {
  /** As `uname -r` or a profile names it. */
  readonly name: string
  /** Another connection, of which nothing has been heard yet. */
  begin(): void
  /** Makes the call, and gives back what is sent. */
  calls(call: HostCall): readonly Segment[]
  /** The segment arrives. */
  hears(s: Segment): readonly Segment[]
  /** The connection is given up; `last` ends what is left of it. False where the word took so long that a timer may have fired. */
  end(last: Segment): boolean
  close(): void
}

const FIRST = 0x1000_0000

export class TcpTeacher implements Teacher {
  readonly inputs = inputs
  readonly #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  ask(word: Word): readonly string[] {
    for (;;) {
      const numbers = new Numbers(FIRST)
      this.#host.begin()
      const answer = word.map((input) => {
        const sent = isCall(input)
          ? this.#host.calls(input)
          : this.#host.hears(numbers.valid(input as SegmentName))
        return sent.map((s) => numbers.read(s)).join(' ') || SILENCE
      })
      if (this.#host.end(numbers.valid('RST'))) return answer
    }
  }
}
