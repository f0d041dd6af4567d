/** A trace as a sequence diagram in SVG: a pair of lifelines per connection, segments slanted from sending to arrival. */
import { factsOf } from './facts.ts'
import { type Flight, flightsOf } from './flights.ts'
import { type Late, lateFlights } from './late.ts'
import type { Trace } from './trace.ts'

/** CSS colours. */
export interface Palette {
  readonly ink: string
  readonly faint: string
  readonly ground: string
  readonly client: string
  readonly server: string
  readonly lost: string
  /** Of segments of earlier incarnations. */
  readonly old: string
}

export const print: Palette = {
  ink: '#1d2330',
  faint: '#6b7280',
  ground: '#ffffff',
  client: '#0b5cad',
  server: '#0a6b52',
  lost: '#b3261e',
  old: '#8a4b00',
}

export interface SequenceWords {
  readonly client: string
  readonly server: string
  readonly connection: (n: number) => string
  readonly incarnation: (n: number) => string
}

const english: SequenceWords = {
  client: 'client',
  server: 'server',
  connection: (n) => `connection ${n}`,
  incarnation: (n) => `incarnation ${n}`,
}

const LANE = 380
const GUTTER = 34
const CLIENT = 104
const SERVER = 276
const TOP = 58
const ROW = 34

const yOf = (step: number): number => TOP + step * ROW

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: XML has no way to write these
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b-\u001f]/g, ' ')

// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

interface At {
  readonly x: number
  readonly y: number
}

export const sequenceSvg = (trace: Trace, paint: Palette = print, words: SequenceWords = english): string => {
  const lanes = trace.initial.groups.length
  const last = trace.steps.length
  const [width, height] = [GUTTER + lanes * LANE, yOf(last) + 40]
  const several = lanes > 1
  const flights = flightsOf(trace)
  const late = new Map(lateFlights(trace, flights).map((l) => [l.flight, l]))
  const label = (x: number, y: number, text: string, fill: string, more = ''): string =>
    `<text x="${x}" y="${y}" fill="${fill}" ${more}>${escaped(text)}</text>`
  const pieces = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="${paint.ground}"/>`,
    ...Array.from({ length: last + 1 }, (_, i) =>
      i === 0 ? '' : label(GUTTER - 10, yOf(i) + 4, `${i}`, paint.faint, 'text-anchor="end"'),
    ),
    ...Array.from({ length: lanes }, (_, lane) => {
      const left = GUTTER + lane * LANE
      const line = (x: number, stroke: string) =>
        `<line x1="${left + x}" y1="${yOf(0) - 12}" x2="${left + x}" y2="${height - 18}" stroke="${stroke}" stroke-width="2"/>`
      return [
        several
          ? label(left + (CLIENT + SERVER) / 2, 16, words.connection(lane + 1), paint.faint, 'text-anchor="middle"')
          : '',
        label(left + CLIENT, 34, words.client, paint.client, 'text-anchor="middle" font-weight="600"'),
        label(left + SERVER, 34, words.server, paint.server, 'text-anchor="middle" font-weight="600"'),
        line(CLIENT, paint.client),
        line(SERVER, paint.server),
        ...statesOf(trace, lane + 1, left, paint),
      ].join('')
    }),
    ...flights.map((flight) => flightSvg(flight, last, { paint, words }, late.get(flight))),
    '</svg>',
  ]
  return pieces.join('')
}

/** A state beside its lifeline, where it changes. */
const statesOf = (trace: Trace, connection: number, left: number, paint: Palette): string[] => {
  const worlds = [trace.initial, ...trace.steps.map(({ world }) => world)]
  return (['client', 'server'] as const).flatMap((end) => {
    let before = ''
    return worlds.map((world, step) => {
      const fact = factsOf(world).find((f) => f.connection === connection && f.what === end)
      const state = String(fact?.value ?? '')
      const isNew = state !== before
      before = state
      if (!isNew) return ''
      const x = left + (end === 'client' ? CLIENT - 8 : SERVER + 8)
      const anchor = end === 'client' ? 'end' : 'start'
      const [name = '', , why] = /^(\S+)( \((.*)\))?$/.exec(state)?.slice(1) ?? [state]
      const rest =
        why === undefined ? '' : `<tspan x="${x}" dy="12" fill="${paint.faint}" font-size="10">${escaped(why)}</tspan>`
      const y = yOf(step) + 4
      return `<circle cx="${left + (end === 'client' ? CLIENT : SERVER)}" cy="${yOf(step)}" r="4" fill="${paint[end]}"/><text x="${x}" y="${y}" fill="${paint.ink}" text-anchor="${anchor}" font-weight="600" font-size="11">${escaped(name)}${rest}</text>`
    })
  })
}

interface Look {
  readonly paint: Palette
  readonly words: SequenceWords
}

const flightSvg = (flight: Flight, last: number, { paint, words }: Look, late?: Late): string => {
  const left = GUTTER + (flight.connection - 1) * LANE
  const [from, to] = flight.from === 'client' ? [left + CLIENT, left + SERVER] : [left + SERVER, left + CLIENT]
  const begins: At = { x: from, y: yOf(flight.sent) }
  const end = flight.ended ?? last + 0.6
  const arrives = flight.fate === 'arrives'
  const part = arrives ? 1 : flight.fate === 'in flight' ? 0.72 : 0.55
  const slant = Math.max(yOf(end), begins.y + 10)
  const ends: At = {
    x: from + (to - from) * part,
    y: begins.y + (slant - begins.y) * (arrives ? 1 : Math.min(1, part + 0.2)),
  }
  const isLost = flight.fate === 'is lost' || flight.fate === 'finds no room' || flight.fate === 'dies'
  const colour = isLost ? paint.lost : late?.meets === undefined ? paint[flight.from] : paint.old
  const dash = arrives ? '' : ' stroke-dasharray="5 4"'
  const of = late?.of === undefined ? flight.of : words.incarnation(late.of)
  const note = of === undefined ? '' : ` · ${of}`
  const middle: At = { x: (begins.x + ends.x) / 2, y: (begins.y + ends.y) / 2 - 5 }
  const angle = (Math.atan2(ends.y - begins.y, ends.x - begins.x) * 180) / Math.PI
  const upright = flight.from === 'client' ? angle : angle + 180
  return [
    `<line x1="${begins.x}" y1="${begins.y}" x2="${ends.x}" y2="${ends.y}" stroke="${colour}" stroke-width="1.5"${dash}/>`,
    isLost ? cross(ends, paint.lost) : head(ends, angle, colour),
    `<text x="${middle.x}" y="${middle.y}" fill="${paint.ink}" font-size="11" text-anchor="middle" transform="rotate(${upright.toFixed(1)} ${middle.x} ${middle.y})" paint-order="stroke" stroke="${paint.ground}" stroke-width="4">${escaped(flight.text + note)}</text>`,
  ].join('')
}

const head = ({ x, y }: At, angle: number, fill: string): string =>
  `<path d="M0 0 L-9 -4 L-9 4 Z" fill="${fill}" transform="translate(${x} ${y}) rotate(${angle.toFixed(1)})"/>`

const cross = ({ x, y }: At, stroke: string): string =>
  `<path d="M${x - 5} ${y - 5} l10 10 m0 -10 l-10 10" stroke="${stroke}" stroke-width="2.5"/>`
