/**
 * Timers that fire in silence. Within their slack a segment may have come before or after: what the host sends next may
 * tell, and where both orders look alike, only the counters differ.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Counter, Segment } from '../../model/index.ts'
import { type End, timerWindow } from './end.ts'
import type { Host, Step } from './host.ts'
import { sameSegment } from './passages.ts'

/** A segment that arrives at an end, and whether a running timer may have fired by then. */
export interface Arriving {
  readonly host: Host
  readonly end: End
  readonly segment: Segment
  readonly now: number
  readonly mayHaveFired: (end: End) => boolean
}

/**
 * The ends whose timers may have fired in silence just before the segment, so that it finds something else: its own, and
 * where a listener is to answer, the other requests in its SYN queue.
 */
export const silentBefore = (arriving: Arriving): End[] => {
  const { host, end } = arriving
  const queued = (other: End) =>
    other !== end && other.port === end.port && other.server.object.kind === 'request' && other.timer !== undefined
  const others = end.server.object.kind === 'child' ? [] : [...host.ends.values()].filter(queued)
  return [end, ...others].filter((fires) => firesInSilence(arriving, fires))
}

/** The requests of a listener whose timers may have fired in silence by now. */
export const silentRequests = (host: Host, port: number, now: number): End[] => {
  const mayHaveFired = (end: End) => end.timer !== undefined && timerWindow(end, end.timer).from <= now
  return [...host.ends.values()].filter(
    (end) =>
      end.port === port && end.server.object.kind === 'request' && firesInSilence({ host, now, mayHaveFired }, end),
  )
}

const firesInSilence = (
  { host, now, mayHaveFired }: Pick<Arriving, 'host' | 'now' | 'mayHaveFired'>,
  fires: End,
): boolean =>
  fires.timer !== undefined &&
  !fires.timer.measured &&
  mayHaveFired(fires) &&
  host.onTimer(fires, now).send.length === 0

/** What the segment does once the timer has fired. Nothing changes. */
export const arrivalAfter = ({ host, end, segment, now }: Arriving, fires: End): Step => {
  const fired = host.onTimer(fires, now)
  const { server } = fires
  const listener = host.listeners.get(end.port)
  fires.server = fired.to
  if (fired.listener) host.listeners.set(end.port, fired.listener)
  const step = host.onArrival(end, segment, now)
  fires.server = server
  if (listener) host.listeners.set(end.port, listener)
  return step
}

/** What else may have been counted where the segment did `step`: in the other order all that shows is the same. */
export const countedInstead = (arriving: Arriving, before: readonly End[], step: Step): Counter[] | undefined => {
  for (const fires of before) {
    const after = arrivalAfter(arriving, fires)
    // The timer of another request fires in both orders, and is counted when it does.
    const counts =
      fires === arriving.end ? [...arriving.host.onTimer(fires, arriving.now).count, ...after.count] : after.count
    if (looksAlike(step, after) && !isDeepStrictEqual([...counts].sort(), [...step.count].sort())) return [...counts]
  }
  return undefined
}

const looksAlike = (a: Step, b: Step): boolean =>
  a.send.length === b.send.length &&
  a.send.every((segment, i) => sameSegment(segment, b.send[i]!)) &&
  isDeepStrictEqual(a.to.object, b.to.object)
