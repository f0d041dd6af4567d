/**
 * What a replay of the packets alone believes, held against the recorded truth. The system calls, the losses and the socket
 * states are hidden from the replay, which is told only what was forged; each tap is replayed by itself.
 */
import { seq } from '../../model/index.ts'
import type { Belief, ReplayVerdict } from '../replay/index.ts'
import type { Injected } from '../replay/readings/injected.ts'
import { replay } from '../replayCapture.ts'
import { type HostName, type Recording, readFolder, type StateLine } from './folder.ts'
import { wireFlags } from './passages.ts'
import { type CountersPredicted, predictCounters } from './predicted.ts'

export interface InferredSamples {
  /** Samples whose recorded state was among those that the replay held possible. */
  readonly contained: number
  /** Samples at which the replay believed exactly the recorded state. */
  readonly exact: number
  readonly total: number
}

export interface Inferred {
  /** Whose interface the packets were captured at. */
  readonly tap: HostName
  readonly verdict: ReplayVerdict
  readonly samples: InferredSamples
  /** The counters of that host. */
  readonly counters: CountersPredicted
  /** Samples that were not contained, one sentence each. */
  readonly missed: readonly string[]
}

/** A sample may be a little older than its time, and the kernel's table was read up to a quarter of a second after it. */
const BEFORE = 5
const AFTER = 250

const sides = ['client', 'server'] as const

export const infer = (folder: string): Inferred[] => {
  const recording = readFolder(folder)
  return sides.map((tap) => inferAt(recording, tap))
}

const inferAt = (recording: Recording, tap: HostName): Inferred => {
  const capture = recording.packets[tap]
  const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
  const forged = forgedIn(recording)
  const report = replay(capture, { kernels, forged })
  const times = new Map(capture.packets.map((p) => [p.number, ((p.time ?? 0) - recording.epoch) * 1000]))
  const missed: string[] = []
  let [contained, exact, total] = [0, 0, 0]
  for (const connection of report.connections) {
    const beliefs = connection.timeline().map((belief) => ({ at: times.get(belief.packet)!, belief }))
    const first = beliefs[0]?.at ?? Number.POSITIVE_INFINITY
    for (const side of sides) {
      const [own, other] = side === 'client' ? (['client', 'server'] as const) : (['server', 'client'] as const)
      const lines = recording.states[side].filter(
        (line) => line.local === connection[own] && line.remote === connection[other] && line.at >= first,
      )
      for (const line of lines) {
        total++
        const held = possibleAround(beliefs, line.at, side)
        if (namesOf(line).some((name) => held.has(name))) contained++
        else
          missed.push(
            `${line.local} is ${line.state} at ${(line.at / 1000).toFixed(3)} s, not ${[...held].join(' or ')}`,
          )
        const now = beliefs.findLast(({ at }) => at <= line.at)?.belief[side]
        if (now?.length === 1 && namesOf(line).includes(now[0]!)) exact++
      }
    }
  }
  return {
    tap,
    verdict: report.verdict,
    samples: { contained, exact, total },
    counters: predictCounters(recording, tap, forged),
    missed,
  }
}

/** The packets that the run itself put on the wire: no stack has to account for them. */
export const forgedIn = ({ calls, epoch }: Recording): Injected[] =>
  calls
    .filter(({ call }) => call === 'inject')
    .map(({ at, args }) => ({
      time: epoch + at / 1000,
      source: Number(args.sp),
      destination: Number(args.dp),
      flags: wireFlags(String(args.flags)),
      seq: seq(Number(args.seq)),
      ...(wireFlags(String(args.flags)).includes('.') && { ack: seq(Number(args.ack)) }),
      len: Number(args.len),
    }))

/** Everything held possible at some moment around a sample. */
const possibleAround = (
  beliefs: readonly { readonly at: number; readonly belief: Belief }[],
  at: number,
  side: HostName,
): ReadonlySet<string> => {
  const first = beliefs.findLastIndex((b) => b.at <= at - BEFORE)
  return new Set(beliefs.slice(Math.max(0, first)).flatMap((b) => (b.at <= at + AFTER ? b.belief.possible[side] : [])))
}

/** Where Linux has no socket of the connection, the replay says CLOSED; or LISTEN, where a syncookie may still make one. */
const namesOf = ({ state }: StateLine): readonly string[] => (state === 'GONE' ? ['CLOSED', 'LISTEN'] : [state])
