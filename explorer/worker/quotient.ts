/** The explored states folded to a few fields: nodes are the values, an edge says what leads from one to another. */
import type { Exploration } from '../../checker/index.ts'
import type { Connection, World } from '../../model/index.ts'
import { type FieldName, fields } from '../../traces/writers/fields.ts'

export interface Quotient {
  readonly fields: readonly string[]
  readonly nodes: readonly {
    readonly values: readonly string[]
    readonly states: number
    readonly depth: number
    readonly first: number
  }[]
  readonly edges: readonly { readonly from: number; readonly to: number; readonly rules: readonly string[] }[]
}

/** Of every connection by itself; a state counts once for each of its connections that looks so. */
export const quotientOf = (exploration: Exploration, names: readonly FieldName[]): Quotient => {
  const ids = new Map<string, number>()
  const nodes: { values: string[]; states: number; depth: number; first: number }[] = []
  const groups = (exploration.world(0).groups as readonly object[]).length
  const folded = new Int32Array(exploration.nodes * groups)
  const { depths } = exploration
  for (let node = 0; node < exploration.nodes; node++) {
    const { shared, groups: all } = exploration.world(node) as unknown as World
    all.forEach((connection: Connection, g) => {
      const values = names.map((name) => fields[name].of({ ...connection, listener: shared.listener }))
      const key = values.join('\n')
      const known = ids.get(key)
      if (known === undefined) {
        ids.set(key, nodes.length)
        nodes.push({ values, states: 0, depth: depths[node]!, first: node })
      }
      const id = known ?? nodes.length - 1
      nodes[id]!.states++
      folded[node * groups + g] = id
    })
  }
  return { fields: names, nodes, edges: edgesOf(exploration, folded, groups) }
}

const edgesOf = (exploration: Exploration, folded: Int32Array, groups: number): Quotient['edges'] => {
  const { from, to, rule } = exploration.edges
  const edges = new Map<number, { from: number; to: number; rules: Set<string> }>()
  for (let e = 0; e < from.length; e++) {
    for (let g = 0; g < groups; g++) {
      const [a, b] = [folded[from[e]! * groups + g]!, folded[to[e]! * groups + g]!]
      if (a === b) continue
      const key = a * 65_536 + b
      const edge = edges.get(key) ?? { from: a, to: b, rules: new Set<string>() }
      edge.rules.add(exploration.ruleNames[rule[e]!]!)
      edges.set(key, edge)
    }
  }
  return [...edges.values()].map((edge) => ({ ...edge, rules: [...edge.rules] }))
}
