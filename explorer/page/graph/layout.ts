/** Where each node stands: a column per depth, in the order of discovery within it. Positions are known, so nothing is laid out. */
export interface Layout {
  readonly xs: Float32Array
  readonly ys: Float32Array
  readonly width: number
  readonly height: number
}

const COLUMN = 60
const ROW = 14
/** A column is folded into as many beside each other as keep the picture in proportion. */
const TALLEST = 120

export const byDepth = (depths: Int32Array): Layout => {
  const counts: number[] = []
  for (const depth of depths) counts[depth] = (counts[depth] ?? 0) + 1
  const tallest = Math.max(24, Math.min(TALLEST, Math.ceil(Math.sqrt(depths.length) * 0.7)))
  const starts: number[] = []
  let x = 0
  for (const [depth, count] of counts.entries()) {
    starts[depth] = x
    x += COLUMN + Math.floor(((count ?? 1) - 1) / tallest) * ROW
  }
  const xs = new Float32Array(depths.length)
  const ys = new Float32Array(depths.length)
  const placed: number[] = []
  for (let node = 0; node < depths.length; node++) {
    const depth = depths[node]!
    const at = placed[depth] ?? 0
    placed[depth] = at + 1
    const inColumn = Math.min(tallest, counts[depth]! - Math.floor(at / tallest) * tallest)
    xs[node] = starts[depth]! + Math.floor(at / tallest) * ROW
    ys[node] = ((at % tallest) - (inColumn - 1) / 2) * ROW
  }
  return { xs, ys, width: x, height: tallest * ROW }
}
