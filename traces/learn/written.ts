/** A machine as other tools read it. */
import { graphTo } from '../writers/index.ts'
import type { Mealy } from './mealy.ts'

const edgesOf = ({ states }: Mealy) =>
  states.flatMap((edges, from) =>
    [...edges].map(([input, { to, output }]) => ({ from, to, label: `${input} / ${output}` })),
  )

/** Aldebaran: a label is an input and its output. */
export const toAut = (m: Mealy): string => {
  const nodes = m.states.map((_, id) => ({ id, label: `s${id}` }))
  return graphTo('aut', { name: 'learnt', nodes, edges: edgesOf(m), isComplete: true })
}

/** DOT as LearnLib and AALpy write Mealy machines, and read them. */
export const toDot = (m: Mealy): string =>
  [
    'digraph g {',
    '__start0 [label="" shape="none"];',
    ...m.states.map((_, id) => `s${id} [shape="circle" label="${id}"];`),
    ...edgesOf(m).map(({ from, to, label }) => `s${from} -> s${to} [label="${label}"];`),
    '__start0 -> s0;',
    '}',
    '',
  ].join('\n')
