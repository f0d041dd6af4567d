/**
 * The graph on a 2D canvas that is kept in memory (`willReadFrequently`): without a graphics card it is far faster than
 * WebGL. Edges are drawn when the picture stands still; while it is moved, the picture itself is moved.
 */
import type { Layout } from './layout.ts'

export interface Look {
  readonly paper: string
  readonly ink: string
  readonly edge: string
  readonly path: string
  readonly match: string
  readonly colours: readonly string[]
}

export interface Shown {
  readonly layout: Layout
  readonly from: Int32Array
  readonly to: Int32Array
  /** Of each node, which of the colours. */
  readonly colour: Uint8Array
  readonly matches: ReadonlySet<number>
  readonly path: readonly number[]
  readonly selected: number | undefined
}

export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export const fitting = ({ width, height }: Layout, w: number, h: number): Camera => {
  const zoom = Math.min(2.5, (w - 60) / Math.max(width, 1), (h - 40) / Math.max(height, 1))
  return { x: 30, y: h / 2, zoom: Math.max(zoom, 0.02) }
}

/** Edges of one stroke: a path of thousands takes twice as long to be filled in as many short ones. */
const STROKE = 500

export const radiusAt = (zoom: number): number => Math.max(1.6, Math.min(7, 5 * zoom))

export const draw = (
  g: CanvasRenderingContext2D,
  shown: Shown,
  { x, y, zoom }: Camera,
  look: Look,
  withEdges: boolean,
): void => {
  const { xs, ys } = shown.layout
  const { width, height } = g.canvas
  g.fillStyle = look.paper
  g.fillRect(0, 0, width, height)
  const px = (node: number) => x + xs[node]! * zoom
  const py = (node: number) => y + ys[node]! * zoom
  if (withEdges) {
    g.strokeStyle = look.edge
    g.lineWidth = 0.6
    g.beginPath()
    for (let e = 0; e < shown.from.length; e++) {
      const [a, b] = [shown.from[e]!, shown.to[e]!]
      if (a >= xs.length || b >= xs.length) continue
      g.moveTo(px(a), py(a))
      g.lineTo(px(b), py(b))
      if (e % STROKE === STROKE - 1) {
        g.stroke()
        g.beginPath()
      }
    }
    g.stroke()
  }
  const r = radiusAt(zoom)
  for (const [c, colour] of look.colours.entries()) {
    g.fillStyle = colour
    for (let node = 0; node < xs.length; node++)
      if (shown.colour[node] === c) g.fillRect(px(node) - r, py(node) - r, 2 * r, 2 * r)
  }
  g.fillStyle = look.match
  for (const node of shown.matches) g.fillRect(px(node) - r - 1, py(node) - r - 1, 2 * r + 2, 2 * r + 2)
  drawPath(g, shown, look, px, py, r)
}

const drawPath = (
  g: CanvasRenderingContext2D,
  { path, selected }: Shown,
  look: Look,
  px: (node: number) => number,
  py: (node: number) => number,
  r: number,
): void => {
  g.strokeStyle = look.path
  g.lineWidth = 3
  g.beginPath()
  path.forEach((node, i) => {
    if (i === 0) g.moveTo(px(node), py(node))
    else g.lineTo(px(node), py(node))
  })
  g.stroke()
  if (selected === undefined) return
  g.strokeStyle = look.ink
  g.lineWidth = 3
  g.strokeRect(px(selected) - r - 4, py(selected) - r - 4, 2 * r + 8, 2 * r + 8)
}

/** The node at a point of the canvas, or the nearest within reach. */
export const nodeAt = ({ xs, ys }: Layout, { x, y, zoom }: Camera, atX: number, atY: number): number | undefined => {
  const reach = Math.max(6, radiusAt(zoom) + 3)
  let [nearest, least] = [-1, reach * reach]
  for (let node = 0; node < xs.length; node++) {
    const [dx, dy] = [x + xs[node]! * zoom - atX, y + ys[node]! * zoom - atY]
    const distance = dx * dx + dy * dy
    if (distance < least) {
      least = distance
      nearest = node
    }
  }
  return nearest < 0 ? undefined : nearest
}
