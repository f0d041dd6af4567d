/** The state graph of one world, kept and grown as far as the page wants to look. */
import { Exploration, judge } from '../../checker/index.ts'
import type { World } from '../../model/index.ts'
import { factsOf } from '../../traces/writers/facts.ts'
import { type FieldName, fieldNames } from '../../traces/writers/fields.ts'
import { readPredicate } from '../state/predicate.ts'
import { type Bench, benchOf, take } from '../state/run.ts'
import type { GraphPart } from './calls.ts'
import type { Answering } from './main.ts'
import { quotientOf } from './quotient.ts'

let held: { key: string; bench: Bench; exploration: Exploration } | undefined

const explorationOf = () => {
  if (held === undefined) throw new Error('nothing is explored yet')
  return held
}

const worldOf = (node: number): World => explorationOf().exploration.world(node) as unknown as World

const part = (e: Exploration): GraphPart => {
  const { from, to } = e.edges
  return {
    nodes: e.nodes,
    expanded: e.expanded,
    isComplete: e.isComplete,
    depths: e.depths.slice(),
    parents: e.parents.slice(),
    from: from.slice(),
    to: to.slice(),
  }
}

export const graphCalls = {
  explore({ spec, limit }, tell) {
    const key = JSON.stringify(spec)
    if (held?.key !== key) {
      const bench = benchOf(spec)
      held = { key, bench, exploration: new Exploration(bench.model) }
    }
    const { exploration } = held
    // What is there is shown while the search goes on.
    for (let next = Math.max(500, exploration.nodes * 2); next < limit && !exploration.isComplete; next *= 3) {
      exploration.advance(next)
      tell(part(exploration))
    }
    exploration.advance(limit)
    return part(exploration)
  },
  pathTo: ({ node }) => ({ path: explorationOf().exploration.pathTo(node).events }),
  describe: ({ node }) => ({
    lines: factsOf(worldOf(node))
      .filter(({ detail, quiet }) => !detail && !quiet)
      .map(({ connection, what, value }) => `${connection === undefined ? '' : `${connection} · `}${what}: ${value}`),
  }),
  nodeOf({ path }) {
    const { bench, exploration } = explorationOf()
    const worlds = [bench.initial, ...take(bench, path).steps.map(({ world }) => world)]
    return { nodes: worlds.flatMap((world) => exploration.nodeOf(world as never) ?? []) }
  },
  matching({ predicate: text }) {
    const predicate = readPredicate(text)
    if (predicate === undefined) throw new RangeError('this is no predicate')
    const { exploration } = explorationOf()
    const nodes: number[] = []
    for (let node = 0; node < exploration.nodes; node++) if (predicate(worldOf(node))) nodes.push(node)
    return { nodes: Int32Array.from(nodes) }
  },
  /** 0: not applicable, 1: holds, 2: violated or reached. Of a property of steps: at the world that such a step leads to. */
  colour({ property: id }) {
    const { bench, exploration } = explorationOf()
    const question = bench.asked.find(({ property }) => property.id === id)?.question
    if (question === undefined) throw new RangeError(`there is no property ${id}`)
    const values = new Uint8Array(exploration.nodes)
    if (question.kind === 'step' || question.kind === 'happens') return { values }
    for (let node = 0; node < exploration.nodes; node++) {
      const { verdict } = judge(bench.model, question, { world: exploration.world(node) })
      values[node] = verdict === 'violated' || verdict === 'reached' ? 2 : verdict === 'not applicable' ? 0 : 1
    }
    return { values }
  },
  fold({ fields }) {
    const known = fields.filter((name): name is FieldName => (fieldNames as readonly string[]).includes(name))
    return quotientOf(explorationOf().exploration, known.length > 0 ? known : ['client.state', 'server.state'])
  },
  edgesOf() {
    const { exploration } = explorationOf()
    return { rules: exploration.ruleNames, rule: exploration.edges.rule.slice() }
  },
} satisfies Partial<Answering>
