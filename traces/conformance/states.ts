/** The states that the kernel reported against those that the model held. */
import type { Held } from './end.ts'
import type { HostName, Recording, Sample, StateLine } from './folder.ts'
import type { Host } from './host.ts'
import { type Key, keyOf } from './passages.ts'

/**
 * A line of states-*.jsonl says: here the sampler found this state, and until the next line of the same socket every
 * sample found it again. Its time is that of the sample's begin; the kernel's table was read a little later, and samples
 * are up to a quarter of a second apart. So the state must have been held at some time in [t − BEFORE, t + AFTER], and no
 * other for longer than the distance between two samples, until the next line.
 */
const BEFORE = 5
const AFTER = 250
/** The longest time between two samples, ms, where the recording does not tell when they were taken. */
const SAMPLING = 300

/** The longest time between two samples of this recording, ms. */
export const samplingOf = ({ samples }: Pick<Recording, 'samples'>): number =>
  samples === undefined
    ? SAMPLING
    : Math.max(0, ...[samples.client, samples.server].flatMap((of) => of.map((s, i) => s.to - (of[i - 1] ?? s).from)))

export interface StatesCompared {
  readonly matched: number
  readonly total: number
  readonly mismatches: readonly { readonly at: number; readonly says: string }[]
}

/** `driver`: says of which connections something could not be driven. */
export const compareStates = (
  host: Host,
  all: readonly StateLine[],
  recording: Recording,
  driver: { readonly notDriven: readonly { readonly key?: Key; readonly at: number }[] } = { notDriven: [] },
): StatesCompared => {
  const undriven = (line: StateLine) => driver.notDriven.some(({ key }) => key === keyOfLine(host.name, line))
  const lines = all.filter((line) => !undriven(line))
  const mismatches: { at: number; says: string }[] = []
  const bySocket = new Map<string, StateLine[]>()
  for (const line of lines) {
    const id = `${line.local} ${line.remote}`
    const of = bySocket.get(id)
    if (of) of.push(line)
    else bySocket.set(id, [line])
  }
  for (const of of bySocket.values())
    of.forEach((line, i) => {
      const held = heldBy(host, line)
      const until = of[i + 1]?.at ?? Math.min(recording.counted.to, lastAt(lines))
      const complaint = recording.samples
        ? judgeSamples(
            line,
            held,
            recording.samples[host.name].filter((s) => s.from >= line.at && s.from < until),
          )
        : judge(line, held, until)
      if (complaint) mismatches.push({ at: line.at, says: `${line.local} ${line.remote} ${complaint}` })
    })
  return { matched: lines.length - mismatches.length, total: lines.length, mismatches }
}

const lastAt = (lines: readonly StateLine[]): number => Math.max(...lines.map((l) => l.at))

/** Each listing was read at some moment of its own, and the state held then. */
const judgeSamples = ({ state }: StateLine, held: readonly Held[], samples: readonly Sample[]): string | undefined => {
  for (const { from, to } of samples) {
    const around = held.filter((h) => h.from <= to + BEFORE && h.to >= from - BEFORE).map((h) => h.state)
    if (!(around.length === 0 ? state === 'GONE' : around.includes(state)))
      return `is ${state} at ${Math.round(from)} ms, the model has ${around.join(', ') || 'nothing'}`
  }
  return undefined
}

const judge = ({ at, state }: StateLine, held: readonly Held[], until: number): string | undefined => {
  const over = (from: number, to: number) => held.filter((h) => h.from <= to && h.to >= from)
  const around = over(at - BEFORE, at + AFTER)
  const names = around.map((h) => h.state)
  if (!(names.length === 0 ? state === 'GONE' : names.includes(state)))
    return `is ${state}, the model has ${names.join(', ') || 'nothing'}`
  const wrong = uncovered(
    at + AFTER,
    until - BEFORE,
    held.filter((h) => h.state === state),
  )
  const seen = over(wrong.from, wrong.to).find((h) => h.state !== state)?.state ?? 'GONE'
  const tolerable = wrong.to - wrong.from <= SAMPLING || seen === state
  return tolerable ? undefined : `stays ${state}, the model has ${seen} from ${Math.round(wrong.from)} ms`
}

/** The first stretch of [from, to] that none of the intervals, which begin in order, covers. */
const uncovered = (from: number, to: number, intervals: readonly Held[]): { from: number; to: number } => {
  let at = from
  for (const h of intervals) {
    if (at >= to) break
    if (h.from > at) return { from: at, to: Math.min(h.from, to) }
    at = Math.max(at, h.to)
  }
  return { from: Math.min(at, to), to }
}

const ports = ({ local, remote }: StateLine): readonly [number, number] => [
  Number(local.slice(local.lastIndexOf(':') + 1)),
  Number(remote.slice(remote.lastIndexOf(':') + 1)),
]

const heldBy = (host: Host, line: StateLine): readonly Held[] => {
  const [local, remote] = ports(line)
  if (remote === 0) return host.listening.get(local) ?? []
  return host.ends.get(keyOfLine(host.name, line))?.held ?? []
}

/** The connection that a line speaks of. */
export const keyOfLine = (host: HostName, line: StateLine): Key => {
  const [local, remote] = ports(line)
  return host === 'client' ? keyOf(local, remote) : keyOf(remote, local)
}
