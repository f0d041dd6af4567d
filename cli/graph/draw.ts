/** A graph of states as DOT, SVG, Mermaid, JSON or text. */
import { createRequire } from 'node:module'
import type * as graphviz from '@hpcc-js/wasm-graphviz'
import type { EndEdge } from './ends.ts'
import type { StateGraph } from './explore.ts'

/** Labels that an edge of a picture shows. */
const SHOWN = 4

export const toDot = (graph: StateGraph, title: string): string => {
  const lines = [
    `digraph ${quote(title)} {`,
    '  rankdir=TB',
    '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11]',
    '  edge [fontname="Helvetica", fontsize=9, color="#555555"]',
    ...graph.nodes().map((id) => {
      const { values, initial } = graph.node(id)!
      return `  ${quote(id)} [label=${quote(values.join('\n'))}${initial ? ', penwidth=2' : ''}]`
    }),
    ...graph.edges().map((e) => `  ${quote(e.v)} -> ${quote(e.w)} [label=${quote(shown(graph.edge(e)!).join('\n'))}]`),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

/** Graphviz is loaded when it is first needed: it is half as large as all of the program. */
export const toSvg = async (graph: StateGraph, title: string): Promise<string> => {
  const { Graphviz } = createRequire(import.meta.url)('@hpcc-js/wasm-graphviz') as typeof graphviz
  return (await Graphviz.load()).dot(toDot(graph, title), 'svg')
}

export const toMermaid = (graph: StateGraph): string => {
  const ids = new Map(graph.nodes().map((id, i) => [id, `s${i}`]))
  const lines = [
    'stateDiagram-v2',
    ...graph.nodes().map((id) => `  state "${graph.node(id)!.values.join(' · ')}" as ${ids.get(id)}`),
    ...graph.nodes().flatMap((id) => (graph.node(id)!.initial ? [`  [*] --> ${ids.get(id)}`] : [])),
    ...graph.edges().map((e) => `  ${ids.get(e.v)} --> ${ids.get(e.w)}: ${shown(graph.edge(e)!).join(', ')}`),
  ]
  return `${lines.join('\n')}\n`
}

export const toJson = (graph: StateGraph, scenario: string) => {
  const { report, projection } = graph.graph()!
  return {
    scenario,
    project: projection.fields,
    exhausted: report.exhausted,
    ...(report.bound && { bound: report.bound }),
    states: report.states,
    nodes: graph.nodes().map((id) => ({ id, ...graph.node(id)! })),
    edges: graph.edges().map((e) => ({ from: e.v, to: e.w, ...graph.edge(e)! })),
  }
}

export const toText = (graph: StateGraph): string =>
  graph
    .nodes()
    .map((id) => {
      const leads = (graph.outEdges(id) ?? []).map((e) => `    → ${e.w}  (${shown(graph.edge(e)!).join(' | ')})\n`)
      return `  ${id}\n${leads.join('')}`
    })
    .join('')

/** As many labels as can be read. */
export const shown = ({ labels }: Pick<EndEdge, 'labels'>): readonly string[] =>
  labels.length <= SHOWN ? labels : [...labels.slice(0, SHOWN - 1), `and ${labels.length - SHOWN + 1} more`]

const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
