/** A host's TCP as a teacher: the process's calls are made, the peer's segments arrive, and what the host sends is the answer. */
import type { Segment } from '../../model/index.ts'
import { type Alphabet, type HostCall, isCall, type SegmentName, SILENCE } from './alphabet.ts'
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
  /** The connection is given up; `last` ends what is left of it. False where its answer does not count: it took so long that a timer may have fired. */
  end(last: Segment): boolean
  close(): void
}

const FIRST = 0x1000_0000

/** A word that lasts too long is asked again, so often at most. */
const ATTEMPTS = 20

/** The word on a connection of its own: what the host has answered, and where the peer's numbers stand. */
export const played = (host: Host, word: Word): { readonly answer: string[]; readonly numbers: Numbers } => {
  const numbers = new Numbers(FIRST)
  host.begin()
  const answer = word.map((input) => {
    const sent = isCall(input) ? host.calls(input) : host.hears(numbers.segment(input as SegmentName))
    return sent.map((s) => numbers.read(s)).join(' ') || SILENCE
  })
  return { answer, numbers }
}

/** The machine is so busy that timers may fire before the word has ended, however often it is asked. */
export class Unanswered extends Error {
  readonly word: Word

  constructor(word: Word) {
    super(`the machine is too busy to ask ${word.join(' ')}`)
    this.word = word
  }
}

export class TcpTeacher implements Teacher {
  readonly inputs: readonly string[]
  readonly #host: Host

  constructor(host: Host, { inputs }: Alphabet) {
    this.inputs = inputs
    this.#host = host
  }

  ask(word: Word): readonly string[] {
    for (let n = 0; n < ATTEMPTS; n++) {
      const { answer, numbers } = played(this.#host, word)
      if (this.#host.end(numbers.segment('RST'))) return answer
    }
    throw new Unanswered(word)
  }
}
