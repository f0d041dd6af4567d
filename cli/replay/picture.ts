/** A replayed connection as a picture: its packets between two lifelines, with what both ends were. SVG, a page of it, or Mermaid. */
import type { Belief, Connection } from '../../traces/index.ts'
import { escaped, print } from '../../traces/index.ts'
import type { Replayed } from './connection.ts'
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
}

const rowsOf = ({ timeline, divergence }: Replayed, connection: Connection): Row[] => {
  const byPacket = new Map(timeline().map((belief) => [belief.packet, belief]))
  const before = { client: '', server: '' }
  return [...packetArrows(connection, () => true).values()].map((arrow) => {
    const belief = byPacket.get(arrow.number)
    const changes = (['client', 'server'] as const).flatMap((end) => {
      const state = belief === undefined ? '?' : stateOf(belief, end)
      if (state === before[end]) return []
      before[end] = state
      return [[end, state] as const]
    })
    return { ...arrow, ...Object.fromEntries(changes), isDivergence: arrow.number === divergence?.packet }
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
  const pieces = rows.map((row, i) => rowSvg(row, TOP + i * ROW, text))
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

const rowSvg = (row: Row, y: number, text: Text): string => {
  const [from, to] = row.fromClient ? [CLIENT, SERVER] : [SERVER, CLIENT]
  const paint = row.isDivergence ? print.lost : row.fromClient ? print.client : print.server
  const back = row.fromClient ? -8 : 8
  const [x, end] = [to, y + SLANT]
  const sent = row.fromClient ? 'client' : 'server'
  // A sender is what it is once it has sent; the other end once the packet may have come.
  const states = (['client', 'server'] as const).flatMap((side) => {
    const state = row[side]
    if (state === undefined) return []
    const at = side === sent ? y : end
    const [label, anchor] = side === 'client' ? [CLIENT - 10, 'end'] : [SERVER + 10, 'start']
    return [text(label, at + 4, state, print.ink, `text-anchor="${anchor}" font-weight="600" font-size="11"`)]
  })
  const time = row.time === undefined ? '' : `${row.time.toFixed(3)} s`
  return [
    text(8, y + 4, `${row.isDivergence ? '✗ ' : ''}${row.number}`, row.isDivergence ? print.lost : print.faint),
    text(44, y + 4, time, print.faint),
    `<line x1="${from}" y1="${y}" x2="${to}" y2="${end}" stroke="${paint}"/>`,
    `<path d="M${x} ${end}l${back} ${-5}l0 8z" fill="${paint}"/>`,
    text((CLIENT + SERVER) / 2, y + SLANT / 2 - 4, row.text, paint, 'text-anchor="middle" font-size="11"'),
    ...states,
  ].join('')
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
    '</body></html>\n',
  ].join('\n')
}

const mermaidOf = (rows: readonly Row[], r: Replayed): string => {
  const clean = (words: string): string => words.replace(/[;#\n\r]/g, ' ')
  const lines = rows.flatMap((row) => {
    const [a, b] = row.fromClient ? ['C', 'S'] : ['S', 'C']
    const note = (side: 'client' | 'server'): string[] =>
      row[side] === undefined ? [] : [`  Note over ${side === 'client' ? 'C' : 'S'}: ${clean(row[side])}`]
    return [
      `  ${a}->>${b}: ${row.number}${row.isDivergence ? ' ✗' : ''} ${clean(row.text)}`,
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
