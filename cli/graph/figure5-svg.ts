/** The comparison with figure 5 of RFC 9293 as a picture, laid out as the RFC prints it. */
import type { Comparison } from './compare.ts'
import { shown } from './draw.ts'

/** Columns and rows of figure 5. CLOSED stands at the top and, as the end of a connection, at the bottom. */
const places: Readonly<Record<string, readonly [number, number]>> = {
  CLOSED: [1.5, 0],
  LISTEN: [1.5, 1],
  SYN_RECV: [0.5, 2],
  SYN_SENT: [2.5, 2],
  ESTABLISHED: [1.5, 3],
  FIN_WAIT1: [0.5, 4],
  CLOSE_WAIT: [2.5, 4],
  FIN_WAIT2: [0, 5],
  CLOSING: [1.2, 5],
  LAST_ACK: [2.5, 5],
  TIME_WAIT: [0.6, 6],
  'CLOSED ': [2.5, 6],
}

const [COLUMN, ROW, WIDTH, HEIGHT, MARGIN] = [250, 104, 118, 34, 84]

interface Line {
  readonly from: string
  readonly to: string
  readonly label: string
  readonly title: string
  readonly kind: 'has' | 'lacks' | 'adds'
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

/** What opens a connection comes from the upper CLOSED and goes back to it; what ends one goes to the lower. */
const lower = (from: string, to: string): string =>
  to === 'CLOSED' && from !== 'LISTEN' && from !== 'SYN_SENT' ? 'CLOSED ' : to

export const figure5Svg = ({ has, lacks, adds }: Comparison): string => {
  const lines: Line[] = [
    ...lacks.map((e): Line => ({ ...e, kind: 'lacks', title: e.reason ?? 'not reached in this world' })),
    ...has.map((e): Line => ({ ...e, kind: 'has', title: shown(e).join(' | ') })),
    ...adds.map((e, i): Line => ({ ...e, kind: 'adds', label: `${i + 1}`, title: shown(e).join(' | ') })),
  ]
  const [width, top] = [MARGIN * 2 + 2.5 * COLUMN + WIDTH, MARGIN / 2]
  const body = top + 6 * ROW + HEIGHT + 40
  const legend = adds.map((e, i) => `${i + 1}  ${e.from} → ${e.to}: ${shown(e).join(' | ')}`)
  const height = body + 62 + legend.length * 16
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...lines.map(lineSvg),
    ...placed(lines).map(labelSvg),
    ...Object.keys(places).map(boxSvg),
    ...key(body),
    ...legend.map(
      (text, i) => `<text x="24" y="${body + 60 + i * 16}" font-size="11" fill="#8a4b00">${escaped(text)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n')
}

const centre = (name: string): [number, number] => {
  const [x, y] = places[name] ?? [0, 0]
  return [MARGIN + x * COLUMN + WIDTH / 2, MARGIN / 2 + y * ROW + HEIGHT / 2]
}

const boxSvg = (name: string): string => {
  const [x, y] = centre(name)
  return `<rect x="${x - WIDTH / 2}" y="${y - HEIGHT / 2}" width="${WIDTH}" height="${HEIGHT}" rx="6" fill="#ffffff" stroke="#1d2330" stroke-width="1.5"/><text x="${x}" y="${y + 4}" font-size="13" text-anchor="middle" font-weight="600">${name.trim()}</text>`
}

const colours = { has: '#0a6b52', lacks: '#9aa0aa', adds: '#c05600' } as const

/** Edges of the figure that have an opposite one. */
const pairs = new Set([
  'CLOSED LISTEN',
  'LISTEN CLOSED',
  'CLOSED SYN_SENT',
  'SYN_SENT CLOSED',
  'LISTEN SYN_RECV',
  'SYN_RECV LISTEN',
])

interface Course {
  readonly d: string
  readonly begin: readonly [number, number]
  /** What bends it. */
  readonly by: readonly [number, number]
  readonly end: readonly [number, number]
  readonly angle: number
}

/** A part of the way along a line. */
const pointOf = (line: Line, t: number): [number, number] => {
  const { begin, by, end } = course(line)
  const at = (i: 0 | 1) => (1 - t) ** 2 * begin[i] + 2 * t * (1 - t) * by[i] + t ** 2 * end[i]
  return [at(0), at(1)]
}

/** From edge to edge of the boxes; opposite edges, and those that the model adds, bend apart. */
const course = ({ from, to, kind }: Line): Course => {
  const [x1, y1] = centre(from)
  const [x2, y2] = centre(lower(from, to))
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = Math.hypot(dx, dy) || 1
  const bend = pairs.has(`${from} ${to}`) ? -84 : kind === 'adds' ? 46 : 12
  const [cx, cy] = [(x1 + x2) / 2 - (dy / length) * bend, (y1 + y2) / 2 + (dx / length) * bend]
  const [sx, sy] = onBorder(x1, y1, cx, cy)
  const [ex, ey] = onBorder(x2, y2, cx, cy)
  return {
    d: `M${sx} ${sy} Q${cx} ${cy} ${ex} ${ey}`,
    begin: [sx, sy],
    by: [cx, cy],
    end: [ex, ey],
    angle: (Math.atan2(ey - cy, ex - cx) * 180) / Math.PI,
  }
}

/** Where the line from a box's centre towards a point leaves the box. */
const onBorder = (x: number, y: number, tx: number, ty: number): [number, number] => {
  const [dx, dy] = [tx - x, ty - y]
  const scale = Math.min(WIDTH / 2 / (Math.abs(dx) || 1e-6), HEIGHT / 2 / (Math.abs(dy) || 1e-6))
  return [x + dx * scale, y + dy * scale]
}

const lineSvg = (line: Line): string => {
  const { d, end, angle } = course(line)
  const dash = line.kind === 'lacks' ? ' stroke-dasharray="5 4"' : ''
  return `<path d="${d}" fill="none" stroke="${colours[line.kind]}" stroke-width="1.5"${dash}><title>${escaped(`${line.from} → ${line.to}: ${line.title}`)}</title></path><path d="M0 0 L-9 -4 L-9 4 Z" fill="${colours[line.kind]}" transform="translate(${end[0]} ${end[1]}) rotate(${angle.toFixed(1)})"/>`
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Label {
  readonly line: Line
  readonly rows: readonly string[]
  /** The middle of its first row's foot. */
  readonly at: readonly [number, number]
}

const overlap = (a: Area, b: Area): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))

/** Of the font, about. */
const [LETTER, LINE] = [5.2, 11]

const areaOf = ({ rows, at: [x, y] }: Label): Area => {
  const width = Math.max(...rows.map((row) => row.length)) * LETTER + 4
  return { x: x - width / 2, y: y - LINE + 1, width, height: rows.length * LINE + 3 }
}

const boxes: readonly Area[] = Object.keys(places).map((name) => {
  const [x, y] = centre(name)
  return { x: x - WIDTH / 2, y: y - HEIGHT / 2, width: WIDTH, height: HEIGHT }
})

/** Parts of the way along a line, the middle first. */
const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82]

/** Each label on its line, where it hides behind no box and on no other label, or as little as can be. */
const placed = (lines: readonly Line[]): Label[] => {
  const taken: Area[] = [...boxes]
  return lines.map((line) => {
    const rows = line.label.replace(/ \(.*\)/, '').split(' / ')
    const choices = ALONG.map((t): Label => {
      const [x, y] = pointOf(line, t)
      return { line, rows, at: [x, y - (rows.length - 1) * 5 + 3] }
    })
    const hidden = choices.map((label) => taken.reduce((sum, area) => sum + overlap(areaOf(label), area), 0))
    const label = choices[hidden.indexOf(Math.min(...hidden))]!
    taken.push(areaOf(label))
    return label
  })
}

const labelSvg = ({ line, rows, at: [x, y] }: Label): string => {
  const spans = rows.map((row, i) => `<tspan x="${x}" dy="${i === 0 ? 0 : LINE}">${escaped(row)}</tspan>`)
  return `<text x="${x}" y="${y}" font-size="10" text-anchor="middle" fill="${colours[line.kind]}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${spans.join('')}</text>`
}

const key = (y: number): string[] => [
  `<text x="24" y="${y}" font-size="12" fill="${colours.has}">━ in figure 5 and reached here</text>`,
  `<text x="24" y="${y + 18}" font-size="12" fill="#5a6270">┅ in figure 5, not reached in this world</text>`,
  `<text x="24" y="${y + 36}" font-size="12" fill="${colours.adds}">━ not in figure 5, numbered below</text>`,
]
