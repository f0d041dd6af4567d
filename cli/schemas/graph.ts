/** Graphs of states. */
import * as v from 'valibot'
import { count, words } from './common.ts'

const edge = v.looseObject({ from: v.string(), to: v.string() })

export const graph = v.union([
  v.strictObject({
    schema: v.string(),
    scenario: v.string(),
    project: words,
    exhausted: v.boolean(),
    bound: v.optional(v.string()),
    states: count,
    nodes: v.array(v.looseObject({ id: v.string(), values: words, initial: v.boolean() })),
    edges: v.array(v.looseObject({ from: v.string(), to: v.string(), labels: words, sources: words })),
  }),
  v.strictObject({
    schema: v.string(),
    scenario: v.string(),
    compare: v.literal('rfc9293'),
    has: v.array(edge),
    lacks: v.array(edge),
    adds: v.array(edge),
    exhausted: v.boolean(),
  }),
])
