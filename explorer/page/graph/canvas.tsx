import { useEffect, useRef } from 'preact/hooks'
import { theme, words } from '../prefer.ts'
import { type Camera, draw, fitting, type Look, nodeAt, type Shown } from './drawing.ts'
import { colourBy, colourNames, colours, layout, matches, part, path, select, selected } from './state.ts'

/** Eight steps from shallow to deep, and the three of a property, for either theme. */
const ramps = {
  light: ['#c6dbef', '#9ecae1', '#6baed6', '#4292c6', '#2171b5', '#08519c', '#08306b', '#041b40'],
  dark: ['#e8f1fb', '#c6dbef', '#9ecae1', '#6baed6', '#4292c6', '#3182bd', '#2171b5', '#1a5a94'],
} as const
const verdicts = { light: ['#b8bcc4', '#2a9d6f', '#c5221f'], dark: ['#5b616d', '#3fbf8a', '#ff6b60'] } as const

/** Values of a field, most frequent first. */
const values = {
  light: '#1b6ca8 #c05600 #0a6b52 #8e44ad #b3261e #8a6d00 #1d7f86 #d6337c #4a5568 #5d7f1b #5b5bd6 #a0522d'.split(' '),
  dark: '#7ab8ff #ffb454 #62d3a5 #d2a8ff #ff8a80 #e6cf5a #6fd6d6 #ff9ad0 #b6bfcc #b7d968 #a5a5ff #d9a27a'.split(' '),
} as const

export type Colouring = 'depth' | 'verdict' | 'value'

export const colouring = (): Colouring =>
  colourBy.value === 'depth' || colours.value === undefined ? 'depth' : colourNames.value ? 'value' : 'verdict'

const scales = { depth: ramps, verdict: verdicts, value: values } as const

export const lookOf = (isDark: boolean, by: Colouring): Look => {
  const name = isDark ? 'dark' : 'light'
  return {
    paper: isDark ? '#15181e' : '#ffffff',
    ink: isDark ? '#ffffff' : '#11151c',
    edge: isDark ? 'rgba(190,200,215,.16)' : 'rgba(60,70,90,.14)',
    path: isDark ? '#ffb454' : '#c05600',
    match: isDark ? '#ff8ad8' : '#b5179e',
    colours: scales[by][name],
  }
}

export const GraphCanvas = () => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const camera = useRef<Camera | undefined>(undefined)
  const drawn = useRef({ nodes: -1 })
  const w = words.value.graph
  const [p, l] = [part.value, layout.value]
  const isDark = theme.value === 'dark'
  const by = colouring()
  const shown: Shown | undefined =
    p && l
      ? {
          layout: l,
          from: p.from,
          to: p.to,
          colour: by === 'depth' ? depthColours(p.depths) : colours.value!,
          matches: matches.value,
          path: path.value,
          selected: selected.value,
        }
      : undefined
  const paint = (withEdges: boolean) => {
    const g = canvas.current?.getContext('2d', { willReadFrequently: true })
    if (!g || !shown || !camera.current) return
    draw(g, shown, camera.current, lookOf(isDark, by), withEdges)
    canvas.current!.dataset.nodes = `${shown.layout.xs.length}`
  }
  useEffect(() => {
    const c = canvas.current
    if (!c || !l) return
    const { clientWidth, clientHeight } = c
    if (c.width !== clientWidth || c.height !== clientHeight) {
      c.width = clientWidth
      c.height = clientHeight
      camera.current = undefined
    }
    if (camera.current === undefined || drawn.current.nodes !== l.xs.length)
      camera.current = fitting(l, c.width, c.height)
    drawn.current.nodes = l.xs.length
    // Of several changes at once the last is painted, once.
    const frame = requestAnimationFrame(() => paint(true))
    return () => cancelAnimationFrame(frame)
  })
  return (
    <canvas
      ref={canvas}
      tabIndex={0}
      role="img"
      aria-label={w.canvas}
      {...handlers(canvas, camera, () => l, paint)}
      onKeyDown={(e) => onKey(e, camera, p, paint)}
    />
  )
}

const depthColours = (depths: Int32Array): Uint8Array => {
  const deepest = Math.max(1, depths.at(-1) ?? 1)
  return Uint8Array.from(depths, (depth) => Math.min(7, Math.floor((depth / deepest) * 7.99)))
}

type Held<T> = { current: T }

const handlers = (
  canvas: Held<HTMLCanvasElement | null>,
  camera: Held<Camera | undefined>,
  layoutNow: () => Parameters<typeof nodeAt>[0] | undefined,
  paint: (withEdges: boolean) => void,
) => {
  let grabbed: { x: number; y: number; at: Camera; picture: ImageData } | undefined
  let hasMoved = false
  return {
    onPointerDown(e: PointerEvent) {
      const c = canvas.current
      const g = c?.getContext('2d', { willReadFrequently: true })
      if (!c || !g || !camera.current) return
      c.setPointerCapture(e.pointerId)
      hasMoved = false
      grabbed = { x: e.offsetX, y: e.offsetY, at: camera.current, picture: g.getImageData(0, 0, c.width, c.height) }
    },
    onPointerMove(e: PointerEvent) {
      const g = canvas.current?.getContext('2d', { willReadFrequently: true })
      if (!grabbed || !g) return
      const [dx, dy] = [e.offsetX - grabbed.x, e.offsetY - grabbed.y]
      if (Math.abs(dx) + Math.abs(dy) > 3) hasMoved = true
      if (!hasMoved) return
      camera.current = { ...grabbed.at, x: grabbed.at.x + dx, y: grabbed.at.y + dy }
      g.clearRect(0, 0, g.canvas.width, g.canvas.height)
      g.putImageData(grabbed.picture, dx, dy)
    },
    onPointerUp(e: PointerEvent) {
      const l = layoutNow()
      if (grabbed && hasMoved) paint(true)
      else if (l && camera.current) void select(nodeAt(l, camera.current, e.offsetX, e.offsetY))
      grabbed = undefined
    },
    onWheel(e: WheelEvent) {
      e.preventDefault()
      zoom(camera, e.deltaY < 0 ? 1.2 : 1 / 1.2, e.offsetX, e.offsetY)
      paint(true)
    },
  }
}

const zoom = (camera: Held<Camera | undefined>, by: number, x: number, y: number): void => {
  const c = camera.current
  if (c) camera.current = { zoom: c.zoom * by, x: x - (x - c.x) * by, y: y - (y - c.y) * by }
}

/** Left and right: along the steps; up and down: within a depth. */
const onKey = (
  e: KeyboardEvent,
  camera: Held<Camera | undefined>,
  p: typeof part.value,
  paint: (withEdges: boolean) => void,
): void => {
  if (p === undefined) return
  const here = selected.value
  const to = here === undefined ? 0 : neighbour(e.key, here, p)
  if (e.key === '+' || e.key === '-') {
    zoom(camera, e.key === '+' ? 1.3 : 1 / 1.3, 300, 250)
    paint(true)
  } else if (e.key.startsWith('Arrow') && to !== undefined) void select(to)
  else return
  e.preventDefault()
}

const neighbour = (key: string, here: number, p: NonNullable<typeof part.value>): number | undefined => {
  switch (key) {
    case 'ArrowLeft':
      return p.parents[here]! >= 0 ? p.parents[here] : undefined
    case 'ArrowRight': {
      const edge = p.from.indexOf(here)
      return edge < 0 ? undefined : p.to[edge]
    }
    case 'ArrowUp':
      return here > 0 ? here - 1 : undefined
    case 'ArrowDown':
      return here + 1 < p.nodes ? here + 1 : undefined
    default:
      return undefined
  }
}
