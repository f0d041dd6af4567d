/**
 * Drives two model hosts with what was recorded: calls, settings and what the wire let through; and holds every segment
 * that the hosts sent against what the model sends.
 *
 * The model decides what happens. The capture decides only when, within the bounds of `timing.ts`: the moment at which a
 * timer fires, at which a delayed ACK leaves, and the order of what falls into the same slack.
 */
import { fireDelayedAck, type KernelProfile, notation, probe, type Segment } from '../../model/index.ts'
import { Calls, type NotDriven } from './calls.ts'
import { type End, isClamped, isProbed, nameOf, pass, probeWindowOf, type Running, tcbOf, timerWindow } from './end.ts'
import type { HostName, Recording } from './folder.ts'
import { Future } from './future.ts'
import { Host, type Step } from './host.ts'
import { type Key, type Passage, passagesOf, sameSegment } from './passages.ts'
import { stackOf } from './settings.ts'
import { type Arriving, arrivalAfter, countedInstead, silentBefore } from './silent-timers.ts'
import { samplingOf } from './states.ts'
import { timelineOf } from './timeline.ts'
import { delayedAckWindow, narrowed, PATIENCE, PROMPT, RESOLUTION, TICK, type Window, within } from './timing.ts'

/** Something that the capture and the model do not agree on. */
export interface Mismatch {
  /** ms since the run began. */
  readonly at: number
  readonly host: HostName
  readonly key: Key
  readonly says: string
}

export class Driver {
  readonly hosts: Readonly<Record<HostName, Host>>
  readonly #recording: Recording
  readonly #future: Future
  readonly #calls: Calls
  readonly mismatches: Mismatch[] = []
  matched = 0
  total = 0

  /** What could not be driven, and why: the connections concerned are not compared from then on. */
  get notDriven(): readonly NotDriven[] {
    return this.#calls.notDriven
  }

  constructor(recording: Recording, profile: KernelProfile) {
    const passages = passagesOf(recording)
    this.#recording = recording
    this.#future = new Future(passages, recording.states, samplingOf(recording))
    const host = (name: HostName) =>
      new Host(
        name,
        stackOf(profile, recording.sysctls[name]),
        (of, key, irs, now) => this.#future.issOf(of, key, irs, now),
        recording.tick ?? TICK,
      )
    this.hosts = { client: host('client'), server: host('server') }
    this.#calls = new Calls(this.hosts, this.#future, recording, profile, (of, end, at, says) =>
      this.#mismatch(of, end, at, says),
    )
    this.#run(passages)
  }

  #run(passages: readonly Passage[]): void {
    for (const m of timelineOf(this.#recording, passages)) {
      const host = this.hosts[m.host]
      this.#settle(host, m.at)
      if (m.shows === 'call') this.#calls.made(m.call)
      if (m.shows === 'return') this.#calls.returned(m.call)
      if (m.shows === 'arrival') this.#arrival(host, m.passage, m.at)
      if (m.shows === 'sent') this.#sent(host, m.passage, m.at)
    }
    const observed = this.#recording.samples ? this.#recording.counted.to : this.#lastMoment(passages) + 1
    const end = Math.min(this.#recording.counted.to, observed)
    for (const host of Object.values(this.hosts)) this.#settle(host, end)
  }

  #lastMoment(passages: readonly Passage[]): number {
    const { calls, states } = this.#recording
    const times = [...calls.map((c) => c.until), ...passages.map((p) => p.sent)]
    return Math.max(0, ...times, ...states.client.map((s) => s.at), ...states.server.map((s) => s.at))
  }

  /** What should have been seen by now, and was not; and timers that fire without a word. */
  #settle(host: Host, now: number): void {
    for (;;) {
      let first: { end: End; by: number } | undefined
      for (const end of host.ends.values()) {
        const by = this.#deadline(host, end)
        if (by < now && (first === undefined || by < first.by)) first = { end, by }
      }
      if (first === undefined) return
      this.#overdue(host, first.end, first.by)
    }
  }

  /** When at the latest something must happen at the end. */
  #deadline(host: Host, end: End): number {
    const answered = end.expected[0]
      ? this.#awaited(host, end, end.expected[0].segment, this.#answeredBy(end.expected[0].since))
      : Number.POSITIVE_INFINITY
    const acked =
      end.ackSince === undefined
        ? Number.POSITIVE_INFINITY
        : this.#ackBy(host, end, delayedAckWindow(end.ackSince, end.tick).to)
    return Math.min(answered, acked, end.timer ? this.#firesBy(host, end, end.timer) : Number.POSITIVE_INFINITY)
  }

  /** A delivery that began now may have come true so much later, ms. */
  #stallAt(now: number): number {
    const stall = (this.#recording.stalls ?? []).find((s) => s.from - RESOLUTION <= now && now <= s.to)
    return stall ? stall.to - now : 0
  }

  #mayHaveFired(end: End, timer: Running, now: number): boolean {
    return now + this.#stallAt(now) >= timerWindow(end, timer).from
  }

  /** By when an answer must be seen, where whoever recorded it was not kept waiting meanwhile. */
  #answeredBy(since: number): number {
    const by = since + PROMPT
    const waited = (this.#recording.stalls ?? []).filter((s) => s.from <= by && s.to >= since)
    return by + waited.reduce((ms, s) => ms + s.to - s.from, 0)
  }

  /** By when it is missing: where it comes late, it is late, and that is said once. */
  #awaited(host: Host, end: End, segment: Segment, by: number): number {
    const next = this.#future.nextAt(host.name, end.key)
    const comes = next !== undefined && next.at <= by + PATIENCE && sameSegment(next.segment, segment)
    return comes ? Math.max(by, next.at) : by
  }

  #ackBy(host: Host, end: End, by: number): number {
    const tcb = tcbOf(end)
    if (tcb?.ackPending === undefined) return by
    const [ack] = fireDelayedAck(tcb).send
    return ack === undefined ? by : this.#awaited(host, end, ack, by)
  }

  /** At the end of its slack; in silence, when the state was first found changed. */
  #firesBy(host: Host, end: End, timer: Running): number {
    const window = timerWindow(end, timer)
    const changed = this.#future.changed(host.name, end.key, window, nameOf(end.server.object))
    if (changed === undefined) {
      const [first] = host.onTimer(end, window.to).send
      return first === undefined ? window.to : this.#awaited(host, end, first, window.to)
    }
    const then = { ...end }
    pass(then, changed)
    const [first] = host.onTimer(then, changed).send
    return first === undefined ? changed : this.#awaited(host, end, first, window.to)
  }

  #overdue(host: Host, end: End, by: number): void {
    const expected = end.expected[0]
    if (expected && this.#answeredBy(expected.since) <= by) {
      end.expected.shift()
      if (this.#calls.isUndriven(end) || this.#waitsForAnAck(host, end, expected.segment, by)) return
      this.total += 1
      this.#mismatch(host, end, by, `${notation(expected.segment)} predicted (${expected.why}), not captured`)
      return
    }
    pass(end, by)
    const tcb = tcbOf(end)
    if (
      tcb?.ackPending !== undefined &&
      end.ackSince !== undefined &&
      delayedAckWindow(end.ackSince, end.tick).to <= by
    ) {
      host.take(end, host.onCall(end, () => fireDelayedAck(tcb))!, by, 'delayed ACK')
      return
    }
    const timer = end.timer!
    const fired = host.onTimer(end, by)
    const unseen = !timer.measured && fired.send.length === 0
    host.take(end, fired, by, 'timer', { silentSince: unseen ? Math.min(timer.started + timer.interval, by) : by })
  }

  #arrival(host: Host, { key, segment }: Passage, now: number): void {
    const end = host.end(key, now)
    const mayHaveFired = (fires: End) => fires.timer !== undefined && this.#mayHaveFired(fires, fires.timer, now)
    const arriving: Arriving = { host, end, segment, now, mayHaveFired }
    const before = silentBefore(arriving)
    const fires = this.#firesBefore(arriving, before)
    if (fires) {
      pass(fires, now)
      host.take(fires, host.onTimer(fires, now), now, 'timer')
    }
    const step = host.onArrival(end, segment, now)
    const instead = fires ? undefined : countedInstead(arriving, before, step)
    const blur = this.#stallAt(now)
    host.take(end, step, now, `answer to ${notation(segment)}`, { by: segment, instead, blur })
  }

  /** Which timer has fired already, if what the host sends next tells. */
  #firesBefore(arriving: Arriving, before: readonly End[]): End | undefined {
    const { host, end, segment, now } = arriving
    const next = before.length > 0 && this.#future.next(host.name, end.key, now, PROMPT)
    if (!next || startsWith(host.onArrival(end, segment, now), next)) return undefined
    return before.find((fires) => startsWith(arrivalAfter(arriving, fires), next))
  }

  #sent(host: Host, { key, segment }: Passage, now: number): void {
    const end = host.end(key, now)
    this.#future.passed(host.name, key)
    const complaint = this.#explain(host, end, segment, now)
    end.flight.leave(segment, now, () => {
      end.rtt = {}
    })
    if (this.#calls.isUndriven(end)) return
    this.total += 1
    if (complaint === undefined) this.matched += 1
    else this.#mismatch(host, end, now, complaint)
  }

  /** Finds what made the model send the segment; says what is wrong with it, undefined if nothing. */
  #explain(host: Host, end: End, segment: Segment, now: number): string | undefined {
    const expected = end.expected[0]
    if (expected && sameSegment(expected.segment, segment)) {
      end.expected.shift()
      if (now > this.#answeredBy(expected.since) && segment.len > 0) {
        this.#waits(host, end, now)
        return undefined
      }
      return timing(
        'answer',
        { from: expected.since, to: this.#answeredBy(expected.since) },
        Math.max(now, expected.since),
      )
    }
    const call = this.#calls.pending(host.name, end, segment)
    if (call) return this.#takeAll(host, end, call, now, 'call')
    const tcb = tcbOf(end)
    if (tcb?.ackPending !== undefined && end.ackSince !== undefined) {
      const acks = host.onCall(end, () => fireDelayedAck(tcb))!
      if (startsWith(acks, segment)) {
        const complaint = timing('delayed ACK', delayedAckWindow(end.ackSince, end.tick), now)
        this.#takeAll(host, end, acks, now, 'delayed ACK')
        return complaint
      }
    }
    return this.#explainByTimer(host, end, segment, now)
  }

  #explainByTimer(host: Host, end: End, segment: Segment, now: number): string | undefined {
    const { timer } = end
    const tcb = tcbOf(end)
    if (timer?.measured && timer.n === 0 && tcb && isProbed(tcb)) {
      const probed = host.onCall(end, () => probe(tcb, host.stackOf(end), end.flight.last(tcb.snd.una)))
      if (probed && startsWith(probed, segment)) {
        const complaint = timing('tail-loss probe', probeWindowOf(end, timer, tcb), now)
        this.#takeAll(host, end, probed, now, 'probe')
        return complaint
      }
    }
    if (timer) {
      while (host.onTimer(end, now).send.length === 0 && this.#pruneAnother(host, end, now)) {}
      const fired = host.onTimer(end, now)
      if (startsWith(fired, segment) || isUncollapsed(end, fired, segment)) {
        if (this.#isFast(host, end, timer, now)) return this.#takeAll(host, end, fired, now, 'timer')
        const complaint = timing(`expiry ${timer.n + 1}`, timerWindow(end, timer), now)
        if (timer.measured && !isClamped(end, timer))
          end.rto = narrowed(end.rto, now - timer.started, timer.n, end.tick)
        this.#takeAll(host, end, fired, now, 'timer')
        return complaint
      }
    }
    const awaited = end.expected[0]
    return `${notation(segment)} captured, ${awaited ? `${notation(awaited.segment)} predicted (${awaited.why})` : 'nothing predicted'}`
  }

  /** Text, or a FIN, waits behind what is in flight: for Nagle's rule or the congestion window. Neither is modelled. */
  #waitsForAnAck(host: Host, end: End, { seq, len, flags }: Segment, at: number): boolean {
    const tcb = tcbOf(end)
    if ((len === 0 && flags !== 'F.') || tcb === undefined || end.flight.packets(tcb.snd.una) === 0) return false
    if (seq === tcb.snd.una) return false
    this.#waits(host, end, at)
    return true
  }

  #waits(host: Host, end: End, at: number): void {
    const why = 'text waited for an ACK: neither Nagle’s rule nor the congestion window is modelled'
    this.#calls.cannot({ at, host: host.name, call: 'send()', why, key: end.key })
  }

  /** With several segments in flight SACK blocks may call for one of them before its time. RFC 6675, RFC 8985 */
  #isFast(host: Host, end: End, timer: Running, at: number): boolean {
    const tcb = tcbOf(end)
    const early = timer.measured && at < timerWindow(end, timer).from
    if (!early || !tcb?.options?.sack || end.flight.packets(tcb.snd.una) < 2) return false
    const why = 'a fast retransmission: congestion control is not modelled'
    this.#calls.cannot({ at, host: host.name, call: 'retransmission', why, key: end.key })
    return true
  }

  /** Of the requests whose timers are in the same slack, the first to fire is pruned: the one that sends nothing. */
  #pruneAnother(host: Host, than: End, now: number): boolean {
    if (than.server.object.kind !== 'request') return false
    for (const end of host.ends.values()) {
      if (end === than || end.port !== than.port || end.server.object.kind !== 'request' || !end.timer) continue
      const window = timerWindow(end, end.timer)
      if (!within(now, window) || this.#future.next(host.name, end.key, now, window.to - now)) continue
      pass(end, now)
      host.take(end, host.onTimer(end, now), now, 'timer')
      return true
    }
    return false
  }

  /** Takes a step whose first segment has just been seen. */
  #takeAll(host: Host, end: End, step: Step, now: number, why: string): undefined {
    host.take(end, { ...step, send: step.send.slice(1) }, now, why)
    return undefined
  }

  #mismatch(host: Host, end: End, at: number, says: string): void {
    this.mismatches.push({ at, host: host.name, key: end.key, says })
  }
}

const startsWith = (step: Step, segment: Segment): boolean =>
  step.send[0] !== undefined && sameSegment(step.send[0], segment)

/**
 * A repetition takes in what follows, a FIN too, where there is room; unless that is known to have come, or a copy of it
 * is still queued somewhere. linux: tcp_can_collapse
 */
const isUncollapsed = (end: End, { send: [whole] }: Step, segment: Segment): boolean => {
  if (whole === undefined) return false
  const withoutFin = whole.flags === 'F.' && segment.flags === '.'
  return (
    (segment.len < whole.len || withoutFin) &&
    sameSegment({ ...whole, len: segment.len, flags: withoutFin ? '.' : whole.flags }, segment) &&
    end.flight.hasSent(segment)
  )
}

const timing = (what: string, window: Window, now: number): string | undefined => {
  if (within(now, window)) return undefined
  const early = now < window.from
  const by = Math.round(early ? window.from - now : now - window.to)
  return `${what}: ${by} ms too ${early ? 'early' : 'late'}`
}
