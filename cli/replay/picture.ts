/** A replayed connection as a picture: its packets between two lifelines, with what both ends were. SVG, a page of it, or Mermaid. */
import type { Belief, Connection } from '../../traces/index.ts'
import { escaped, print } from '../../traces/index.ts'
import type { Replayed } from './connection.ts'
import { lateRows, type Marked, openAt } from './late.ts'
import { type PacketArrow, packetArrows } from './packets.ts'

export const pictureFormats = ['svg', 'html', 'mermaid'] as const
export type PictureFormat = (typeof pictureFormats)[number]

/** The text of the file. @param connection what the capture has of it */
export const pictureOf = (format: PictureFormat, replayed: Replayed, connection: Connection): string => {
  const rows = rowsOf(replayed, connection)
  if (format === 'mermaid') return mermaidOf(rows, replayed)
  return format === 'svg' ? `${svgOf(rows, replayed)}\n` : pageOf(rows, replayed)
}

interface Row extends PacketArrow {
  /** What an end may be from this packet on, where that changes. */
  readonly client?: string
  readonly server?: string
  readonly isDivergence: boolean
  /** It comes at another moment than that at which the capture shows it. */
  readonly late?: Marked
  /** Late ones that leave, or come, just before it. */
  readonly before: readonly Marked[]
  /** Marks of its copies that come later. */
  readonly copied: string
}

const rowsOf = ({ timeline, divergence }: Replayed, connection: Connection): Row[] => {
  const byPacket = new Map(timeline().map((belief) => [belief.packet, belief]))
  const before = { client: '', server: '' }
  const arrows = [...packetArrows(connection, () => true).values()]
  const late = lateRows(connection, arrows)
  return arrows.map((arrow) => {
    const found = late.of(arrow.number)
    const belief = byPacket.get(arrow.number)
    const changes = (['client', 'server'] as const).flatMap((end) => {
      const state = belief === undefined ? '?' : stateOf(belief, end)
      if (state === before[end]) return []
      before[end] = state
      return [[end, state] as const]
    })
    return {
      ...arrow,
      ...Object.fromEntries(changes),
      isDivergence: arrow.number === divergence?.packet,
      ...(found && { late: found }),
      before: late.before(arrow.number),
      copied: late.copied(arrow.number),
    }
  })
}

/** The likeliest states; what else is possible is left to the text. */
const stateOf = (belief: Belief, end: 'client' | 'server'): string => belief[end].join(' or ')

const WIDTH = 1000
const CLIENT = 340
const SERVER = 700
const TOP = 64
const ROW = 30
/** How much lower a packet arrives than it is sent: it takes time, and the capture does not tell how long. */
const SLANT = 16

const svgOf = (rows: readonly Row[], r: Replayed): string => {
  const height = TOP + rows.length * ROW + 30
  const text = (x: number, y: number, words: string, fill: string, more = ''): string =>
    `<text x="${x}" y="${y}" fill="${fill}" stroke="${print.ground}" stroke-width="4" paint-order="stroke" ${more}>${escaped(words)}</text>`
  const line = (x: number, stroke: string): string =>
    `<line x1="${x}" y1="${TOP - 16}" x2="${x}" y2="${height - 14}" stroke="${stroke}" stroke-width="2"/>`
  const yOf = new Map(rows.map(({ number }, i) => [number, TOP + i * ROW]))
  const pieces = rows.map((row) => rowSvg(row, wayOf(row, yOf), text))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(titleOf(r))}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="${print.ground}"/>`,
    text(CLIENT, 20, r.client, print.client, 'text-anchor="middle" font-weight="600"'),
    text(SERVER, 20, r.server, print.server, 'text-anchor="middle" font-weight="600"'),
    text(CLIENT, 36, 'client', print.faint, 'text-anchor="middle"'),
    text(SERVER, 36, 'server', print.faint, 'text-anchor="middle"'),
    line(CLIENT, print.client),
    line(SERVER, print.server),
    ...pieces,
    '</svg>',
  ].join('')
}

type Text = (x: number, y: number, words: string, fill: string, more?: string) => string

/** Where the row is, and from where to where its packet is drawn. */
interface Way {
  readonly y: number
  readonly leaves: number
  readonly comes: number
}

/** Just above a row. */
const ABOVE = 6

const wayOf = ({ number, late }: Row, yOf: ReadonlyMap<number, number>): Way => {
  const at = (packet: number | undefined): number | undefined => (packet === undefined ? undefined : yOf.get(packet))
  const y = yOf.get(number)!
  const [left, copied, come] = [at(late?.late.leavesBefore), at(late?.late.copyOf), at(late?.late.comesBefore)]
  // One of long ago, of which the capture shows nothing, comes from before it.
  const from = late !== undefined && openAt(late.late) === 'from' ? TOP - SLANT : y
  return {
    y,
    leaves: left === undefined ? (copied ?? from) : left - ABOVE,
    comes: come === undefined ? y + SLANT : come - ABOVE,
  }
}

const rowSvg = (row: Row, { y, leaves, comes }: Way, text: Text): string => {
  const [from, to] = row.fromClient ? [CLIENT, SERVER] : [SERVER, CLIENT]
  const late = row.late
  const usual = late === undefined ? (row.fromClient ? print.client : print.server) : print.old
  const paint = row.isDivergence ? print.lost : usual
  const back = row.fromClient ? -8 : 8
  const [x, end] = [to, comes]
  const sent = row.fromClient ? 'client' : 'server'
  // A sender is what it is once it has sent; the other end once the packet may have come.
  const states = (['client', 'server'] as const).flatMap((side) => {
    const state = row[side]
    if (state === undefined) return []
    const at = side === sent ? y : y + SLANT
    const [label, anchor] = side === 'client' ? [CLIENT - 10, 'end'] : [SERVER + 10, 'start']
    return [text(label, at + 4, state, print.ink, `text-anchor="${anchor}" font-weight="600" font-size="11"`)]
  })
  const time = row.time === undefined ? '' : `${row.time.toFixed(3)} s`
  return [
    text(8, y + 4, `${row.isDivergence ? '✗ ' : ''}${row.number}`, row.isDivergence ? print.lost : print.faint),
    text(44, y + 4, time, print.faint),
    late === undefined ? '' : `<g><title>${escaped(`${late.mark} ${late.late.words}`)}</title>`,
    `<line x1="${from}" y1="${leaves}" x2="${to}" y2="${end}" stroke="${paint}"/>`,
    `<path d="M${x} ${end}l${back} ${-5}l0 8z" fill="${paint}"/>`,
    text((CLIENT + SERVER) / 2, y + SLANT / 2 - 4, labelOf(row), paint, 'text-anchor="middle" font-size="11"'),
    ...(late === undefined ? [] : [markAt(from, leaves, late.mark, text), markAt(to, end, late.mark, text), '</g>']),
    ...states,
  ].join('')
}

/** Beside the lifeline, within. */
const markAt = (x: number, y: number, mark: string, text: Text): string =>
  text(x === CLIENT ? x + 8 : x - 8, y - 3, mark, print.old, `text-anchor="${x === CLIENT ? 'start' : 'end'}"`)

const labelOf = ({ late, copied, text }: Row): string => {
  const of = late?.late.of === undefined ? '' : ` · incarnation ${late.late.of}`
  return `${late === undefined ? '' : `${late.mark} `}${copied}${text}${of}`
}

const titleOf = (r: Replayed): string => `${r.client} → ${r.server}: ${r.verdict}`

const pageOf = (rows: readonly Row[], r: Replayed): string => {
  const said = [
    ...r.diagnoses.map(({ words, id }) => `${words} (${id})`),
    ...(r.supposes ?? []).map((words) => `supposed: ${words}`),
    ...(r.reason === undefined ? [] : [r.reason]),
    ...(r.divergence === undefined ? [] : [`packet ${r.divergence.packet}: ${r.divergence.reason}`]),
  ]
  return [
    '<!doctype html>',
    `<html lang="en"><meta charset="utf-8"><title>${escaped(titleOf(r))}</title>`,
    '<body style="font-family: ui-sans-serif, system-ui, sans-serif; max-width: 60rem; margin: 2rem auto">',
    `<h1 style="font-size: 1.2rem">${escaped(titleOf(r))}</h1>`,
    ...said.map((words) => `<p>${escaped(words)}</p>`),
    svgOf(rows, r),
    ...rows.flatMap(({ number, late }) =>
      late === undefined ? [] : [`<p>${escaped(`${late.mark} packet ${number}: ${late.late.words}`)}</p>`],
    ),
    '</body></html>\n',
  ].join('\n')
}

/** Mermaid reads `;` and `#` as its own. */
const clean = (words: string): string => words.replace(/[;#\n\r]/g, ' ')

/** Mermaid draws no slanted arrows: a late packet has an open one where it leaves, and one where it comes, with one number. */
const otherEnd = ({ mark, late, arrow }: Marked): string => {
  const [a, b] = arrow.fromClient ? ['C', 'S'] : ['S', 'C']
  const [head, does] = openAt(late) === 'from' ? ['--)', 'leaves'] : ['->>', 'comes']
  return `  ${a}${head}${b}: ${mark} ${clean(arrow.text)} (packet ${arrow.number} ${does})`
}

const mermaidOf = (rows: readonly Row[], r: Replayed): string => {
  const lines = rows.flatMap((row) => {
    const [a, b] = row.fromClient ? ['C', 'S'] : ['S', 'C']
    const note = (side: 'client' | 'server'): string[] =>
      row[side] === undefined ? [] : [`  Note over ${side === 'client' ? 'C' : 'S'}: ${clean(row[side])}`]
    const words = row.late === undefined ? '' : ` (${row.late.late.words})`
    const head = row.late?.late.comesBefore === undefined ? '->>' : '--)'
    return [
      ...row.before.map(otherEnd),
      `  ${a}${head}${b}: ${row.number}${row.isDivergence ? ' ✗' : ''} ${clean(`${labelOf(row)}${words}`)}`,
      ...note('client'),
      ...note('server'),
    ]
  })
  return [
    'sequenceDiagram',
    `  participant C as client ${clean(r.client)}`,
    `  participant S as server ${clean(r.server)}`,
    ...lines,
    '',
  ].join('\n')
}
