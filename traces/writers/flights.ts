/** The segments of a trace on their way: when each was sent, and what became of it. What a sequence diagram draws. */
import { type Channel, type End, notation, receivedIn, type Segment, sentIn, type World } from '../../model/index.ts'
import type { Trace, TraceStep } from './trace.ts'

export interface Flight {
  /** From 1. */
  readonly connection: number
  readonly from: End
  readonly text: string
  /** The step that sent it; 0: it was in flight at the beginning. */
  readonly sent: number
  /** The step at which it came to its end; absent while it is in flight. */
  readonly ended?: number
  readonly fate: 'arrives' | 'is lost' | 'finds no room' | 'dies' | 'in flight'
  /** The incarnation that sent it, where the world keeps it. */
  readonly of?: number
  /** The wire delivers the segment twice: the step at which the first of both arrived. */
  readonly copied?: number
}

type Open = { -readonly [K in keyof Flight]: Flight[K] }

/** What is in flight on one channel, in the order of the channel: entry by entry. */
type Lane = Open[]

const ENDS: readonly End[] = ['client', 'server']

/** In the order in which they were sent. */
export const flightsOf = (trace: Trace): Flight[] => {
  const all: Open[] = []
  const lanes = trace.initial.groups.map((_, i) => ({
    client: channelOf(trace.initial, i + 1, 'client').map(({ segment }) => begin(all, i + 1, 'client', 0, segment)),
    server: channelOf(trace.initial, i + 1, 'server').map(({ segment }) => begin(all, i + 1, 'server', 0, segment)),
  }))
  let before = trace.initial
  for (const step of trace.steps) {
    for (const [i, lane] of lanes.entries())
      for (const from of ENDS) {
        const was = channelOf(before, i + 1, from)
        const is = channelOf(step.world, i + 1, from)
        lane[from] = follow(all, lane[from], { step, connection: i + 1, from, was, is })
      }
    before = step.world
  }
  return all.sort((a, b) => a.sent - b.sent)
}

const channelOf = (world: World, connection: number, from: End): Channel => {
  const { up, down } = world.groups[connection - 1]!
  return from === 'client' ? up : down
}

const begin = (all: Open[], connection: number, from: End, sent: number, segment: Segment, text?: string): Open => {
  const { of } = segment
  const flight: Open = {
    connection,
    from,
    text: text ?? notation(segment),
    sent,
    fate: 'in flight',
    ...(of !== undefined && { of }),
  }
  all.push(flight)
  return flight
}

/** What a step may do to one channel, and the channel before and after it. */
interface Passage {
  readonly step: TraceStep
  readonly connection: number
  readonly from: End
  readonly was: Channel
  readonly is: Channel
}

/** The lane after the step. A step takes one segment off a channel, or puts some into it, or ages it: never two of these. */
const follow = (all: Open[], lane: Lane, passage: Passage): Lane => {
  const { step, connection, from, was, is } = passage
  if (step.connection !== connection) return aged(lane, is, step.number)
  const arrives = receivedIn(step.effects, from === 'client' ? 'server' : 'client') !== undefined
  if (arrives && was.length > 0 && is.length === was.length && step.note.endsWith(TWICE)) return copied(all, lane, step)
  if (is.length >= was.length) return put(all, lane, passage)
  const at = placeOfTaken(was, is)
  Object.assign(lane[at]!, { fate: step.rule === `lose from ${from}` ? 'is lost' : 'arrives', ended: step.number })
  return lane.toSpliced(at, 1)
}

/** What model/world/links.ts, `takeFrom`, says of a segment that arrives while a copy of it stays in flight. */
const TWICE = 'and once more later'

/** The oldest arrives, and its copy is in its place. */
const copied = (all: Open[], [flight, ...others]: Lane, { number }: TraceStep): Lane => {
  const copy: Open = { ...flight!, copied: number }
  Object.assign(flight!, { fate: 'arrives', ended: number })
  all.push(copy)
  return [copy, ...others]
}

/**
 * Which entry left a channel. Of segments that look alike one may be of long ago: their ages, and the incarnations that sent
 * them, tell them apart. Of entries that are equal in all of it the wire takes the oldest (model/wire/channel.ts, `choices`).
 */
const placeOfTaken = (was: Channel, is: Channel): number => {
  const left = is.map((entry) => JSON.stringify(entry))
  const keys = was.map((entry) => JSON.stringify(entry))
  return keys.findIndex((_, i) => keys.every((key, j) => j === i || key === left[j < i ? j : j - 1]))
}

/** Time passes: what has outlived the MSL is the oldest, which is first in its channel. */
const aged = (lane: Lane, is: Channel, number: number): Lane => {
  const dying = Math.max(0, lane.length - is.length)
  for (const flight of lane.slice(0, dying)) Object.assign(flight, { fate: 'dies', ended: number })
  return dying === 0 ? lane : lane.slice(dying)
}

/** A channel that is full drops what is put into it; a safe segment takes the place of the last that is not safe (`putOne`). */
const put = (all: Open[], lane: Lane, { step, connection, from, was, is }: Passage): Lane => {
  const { number, rule, note, effects } = step
  const isForged = rule === 'forge' && from === 'client'
  const sent = isForged ? is.slice(was.length).map(({ segment }) => segment) : sentIn(effects, from)
  const isSafe = (s: Segment): boolean =>
    is.some(({ segment, age }) => segment.safe && age === 0 && notation(segment) === notation(s))
  const entries = lane.map((flight, i) => ({ flight, safe: was[i]!.segment.safe === true }))
  for (const segment of sent) {
    const flight = begin(all, connection, from, number, segment, isForged ? `${note} forged` : undefined)
    const safe = isSafe(segment)
    if (entries.length >= is.length) {
      const at = safe ? entries.findLastIndex((e) => !e.safe) : -1
      const fate = at < 0 ? 'finds no room' : 'is lost'
      Object.assign(at < 0 ? flight : entries[at]!.flight, { fate, ended: number })
      if (at < 0) continue
      entries.splice(at, 1)
    }
    entries.push({ flight, safe })
  }
  return entries.map(({ flight }) => flight)
}
