import type { Event } from '../system.ts'
import type { Digits, Move, Stepper } from './stepper.ts'

/** Whether a run may end here: in this world, or with this step that led to it. */
export type Ends = (world: Digits, before?: Digits, move?: Move) => boolean

/** Whether a step may be taken. */
export type Allows = (before: Digits, move: Move) => boolean

/** Steps of a path that may still be tried in pairs. */
const FEW = 80

/**
 * Leaves out steps as long as the rest can still be taken and ends as it should: rounds first, then stretches, half as long
 * each time, down to single steps; then two steps at once (a segment sent and its arrival). The result need not be the
 * shortest there is, but no single step of it can be left out.
 */
export function shrink(
  stepper: Stepper,
  start: Digits,
  events: readonly Event[],
  ends: Ends,
  allows: Allows,
): readonly Event[] {
  const taken = (candidate: readonly Event[]) => take(stepper, start, candidate, ends, allows)
  let best = taken(events) ?? events
  best = taken(withoutRounds(stepper, start, best)) ?? best
  for (let stretch = best.length >> 1; stretch >= 1; stretch >>= 1) best = withoutStretches(best, stretch, taken)
  for (let fewer = withoutPair(best, taken); fewer !== undefined; fewer = withoutPair(best, taken)) {
    best = withoutStretches(fewer, 1, taken)
  }
  return best
}

type Taken = (candidate: readonly Event[]) => readonly Event[] | undefined

/** Leaves out stretches of this length until none can be left out. */
function withoutStretches(events: readonly Event[], stretch: number, taken: Taken): readonly Event[] {
  let best = events
  for (let isShorter = true; isShorter; ) {
    isShorter = false
    for (let at = 0; at < best.length; ) {
      const shorter = taken([...best.slice(0, at), ...best.slice(at + stretch)])
      if (shorter === undefined) at++
      else {
        best = shorter
        isShorter = true
      }
    }
  }
  return best
}

/** Leaves out any two steps; `undefined`: none can be. */
function withoutPair(events: readonly Event[], taken: Taken): readonly Event[] | undefined {
  if (events.length > FEW) return undefined
  for (let one = 0; one < events.length; one++) {
    for (let other = one + 1; other < events.length; other++) {
      const shorter = taken(events.filter((_, at) => at !== one && at !== other))
      if (shorter !== undefined) return shorter
    }
  }
  return undefined
}

/** Takes events one after another up to the first good end; `undefined`: one is not possible, or it does not end so. */
function take(
  stepper: Stepper,
  start: Digits,
  events: readonly Event[],
  ends: Ends,
  allows: Allows,
): readonly Event[] | undefined {
  let world = start
  if (ends(world)) return []
  for (let at = 0; at < events.length; at++) {
    const move = stepper.find(world, events[at]!)
    if (move === undefined || !allows(world, move)) return undefined
    if (ends(move.to, world, move)) return events.slice(0, at + 1)
    world = move.to
  }
  return undefined
}

/** Leaves out what lies between two visits to one world; the last step stays. */
function withoutRounds(stepper: Stepper, start: Digits, events: readonly Event[]): readonly Event[] {
  const kept: Event[] = []
  const visits = new Map([[start.join(), 0]])
  let world = start
  for (const event of events) {
    const { to } = stepper.find(world, event)!
    const key = to.join()
    const before = visits.get(key)
    if (before === undefined || event === events.at(-1)) {
      kept.push(event)
      visits.set(key, kept.length)
    } else {
      kept.length = before
      for (const [known, at] of visits) if (at > before) visits.delete(known)
    }
    world = to
  }
  return kept
}
