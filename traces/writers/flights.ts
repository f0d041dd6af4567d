/** The segments of a trace on their way: when each was sent, and what became of it. What a sequence diagram draws. */
import { type End, notation, type Segment } from '../../model/index.ts'
import { arrowsOf } from './arrows.ts'
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
}

type Open = { -readonly [K in keyof Flight]: Flight[K] }

export const flightsOf = (trace: Trace): Flight[] => {
  const all: Open[] = []
  trace.initial.groups.forEach(({ up, down }, i) => {
    for (const { segment } of up) all.push(begin(i + 1, 'client', 0, segment))
    for (const { segment } of down) all.push(begin(i + 1, 'server', 0, segment))
  })
  for (const step of trace.steps) follow(all, step)
  return all
}

const begin = (connection: number, from: End, sent: number, segment: Segment): Open => ({
  connection,
  from,
  text: notation(segment),
  sent,
  fate: 'in flight',
  ...(segment.of !== undefined && { of: segment.of }),
})

const isOpen = (f: Flight): boolean => f.fate === 'in flight'

const follow = (all: Open[], step: TraceStep): void => {
  const { connection, number } = step
  if (connection !== undefined) for (const arrow of arrowsOf(step)) take(all, step, connection, arrow)
  // What is no longer in its channel, though no arrow says so, has outlived the MSL.
  step.world.groups.forEach(({ up, down }, i) => {
    for (const [from, channel] of [
      ['client', up],
      ['server', down],
    ] as const) {
      const left = channel.map(({ segment }) => segment)
      for (const flight of all.filter((f) => isOpen(f) && f.connection === i + 1 && f.from === from)) {
        const at = left.findIndex((segment) => notation(segment) === flight.text)
        if (at >= 0) {
          const [segment] = left.splice(at, 1)
          if (segment!.of !== undefined) flight.of = segment!.of
        } else Object.assign(flight, { fate: 'dies', ended: number })
      }
    }
  })
}

const take = (all: Open[], step: TraceStep, connection: number, arrow: ReturnType<typeof arrowsOf>[number]): void => {
  const { kind, from, text } = arrow
  const { number } = step
  if (kind === 'leaves') {
    all.push({ connection, from, text, sent: number, fate: 'in flight' })
    return
  }
  if (kind === 'finds no room') {
    all.push({ connection, from, text, sent: number, ended: number, fate: kind })
    return
  }
  const flight = all.find((f) => isOpen(f) && f.connection === connection && f.from === from && f.text === text)
  if (flight === undefined) return
  Object.assign(flight, { fate: kind, ended: number })
  if (step.note.endsWith('and once more later')) all.push({ ...flight, fate: 'in flight', ended: undefined! })
}
