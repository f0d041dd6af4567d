/** The state diagram of a single end, whichever it is: what figure 5 of RFC 9293 draws. */
import type { CheckOptions } from '../../checker/index.ts'
import type { Model } from '../../model/index.ts'
import { explore } from './explore.ts'
import { projectionOf } from './projection.ts'

export interface EndEdge {
  readonly from: string
  readonly to: string
  readonly labels: readonly string[]
  readonly sources: readonly string[]
}

export interface EndDiagram {
  readonly edges: readonly EndEdge[]
  readonly exhausted: boolean
}

export const endDiagram = (model: Model, search: CheckOptions): EndDiagram => {
  const graphs = explore(model, [projectionOf(['client.state']), projectionOf(['server.state'])], search)
  const edges = graphs.flatMap((graph) =>
    graph.edges().map((e): EndEdge => ({ from: e.v, to: deletes(e.v, e.w), ...graph.edge(e)! })),
  )
  return { edges: merged(edges), exhausted: graphs.every((g) => g.graph()!.report.exhausted) }
}

/** A child that ends leaves its listener behind; of the connection itself the RFC says CLOSED. A request goes back to LISTEN. */
const deletes = (from: string, to: string): string => (to === 'LISTEN' && from !== 'SYN_RECV' ? 'CLOSED' : to)

const merged = (edges: readonly EndEdge[]): EndEdge[] => {
  const byEnds = new Map<string, EndEdge>()
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to}`
    const known = byEnds.get(key)
    const join = (of: 'labels' | 'sources') => [...new Set([...(known?.[of] ?? []), ...edge[of]])]
    byEnds.set(key, { ...edge, labels: join('labels'), sources: join('sources') })
  }
  return [...byEnds.values()]
}
