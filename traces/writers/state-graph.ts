/** A graph of states as GraphML, Aldebaran `.aut`, DOT or JSON: what other tools read. */
export interface WrittenGraph {
  readonly name: string
  readonly nodes: readonly { readonly id: number; readonly label: string; readonly depth?: number }[]
  readonly edges: readonly { readonly from: number; readonly to: number; readonly label: string }[]
  /** Everything that can be reached is in it. */
  readonly isComplete: boolean
}

export const graphFormats = ['graphml', 'aut', 'dot', 'json'] as const
export type GraphFormat = (typeof graphFormats)[number]

export const graphTo = (format: GraphFormat, graph: WrittenGraph): string => {
  switch (format) {
    case 'graphml':
      return graphml(graph)
    case 'aut':
      return aut(graph)
    case 'dot':
      return dot(graph)
    case 'json':
      return `${JSON.stringify(graph, null, 1)}\n`
  }
}

const xml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write these
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** http://graphml.graphdrawing.org */
const graphml = ({ name, nodes, edges, isComplete }: WrittenGraph): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    '  <key id="label" for="node" attr.name="label" attr.type="string"/>',
    '  <key id="depth" for="node" attr.name="depth" attr.type="int"/>',
    '  <key id="event" for="edge" attr.name="label" attr.type="string"/>',
    '  <key id="complete" for="graph" attr.name="complete" attr.type="boolean"/>',
    `  <graph id="${xml(name)}" edgedefault="directed">`,
    `    <data key="complete">${isComplete}</data>`,
    ...nodes.map(({ id, label, depth }) => {
      const deep = depth === undefined ? '' : `<data key="depth">${depth}</data>`
      return `    <node id="n${id}"><data key="label">${xml(label)}</data>${deep}</node>`
    }),
    ...edges.map(
      ({ from, to, label }) =>
        `    <edge source="n${from}" target="n${to}"><data key="event">${xml(label)}</data></edge>`,
    ),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n')

/** Aldebaran, as CADP and mCRL2 read it: `des (first, transitions, states)`, then `(from, "label", to)`. */
const aut = ({ nodes, edges }: WrittenGraph): string =>
  [
    `des (0, ${edges.length}, ${nodes.length})`,
    ...edges.map(({ from, to, label }) => `(${from}, "${label.replaceAll('"', "'")}", ${to})`),
    '',
  ].join('\n')

const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

const dot = ({ name, nodes, edges }: WrittenGraph): string =>
  [
    `digraph ${quoted(name)} {`,
    ...nodes.map(({ id, label }) => `  ${id} [label=${quoted(label)}]`),
    ...edges.map(({ from, to, label }) => `  ${from} -> ${to} [label=${quoted(label)}]`),
    '}',
    '',
  ].join('\n')
