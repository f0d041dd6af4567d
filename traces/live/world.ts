/**
 * One run of a script on this kernel: two network namespaces, whose interfaces end in this process. It is the wire between them, and
 * makes the system calls of both hosts. What happens is recorded as the bench of `conformance/` reads it.
 */
import type { Call, Recording } from '../conformance/folder.ts'
import { Agenda } from './agenda.ts'
import { Clock } from './clock.ts'
import { Fates } from './fates.ts'
import { Forger } from './forger.ts'
import { Listings } from './listings.ts'
import { now } from './native.ts'
import { Network } from './network.ts'
import { Processes } from './processes.ts'
import { recordingOf } from './recording.ts'
import type { Script } from './script.ts'
import { Wire } from './wire.ts'

/** How often the sockets are listed, ms. */
const SAMPLING = 25

export class World {
  readonly script: Script
  readonly #name: string
  readonly #network: Network
  readonly #clock = new Clock()
  readonly #agenda = new Agenda()
  readonly #calls: Call[] = []
  readonly #wire: Wire
  readonly #fates: Fates
  readonly #forger: Forger
  readonly #processes: Processes
  readonly #listings: Listings
  #ended = false

  /** @throws Error where namespaces or interfaces cannot be made */
  constructor(script: Script, name: string) {
    this.script = script
    this.#name = name
    this.#network = new Network(script.settings)
    this.#wire = new Wire(this.#network, this.#clock, this.#calls)
    this.#fates = new Fates(script, this.#wire, this.#agenda)
    this.#processes = new Processes(this.#network, this.#clock, this.#calls)
    this.#listings = new Listings(this.#network, this.#clock)
    this.#forger = new Forger(this.#network)
    for (const step of script.steps) this.#agenda.note(step.at, () => this.#does(step))
    this.#agenda.note(0, () => this.#sample())
    this.#agenda.note(script.lasts, () => this.#end())
  }

  /** The clock of the run begins. */
  start(): void {
    this.#clock.start()
  }

  get fds(): readonly number[] {
    return this.#network.fds
  }

  get ended(): boolean {
    return this.#ended
  }

  /** When something is to be done next, ms since 1970. */
  get due(): number {
    return this.#clock.epoch + (this.#agenda.next ?? 0)
  }

  /** Takes what has arrived on the wire, and does what is due; what that sends is taken at once. */
  turn(): void {
    this.#carry()
    while (!this.#ended && this.due <= now()) {
      this.#agenda.do()
      this.#carry()
    }
  }

  #does({ does, ...step }: Script['steps'][number]): void {
    if (does.call === 'inject') this.#wire.inject(this.#forger.forge(step.host, does))
    else this.#processes.does({ ...step, does })
  }

  #carry(): void {
    for (const sent of this.#wire.take()) {
      this.#forger.saw(sent)
      this.#fates.meet(sent)
    }
  }

  #sample(): void {
    this.#listings.sample()
    this.#agenda.note(this.#clock.time() + SAMPLING, () => this.#sample())
  }

  #end(): void {
    this.#listings.sample()
    this.#ended = true
  }

  /** What was recorded; closes everything. */
  finish(): Recording {
    const recording = recordingOf(this.#name, {
      network: this.#network,
      clock: this.#clock,
      wire: this.#wire,
      listings: this.#listings,
      calls: this.#calls,
    })
    this.#processes.close()
    this.#network.close()
    return recording
  }
}
