/**
 * Segments that do not come in their turn: overtaken by what was sent after them, delivered for the second time, or of an
 * incarnation that is over when they come. They are why TIME_WAIT lasts 2 MSL. RFC 9293 §3.4.2, §3.6
 */
import type { World } from '../../model/index.ts'
import { count } from './count.ts'
import type { Flight } from './flights.ts'
import type { Trace } from './trace.ts'

export interface Late {
  readonly flight: Flight
  /** Stands at both ends of its way. */
  readonly mark: string
  /** The step at which it arrives, is lost, or dies. */
  readonly ended: number
  /** Steps whose segments were sent later the same way, and arrived sooner. */
  readonly overtakenBy: readonly number[]
  /** The incarnation that sent it, where that is known and the client has begun more than one. */
  readonly of?: number
  /** The incarnation of the client that it meets, where it was sent by an earlier one. */
  readonly meets?: number
}

/** In the order in which they were sent; each has a mark of its own. */
export const lateFlights = (trace: Trace, flights: readonly Flight[]): Late[] => {
  const connectsAfter = (step: number, connection: number): number => {
    const world: World = step === 0 ? trace.initial : trace.steps[step - 1]!.world
    return world.groups[connection - 1]!.client.connects
  }
  const found = flights.flatMap((flight, i): Omit<Late, 'mark'>[] => {
    const { ended, sent, connection, from, fate } = flight
    if (ended === undefined || fate === 'finds no room' || ended === sent) return []
    const overtakenBy = overtakers(flights, i, ended)
    const [then, now] = [connectsAfter(sent, connection), connectsAfter(ended - 1, connection)]
    const isOld = (flight.of ?? then) < now
    if (overtakenBy.length === 0 && flight.copied === undefined && !isOld) return []
    // A server may still send for an incarnation that is over at the client.
    const of = flight.of ?? (from === 'client' || then === 1 ? then : undefined)
    return [
      {
        flight,
        ended,
        overtakenBy,
        ...(of !== undefined && connectsAfter(trace.steps.length, connection) > 1 && { of }),
        ...(isOld && { meets: now }),
      },
    ]
  })
  return found.map((late, i) => ({ ...late, mark: markOf(i + 1) }))
}

/** Steps that sent what left after a flight, the same way, and arrived before its end. */
const overtakers = (flights: readonly Flight[], i: number, ended: number): number[] => {
  const { connection, from } = flights[i]!
  const steps = new Set<number>()
  for (let j = i + 1; j < flights.length && flights[j]!.sent < ended; j++) {
    const f = flights[j]!
    const isOneOf = f.connection === connection && f.from === from && f.copied === undefined
    if (isOneOf && f.fate === 'arrives' && f.ended! < ended) steps.add(f.sent)
  }
  return [...steps]
}

/** ① to ⑳, then (21). */
export const markOf = (n: number): string => (n <= 20 ? String.fromCodePoint(0x245f + n) : `(${n})`)

/** `sent in step 3 by incarnation 1, overtaken by what step 4 sent`: what is said where it comes to its end. */
export const lateOrigin = ({ flight, overtakenBy, of, meets }: Late): string =>
  [
    `${flight.fate === 'dies' ? 'dies of age: ' : ''}${flight.sent === 0 ? 'in flight from the beginning' : `sent in step ${flight.sent}`}${of === undefined ? '' : ` by incarnation ${of}`}`,
    ...(flight.copied === undefined ? [] : [`a second time after step ${flight.copied}`]),
    ...(overtakenBy.length === 0 ? [] : [`overtaken by what ${stepsText(overtakenBy)} sent`]),
    ...(meets === undefined ? [] : [`old: the client has begun incarnation ${meets}`]),
  ].join(', ')

/** `arrives in step 14`: what is said where it was sent. */
export const lateEnd = ({ flight, ended }: Late): string => {
  const fate = flight.fate === 'dies' ? 'dies of age' : flight.fate
  return `${fate}${flight.copied === undefined ? '' : ' again'} in step ${ended}`
}

const stepsText = (steps: readonly number[]): string =>
  `${count(steps.length, 'step').replace(/^\d+ /, '')} ${steps.join(', ')}`
