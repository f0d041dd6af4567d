/** The state graph of one world, kept and grown as far as the page wants to look. */
import { Exploration, judge } from '../../checker/index.ts'
import type { World } from '../../model/index.ts'
import { factsOf } from '../../traces/writers/facts.ts'
import { type FieldName, fieldNames, fields } from '../../traces/writers/fields.ts'
import { readPredicate } from '../state/predicate.ts'
import { type Bench, benchOf, take } from '../state/run.ts'
import type { Calls, Described, GraphPart } from './calls.ts'
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

const nextOf = (node: number): Described['next'] => {
  const { exploration } = explorationOf()
  const { from, to, rule } = exploration.edges
  const next: Described['next'][number][] = []
  for (let e = 0; e < from.length; e++)
    if (from[e] === node) next.push({ rule: exploration.ruleNames[rule[e]!]!, to: to[e]! })
  return next
}

/** So many values have a colour of their own; the rest share the last. */
const COLOURS = 12

const byField = (field: FieldName, connection: number): Calls['colour']['gives'] => {
  const { exploration } = explorationOf()
  const all = Array.from({ length: exploration.nodes }, (_, node) => {
    const { shared, groups } = worldOf(node)
    const own = groups[connection] ?? groups[0]!
    return fields[field].of({ ...own, listener: shared.listener })
  })
  const counts = new Map<string, number>()
  for (const value of all) counts.set(value, (counts.get(value) ?? 0) + 1)
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name)
  const numbers = new Map(names.map((name, i) => [name, Math.min(i, COLOURS - 1)]))
  const shown = names.length > COLOURS ? [...names.slice(0, COLOURS - 1), '…'] : names
  return { values: Uint8Array.from(all, (value) => numbers.get(value)!), names: shown }
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
    next: nextOf(node),
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
  colour({ by: id }) {
    const { bench, exploration } = explorationOf()
    const [, connection, field] = /^(?:(\d+)\.)?([\w.-]+)$/.exec(id) ?? []
    const known = fieldNames.find((name) => name === field)
    if (known !== undefined) return byField(known, Number(connection ?? 1) - 1)
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
