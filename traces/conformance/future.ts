/** What the recording shows later: which numbers were chosen, and what a host sends next. */
import { add, hasAck, hasSyn, type Segment, type Seq, seq } from '../../model/index.ts'
import { peerOf } from '../replay/packets/observation.ts'
import type { HostName, Recording } from './folder.ts'
import { type Key, type Passage, portOf } from './passages.ts'
import { keyOfLine } from './states.ts'
import type { Window } from './timing.ts'

/** An initial sequence number for what the recording never shows. */
const UNSEEN = seq(0xdead_0000)

export class Future {
  readonly #passages: readonly Passage[]
  readonly #bySender = new Map<string, Passage[]>()
  readonly #taken = new Set<Passage>()

  readonly #changes = new Map<string, { readonly at: number; readonly state: string }[]>()

  readonly #sampling: number

  /** `sampling`: the longest time between two samples, ms. */
  constructor(passages: readonly Passage[], states: Recording['states'], sampling: number) {
    this.#sampling = sampling
    this.#passages = passages
    for (const host of ['client', 'server'] as const)
      for (const line of states[host]) {
        const id = `${host} ${keyOfLine(host, line)}`
        this.#changes.set(id, [...(this.#changes.get(id) ?? []), line])
      }
    for (const p of passages) {
      if (p.forged) continue
      const list = this.#bySender.get(`${p.from} ${p.key}`)
      if (list) list.push(p)
      else this.#bySender.set(`${p.from} ${p.key}`, [p])
    }
    for (const list of this.#bySender.values()) list.sort((a, b) => a.sent - b.sent)
  }

  /** The initial sequence number with which a host answers a SYN: that of its next SYN+ACK for it. */
  issOf(host: HostName, key: Key, irs: Seq, now: number): Seq {
    const answer = this.#bySender
      .get(`${host} ${key}`)
      ?.find((p) => p.sent >= now - 1 && hasSyn(p.segment) && p.segment.ack === add(irs, 1))
    return answer?.segment.seq ?? UNSEEN
  }

  /** The first SYN of a connect() made at `now`, and thereby its ports and its number. Each is given away once. */
  synOf(host: HostName, remotePort: number, localPort: number | undefined, now: number): Passage | undefined {
    const found = this.#passages.find(
      (p) =>
        !this.#taken.has(p) &&
        !p.forged &&
        p.from === host &&
        p.sent >= now - 1 &&
        hasSyn(p.segment) &&
        !hasAck(p.segment) &&
        portOf(peerOf(host), p.key) === remotePort &&
        (localPort === undefined || portOf(host, p.key) === localPort),
    )
    if (found === undefined) return undefined
    for (const p of this.#passages)
      if (p.from === host && p.key === found.key && p.segment.seq === found.segment.seq && hasSyn(p.segment))
        this.#taken.add(p)
    return found
  }

  /** What the host sends next on the connection, if within `time` ms. */
  next(host: HostName, key: Key, now: number, time: number): Segment | undefined {
    const first = this.#bySender.get(`${host} ${key}`)?.[0]
    return first && first.sent <= now + time ? first.segment : undefined
  }

  /** What it sends next, and when. */
  nextAt(host: HostName, key: Key): { readonly segment: Segment; readonly at: number } | undefined {
    const first = this.#bySender.get(`${host} ${key}`)?.[0]
    return first && { segment: first.segment, at: first.sent }
  }

  /** The next one has been seen. */
  passed(host: HostName, key: Key): void {
    this.#bySender.get(`${host} ${key}`)?.shift()
  }

  /** When the connection's state was first found to be another in the window: a timer that fires in silence shows only there. */
  changed(host: HostName, key: Key, { from, to }: Window, now: string): number | undefined {
    const lines = this.#changes.get(`${host} ${key}`)
    const line = lines?.find(({ at, state }) => at >= from && at <= to + this.#sampling && state !== now)
    return line === undefined ? undefined : Math.min(line.at, to)
  }

  /** Whether the connection is in the state still when the moment has passed. Only changes are listed. */
  stillHolds(host: HostName, key: Key, moment: number, state: string): boolean {
    const lines = this.#changes.get(`${host} ${key}`)
    return lines?.findLast(({ at }) => at <= moment + this.#sampling)?.state === state
  }
}
