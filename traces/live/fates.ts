/** What a script says of the packets of its run. */
import type { HostName } from '../conformance/folder.ts'
import type { Agenda } from './agenda.ts'
import type { Fate, Script } from './script.ts'
import type { Sent, Wire } from './wire.ts'

/** How long after a packet its copy comes, ms. */
const COPY = 7

export class Fates {
  readonly #script: Pick<Script, 'wire' | 'delay'>
  readonly #wire: Wire
  readonly #agenda: Agenda
  /** How many packets of a connection a host has sent. */
  readonly #sent = new Map<string, number>()

  constructor(script: Pick<Script, 'wire' | 'delay'>, wire: Wire, agenda: Agenda) {
    this.#script = script
    this.#wire = wire
    this.#agenda = agenda
  }

  meet(sent: Sent): void {
    const { from, at } = sent
    const fate = this.#fateOf(sent)
    this.#wire.decide(sent, fate === 'lost')
    if (fate === 'lost') return
    const arrives = at + this.#script.delay[from] + (typeof fate === 'object' ? fate.late : 0)
    this.#agenda.note(arrives, () => this.#wire.deliver(sent))
    if (fate === 'twice') this.#agenda.note(arrives + COPY, () => this.#wire.inject(sent))
  }

  #fateOf({ from, framed }: Sent): Fate | undefined {
    const port = clientPort(from, framed)
    const nth = this.#sent.get(`${from} ${port}`) ?? 0
    this.#sent.set(`${from} ${port}`, nth + 1)
    return this.#script.wire.find((r) => r.from === from && r.port === port && r.nth === nth)?.fate
  }
}

/** Which connection. */
export const clientPort = (from: HostName, framed: Sent['framed']): number =>
  from === 'client' ? framed.sourcePort : framed.destinationPort
