import { fc, test } from '@fast-check/vitest'
import { expect, test as plain } from 'vitest'
import { components } from './components.ts'

/** Components of the marked nodes, each sorted, those of one node left out. */
function componentsOf(
  size: number,
  pairs: readonly (readonly number[])[],
  marked: (node: number) => boolean,
): number[][] {
  const edges = new Int32Array(size + 1)
  const targets: number[] = []
  for (let node = 0; node < size; node++) {
    edges[node] = targets.length
    for (const [from, to] of pairs) if (from === node && to !== node) targets.push(to!)
  }
  edges[size] = targets.length
  const mark = Int32Array.from({ length: size }, (_, node) => (marked(node) ? 7 : 0))
  const nodes = Int32Array.from({ length: size }, (_, node) => node).filter(marked)
  const found: number[][] = []
  components(edges, Int32Array.from(targets), nodes, mark, 7, (members) =>
    found.push([...members].sort((a, b) => a - b)),
  )
  return found.sort((a, b) => a[0]! - b[0]!)
}

const node = fc.nat(11)

test.prop([fc.array(fc.tuple(node, node), { maxLength: 40 }), fc.uniqueArray(node)])(
  'components are the classes of mutual reachability',
  (pairs, left) => {
    const marked = (n: number): boolean => !left.includes(n)
    const reach = Array.from({ length: 12 }, (_, a) => Array.from({ length: 12 }, (_, b) => a === b && marked(a)))
    for (let round = 0; round < 12; round++) {
      for (const row of reach) for (const [a, b] of pairs) if (row[a] && marked(b)) row[b] = true
    }
    const classes = reach.map((row, a) => row.flatMap((is, b) => (is && reach[b]![a] ? [b] : [])))
    const expected = classes.filter((members, a) => members.length > 1 && members[0] === a)
    expect(componentsOf(12, pairs, marked)).toEqual(expected)
  },
)

plain('a ring of a million nodes overflows nothing', () => {
  const size = 1_000_000
  const edges = Int32Array.from({ length: size + 1 }, (_, at) => at)
  const targets = Int32Array.from({ length: size }, (_, at) => (at + 1) % size)
  const nodes = Int32Array.from({ length: size }, (_, at) => at)
  let members = 0
  components(edges, targets, nodes, new Int32Array(size), 0, (found) => {
    members = found.length
  })
  expect(members).toBe(size)
})
