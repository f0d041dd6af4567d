/** What the steps of a trace do on the wire, as arrows between two lifelines. */
import type { End } from '../../model/index.ts'
import { type Flight, flightsOf } from './flights.ts'
import { type Late, lateFlights } from './late.ts'
import type { Trace, TraceStep } from './trace.ts'

export interface Arrow {
  /** `arrives` at the other end, `leaves` for the wire, `is lost` on it, or `finds no room` there; what is late may die of age. */
  readonly kind: 'arrives' | 'leaves' | 'is lost' | 'finds no room' | 'dies'
  readonly from: End
  readonly text: string
  /** Of a segment that does not come in its turn: both ends of its way bear the same mark. */
  readonly late?: Late
}

/** The arrows of each step, in the order of the steps. */
export const arrowsOf = (trace: Trace): readonly (readonly Arrow[])[] => {
  const flights = flightsOf(trace)
  const late = lateFlights(trace, flights)
  const ways: Ways = {
    from: new Map(late.map((l) => [l.flight.copied === undefined ? l.flight : originalOf(l.flight, flights), l])),
    to: new Map(late.map((l) => [l.flight, l])),
  }
  const began = grouped(flights, (f) => (f.copied === undefined ? f.sent : undefined))
  const ended = grouped(flights, ({ ended }) => ended)
  return trace.steps.map((step) => arrowsIn(step, began.get(step.number) ?? [], ended.get(step.number) ?? [], ways))
}

/** Segments that are late, where they leave and where they come. */
interface Ways {
  readonly from: ReadonlyMap<Flight | undefined, Late>
  readonly to: ReadonlyMap<Flight | undefined, Late>
}

/** What the wire delivers twice has left once. */
const originalOf = ({ sent, from, text, copied }: Flight, flights: readonly Flight[]): Flight | undefined =>
  flights.find((f) => f.ended === copied && f.sent === sent && f.from === from && f.text === text)

const grouped = (flights: readonly Flight[], by: (f: Flight) => number | undefined): Map<number, Flight[]> => {
  const found = new Map<number, Flight[]>()
  for (const flight of flights) {
    const key = by(flight)
    if (key === undefined) continue
    const there = found.get(key)
    if (there) there.push(flight)
    else found.set(key, [flight])
  }
  return found
}

const arrowsIn = (step: TraceStep, began: readonly Flight[], ended: readonly Flight[], ways: Ways): Arrow[] => {
  const arrow = (kind: Arrow['kind'], flight: Flight): Arrow => {
    const found = (kind === 'leaves' ? ways.from : ways.to).get(flight)
    return { kind, from: flight.from, text: flight.text, ...(found && { late: found }) }
  }
  const arrows = (['client', 'server'] as const).flatMap((end): Arrow[] => [
    ...ended.filter((f) => f.from !== end && f.fate === 'arrives').map((f) => arrow('arrives', f)),
    ...began
      .filter((f) => f.from === end)
      .map((f) => arrow(f.fate === 'finds no room' && f.ended === step.number ? 'finds no room' : 'leaves', f)),
  ])
  const gone = ended.flatMap((f) => {
    if (f.fate === 'is lost') return [arrow('is lost', f)]
    return f.fate === 'dies' && ways.to.has(f) ? [arrow('dies', f)] : []
  })
  return [...arrows, ...gone]
}

const heads = {
  arrives: ['──', '─▶', '◀─'],
  leaves: ['╌╌', '╌▷', '◁╌'],
  'is lost': ['──', '─╳', '╳─'],
  'finds no room': ['──', '─╳', '╳─'],
  dies: ['──', '─╳', '╳─'],
} as const

/** `── [S] seq 100 ─▶`, filled up to a width. One that is late is open at the end from where, or to where, it is a long way. */
export const drawArrow = (arrow: Arrow, width: number): string => {
  const { kind, from, text, late } = arrow
  const [line, right, left] = heads[kind]
  const fill = line.charAt(0).repeat(Math.max(0, width - arrowWidth(arrow)))
  if (late !== undefined) {
    const words = ` ${late.mark} ${text} `
    if (kind === 'leaves')
      return from === 'client' ? `${line}${words}…` : `${'…'.padStart(fill.length + 2)}${words}${line}`
    return from === 'client' ? `${'…'.padStart(2)}${words}${fill}${right}` : `${left}${fill}${words}…`
  }
  const words = ` ${text}${kind === 'finds no room' ? ' no room' : ''} `
  return from === 'client' ? `${line}${words}${fill}${right}` : `${left}${fill}${words}${line}`
}

export const arrowWidth = ({ kind, text, late }: Arrow): number =>
  text.length + 6 + (kind === 'finds no room' ? 8 : 0) + (late === undefined ? 0 : late.mark.length + 1)
