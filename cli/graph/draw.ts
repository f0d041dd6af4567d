/** A graph of states as DOT, SVG, Mermaid, JSON or text. */

import { createRequire } from 'node:module'
import type * as graphviz from '@hpcc-js/wasm-graphviz'
import { graphTo } from '../../traces/index.ts'
import type { Page } from '../words/page.ts'
import { paragraph } from '../words/paragraph.ts'
import type { EndEdge } from './ends.ts'
import type { StateGraph } from './explore.ts'

/** Labels that an edge of a picture shows. */
const SHOWN = 4

/** With more edges than that, labels lie over each other: a picture shows what leads on by colour, and in words where the pointer is. */
const READABLE = 16

/** Sorts of stimuli, in the order in which an edge that has several takes its colour. */
const stimuli = [
  { name: 'a segment arrives', colour: '#0b5cad', is: (label: string) => label.startsWith('rcv ') },
  {
    name: 'a process calls',
    colour: '#0a6b52',
    is: (label: string) => /connect|send|recv|shutdown|close|abort|accept|crash|listen/.test(label),
  },
  { name: 'a timer fires, or time passes', colour: '#c05600', is: (label: string) => /timer|tick/.test(label) },
  { name: 'anything else', colour: '#6b7280', is: () => true },
] as const

const colourOf = (labels: readonly string[]): string => stimuli.find(({ is }) => labels.some(is))!.colour

/** @param asPicture for people to look at: labels only where they can be read, and a legend */
export const toDot = (graph: StateGraph, title: string, asPicture = false): string => {
  const isCrowded = asPicture && graph.edgeCount() > READABLE
  const lines = [
    `digraph ${quote(title)} {`,
    '  rankdir=TB',
    ...(isCrowded ? ['  nodesep=0.35', '  ranksep=0.7', `  label=<${legend}>`] : []),
    '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11]',
    '  edge [fontname="Helvetica", fontsize=9, color="#555555"]',
    ...graph.nodes().map((id) => {
      const { values, initial } = graph.node(id)!
      return `  ${quote(id)} [label=${quote(values.join('\n'))}${initial ? ', penwidth=2' : ''}]`
    }),
    ...graph.edges().map((e) => {
      const { labels } = graph.edge(e)!
      const words = isCrowded
        ? `color=${quote(colourOf(labels))}, edgetooltip=${quote(`${e.v} → ${e.w}: ${labels.join(' | ')}`)}`
        : `label=${quote(shown(graph.edge(e)!).join('\n'))}`
      return `  ${quote(e.v)} -> ${quote(e.w)} [${words}]`
    }),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

const legend = stimuli.map(({ name, colour }) => `<FONT COLOR="${colour}">━ ${name}</FONT>`).join('   ')

/** Graphviz is loaded when it is first needed: it is half as large as all of the program. */
export const toSvg = async (graph: StateGraph, title: string): Promise<string> => {
  const { Graphviz } = createRequire(import.meta.url)('@hpcc-js/wasm-graphviz') as typeof graphviz
  return (await Graphviz.load()).dot(toDot(graph, title, true), 'svg')
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

/** As the page writes its graphs: GraphML and Aldebaran. */
export const toOther = (format: 'graphml' | 'aut', graph: StateGraph, name: string): string => {
  const ids = new Map(graph.nodes().map((id, i) => [id, i]))
  return graphTo(format, {
    name,
    nodes: graph.nodes().map((id) => ({ id: ids.get(id)!, label: id })),
    edges: graph
      .edges()
      .flatMap((e) => graph.edge(e)!.labels.map((label) => ({ from: ids.get(e.v)!, to: ids.get(e.w)!, label }))),
    isComplete: graph.graph()!.report.exhausted,
  })
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

export const toText = (graph: StateGraph, page: Page): string =>
  graph
    .nodes()
    .map((id) => {
      const leads = (graph.outEdges(id) ?? []).map((e) =>
        paragraph(page, '    → ', `${e.w}  (${shown(graph.edge(e)!).join(' | ')})`, 8),
      )
      return `  ${id}\n${leads.join('')}`
    })
    .join('')

/** As many labels as can be read. */
export const shown = ({ labels }: Pick<EndEdge, 'labels'>): readonly string[] =>
  labels.length <= SHOWN ? labels : [...labels.slice(0, SHOWN - 1), `and ${labels.length - SHOWN + 1} more`]

const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
