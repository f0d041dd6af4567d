/**
 * A path of a world taken to this kernel: its calls are made, its packets delivered, lost or forged as the path has it, its timers
 * waited for; and after each step the kernel must have sent what the model sends, and be in the states that it has.
 */
import {
  type End,
  notation,
  receivedIn,
  type Segment,
  type Setting,
  sentIn,
  serverTimeLeft,
  timeLeft,
  type World,
} from '../../../model/index.ts'
import type { Call, Recording } from '../../conformance/folder.ts'
import type { Trace, TraceStep } from '../../writers/trace.ts'
import { Clock } from '../clock.ts'
import { clientPort as portOf } from '../fates.ts'
import type { Framed } from '../frame.ts'
import { Listings } from '../listings.ts'
import { Network } from '../network.ts'
import { acceptQueueOf } from '../proc.ts'
import { Processes } from '../processes.ts'
import { recordingOf } from '../recording.ts'
import { Wire } from '../wire.ts'
import { act } from './act.ts'
import { Calls } from './calls.ts'
import { carriedOn, type InFlight, isSame } from './channels.ts'
import { type CountersOfPath, countersOfPath } from './counters.ts'
import { forgery } from './forge.ts'
import { Inbox } from './inbox.ts'
import { Numbers } from './numbers.ts'
import { ROUTE, settingsOf, TICK } from './settings.ts'
import { changes, clientPort, differing, OTHERS, SERVER_PORT } from './states.ts'

/** A path that a kernel is led along. */
export interface Led {
  readonly name: string
  readonly setting: Setting
  readonly trace: Trace
}

/** What the run waits for: a moment, ms since it began, or something before that. */
interface Wait {
  readonly until: number
  readonly when?: () => boolean
}

export interface Disagreement {
  /** From 1. */
  readonly step: number
  readonly rule: string
  readonly says: string
  /** Another timer was due at the same moment: which of them fires first no wire decides. */
  readonly tie?: true
}

export interface PathResult {
  /** How many steps the kernel has taken as the model does. */
  readonly agreed: number
  readonly disagreement?: Disagreement
  /** Packets of timers that the path left out. */
  readonly repetitions: number
  /** Where the whole path was taken and no timer left out. */
  readonly counters?: CountersOfPath
  readonly recording: Recording
}

/** How often others are made to connect, where the machine is so busy that a request is given up before its ACK comes. */
const ATTEMPTS = 5
/** A tick of the model is a little shorter than a second, so that nothing is due before the path comes to it. */
const TICKS = 0.95 * TICK
/** By when an answer is there, ms. */
const ANSWER = 150
/** By when a timer must have fired, ms. */
const PATIENCE = 20_000
/** linux: TCP_TIMEWAIT_LEN, and the slack of its timer */
const TIME_WAIT = 68_000
/** By when a timer that shows nothing has fired, in ticks. */
const UNSEEN = 1.15

export class PathRun {
  readonly #name: string
  readonly #trace: Trace
  readonly #setting: Setting
  readonly #network: Network
  readonly #clock = new Clock()
  readonly #made: Call[] = []
  readonly #wire: Wire
  readonly #processes: Processes
  readonly #calls: Calls
  readonly #numbers: readonly Numbers[]
  readonly #inbox = new Inbox()
  readonly #flow: Generator<Wait, void>
  readonly #held: { up: InFlight[]; down: InFlight[] }[]
  readonly #last = new Map<string, Framed>()
  #listings: Listings
  #wait: Wait = { until: 0 }
  #ticked = 0
  #agreed = 0
  #disagreement: Disagreement | undefined
  #ended = false

  /** @throws Error where namespaces or interfaces cannot be made */
  constructor({ trace, setting, name }: Led) {
    this.#name = name
    this.#trace = trace
    this.#setting = setting
    this.#network = new Network(settingsOf(setting), ROUTE)
    this.#wire = new Wire(this.#network, this.#clock, this.#made)
    this.#processes = new Processes(this.#network, this.#clock, this.#made)
    this.#numbers = setting.clients.map(() => new Numbers(setting.serverStack.window))
    this.#calls = new Calls(this.#processes, setting, this.#numbers)
    this.#listings = new Listings(this.#network, this.#clock)
    this.#held = trace.initial.groups.map(() => ({ up: [], down: [] }))
    this.#flow = this.#path()
  }

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
    return this.#clock.epoch + this.#wait.until
  }

  turn(): void {
    this.#listen()
    while (!this.#ended && (this.#wait.until <= this.#clock.time() || this.#wait.when?.())) {
      const { value, done } = this.#flow.next()
      if (done) this.#ended = true
      else this.#wait = value
      this.#listen()
    }
  }

  /** What others send that fill the accept queue passes at once. */
  #listen(): void {
    for (const sent of this.#wire.take()) {
      const port = portOf(sent.from, sent.framed)
      this.#last.set(`${sent.from} ${port}`, sent.framed)
      if (port < OTHERS) this.#inbox.put([sent])
      else {
        this.#wire.decide(sent, false)
        this.#wire.deliver(sent)
      }
    }
  }

  *#path(): Generator<Wait, void> {
    yield* this.#prepare()
    let before = this.#trace.initial
    for (const step of this.#trace.steps) {
      const says = yield* this.#step(step, before)
      if (says !== undefined) {
        this.#disagreement = { step: step.number, rule: step.rule, says, ...(isTie(step.world) && { tie: true }) }
        return
      }
      this.#agreed++
      before = step.world
    }
  }

  *#prepare(): Generator<Wait, void> {
    const { listener, alreadyQueued } = this.#setting
    if (!listener?.absent) this.#calls.listen()
    const waiting = () => acceptQueueOf(this.#network.hosts.server.namespace, SERVER_PORT) ?? 0
    for (let attempt = 0; attempt < ATTEMPTS && waiting() < alreadyQueued; attempt++) {
      this.#calls.fillWith(alreadyQueued - waiting())
      yield this.#within(2_000, () => waiting() === alreadyQueued)
    }
    this.#listings = new Listings(this.#network, this.#clock)
    this.#carry(this.#trace.initial, [])
    this.#ticked = this.#clock.time()
  }

  #within(ms: number, when?: () => boolean): Wait {
    return { until: this.#clock.time() + ms, ...(when && { when }) }
  }

  /** What the kernel does otherwise; undefined where it takes the step as the model does. */
  *#step(step: TraceStep, before: World): Generator<Wait, string | undefined> {
    if (step.rule === 'tick') {
      this.#ticked += TICKS
      yield { until: this.#ticked }
      return undefined
    }
    const says = act(step, this.#setting, this.#calls, this.#network) ?? this.#deliver(step)
    if (says !== undefined) return says
    const group = step.connection === undefined ? undefined : step.connection - 1
    const fresh: { from: End; of: InFlight }[] = []
    for (const from of ['client', 'server'] as const)
      for (const segment of sentIn(step.effects, from)) {
        const of = yield* this.#sent(from, group!, segment, this.#patience(step))
        if (typeof of === 'string') return of
        fresh.push({ from, of })
      }
    if (fresh.length === 0 && isTimer(step)) yield this.#silence(step, before)
    if (!this.#carry(step.world, fresh))
      return `its numbers are not known: nothing has been sent yet that they follow from`
    return yield* this.#compare(step, group)
  }

  #deliver({ effects, connection, rule }: TraceStep): string | undefined {
    if (!rule.startsWith('deliver')) return undefined
    const end: End = rule === 'deliver to client' ? 'client' : 'server'
    const segment = receivedIn(effects, end)!
    const held = this.#held[connection! - 1]![end === 'client' ? 'down' : 'up']
    const flight = held.find((f) => isSame(f.segment, segment))
    if (flight === undefined) return `${notation(segment)} is not there to be delivered`
    if (flight.forged) this.#wire.inject(flight.sent)
    else {
      this.#wire.decide(flight.sent, false)
      this.#wire.deliver(flight.sent)
    }
    return undefined
  }

  *#sent(from: End, group: number, segment: Segment, ms: number): Generator<Wait, InFlight | string> {
    const found = () =>
      this.#inbox.of(from, group).find(({ framed }) => this.#numbers[group]!.agree(from, segment, framed.segment))
    let sent = found()
    if (sent === undefined)
      yield this.#within(ms, () => {
        sent = found()
        return sent !== undefined
      })
    if (sent === undefined) {
      const other = this.#inbox.unpredicted(from, group)
      return `the ${from} sends ${other ? notation(other.framed.segment) : 'nothing'}, the model ${notation(segment)}`
    }
    this.#inbox.take(sent)
    return { segment, sent }
  }

  #patience({ rule }: TraceStep): number {
    return rule === 'client timer' || rule === 'server timer' ? PATIENCE : ANSWER
  }

  /** Until a timer that sends nothing has fired, as far as can be seen. */
  #silence({ rule, connection, world }: TraceStep, before: World): Wait {
    const end: End = rule === 'client timer' ? 'client' : 'server'
    const [old, now] = [before, world].map((w) => w.groups[connection! - 1]!)
    if (!changes(old!, now!, end)) return this.#within(UNSEEN * TICK)
    const settled = () => differing(world, this.#network) === undefined
    return this.#within(TIME_WAIT, settled)
  }

  #carry(world: World, fresh: readonly { from: End; of: InFlight }[]): boolean {
    return world.groups.every((group, i) => {
      const held = this.#held[i]!
      const of = (from: End) => fresh.filter((f) => f.from === from && portIs(f.of, i)).map((f) => f.of)
      const forge = (from: End) => (segment: Segment) => {
        if (this.#setting.clients[i]!.spoofs) this.#numbers[i]!.choose('client', segment.seq)
        return forgery(from, i, segment, this.#numbers[i]!, this.#network, (end) =>
          this.#last.get(`${end} ${clientPort(i)}`),
        )
      }
      const up = carriedOn(group.up, [...held.up, ...of('client')], forge('client'))
      const down = carriedOn(group.down, [...held.down, ...of('server')], forge('server'))
      if (up === undefined || down === undefined) return false
      this.#held[i] = { up, down }
      return true
    })
  }

  *#compare({ world, rule }: TraceStep, group: number | undefined): Generator<Wait, string | undefined> {
    if (differing(world, this.#network) !== undefined)
      yield this.#within(ANSWER, () => differing(world, this.#network) === undefined)
    const differs = differing(world, this.#network)
    if (differs !== undefined) return differs
    if (group === undefined || world.groups[group]!.server.owes || rule === 'bury') return undefined
    for (const from of ['client', 'server'] as const) {
      const sent = this.#inbox.unpredicted(from, group)
      if (sent) return `the ${from} sends ${notation(sent.framed.segment)}, the model nothing`
    }
    return undefined
  }

  /** What came of it; closes everything. */
  finish(): PathResult {
    const { repetitions } = this.#inbox
    const whole = this.#disagreement === undefined && repetitions === 0
    const counters = whole ? { counters: countersOfPath(this.#trace, this.#listings) } : {}
    const { network, clock, wire } = { network: this.#network, clock: this.#clock, wire: this.#wire }
    const recording = recordingOf(this.#name, { network, clock, wire, listings: this.#listings, calls: this.#made })
    this.#processes.close()
    this.#network.close()
    return {
      agreed: this.#agreed,
      ...(this.#disagreement && { disagreement: this.#disagreement }),
      repetitions,
      ...counters,
      recording,
    }
  }
}

const isTie = ({ groups }: World): boolean =>
  groups.some(({ client, server }) => timeLeft(client.socket) === 0 || serverTimeLeft(server) === 0)

const isTimer = ({ rule }: TraceStep): boolean => rule === 'client timer' || rule === 'server timer'

const portIs = ({ sent }: InFlight, group: number): boolean => portOf(sent.from, sent.framed) === clientPort(group)
