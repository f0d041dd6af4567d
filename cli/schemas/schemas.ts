/** The documents of `--json`, as schemas: what the tests hold real output against, and what docs/schemas is made from. */
import * as v from 'valibot'
import { type SchemaName, schemaOf } from './names.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const words = v.array(v.string())
const any = v.looseObject({})

const verdict = v.picklist(['holds', 'violated', 'reached', 'not reached', 'not applicable', 'inconclusive'])
const overall = v.picklist(['holds', 'violated', 'inconclusive'])
const replayVerdict = v.picklist(['conforms', 'diverges', 'inconclusive'])

const counterexample = v.looseObject({ path: v.string() })

const property = v.looseObject({
  id: v.string(),
  name: v.string(),
  kind: v.string(),
  verdict,
  formula: v.string(),
  source: v.string(),
  reason: v.optional(v.string()),
  expected: v.optional(verdict),
  counterexample: v.optional(counterexample),
})

const explored = {
  states: v.number(),
  transitions: v.number(),
  depth: count,
  exhausted: v.boolean(),
  bound: v.optional(v.string()),
  seconds: v.number(),
  deadlocks: v.number(),
}

const check = v.looseObject({
  ...explored,
  scenario: v.string(),
  shows: v.string(),
  kernel: v.string(),
  engine: v.string(),
  verdict: overall,
  asPinned: v.optional(v.boolean()),
  properties: v.array(property),
  rulesNeverFired: words,
  reproduce: v.string(),
})

const system = v.looseObject({
  ...explored,
  system: v.string(),
  verdict: overall,
  properties: v.array(
    v.looseObject({ id: v.string(), kind: v.string(), verdict, counterexample: v.optional(counterexample) }),
  ),
  reproduce: v.string(),
})

const numbers = v.array(v.number())
const certainty = v.picklist(['certain', 'likely', 'possible'])

const cause = v.looseObject({
  words: v.string(),
  cost: v.optional(v.number()),
  ruledOut: v.optional(v.string()),
  meets: v.optional(numbers),
  loses: v.optional(numbers),
  counted: v.optional(v.strictObject({ counter: v.string(), times: count })),
})

const diagnosis = v.strictObject({
  id: v.string(),
  words: v.string(),
  cause: v.string(),
  causes: v.array(cause),
  packets: numbers,
  certainty,
  proof: v.optional(v.string()),
  supports: v.optional(v.string()),
  decides: v.optional(v.string()),
  clause: v.string(),
})

const states = v.strictObject({ client: words, server: words })
const belief = v.looseObject({ packet: v.number(), client: words, server: words, possible: states })

const connection = v.looseObject({
  client: v.string(),
  server: v.string(),
  verdict: replayVerdict,
  packets: count,
  tap: v.picklist(['client', 'server', 'middle', 'unknown']),
  forged: numbers,
  fits: states,
  reason: v.optional(v.string()),
  supposes: v.optional(words),
  contradictions: v.optional(words),
  divergence: v.optional(v.looseObject({ packet: v.number(), reason: v.string(), allowed: words })),
  invents: words,
  alternatives: v.array(
    v.looseObject({ end: v.picklist(['client', 'server']), state: v.string(), cost: v.number(), invents: words }),
  ),
  diagnoses: v.array(diagnosis),
  timeline: v.array(belief),
})

const replay = v.looseObject({
  file: v.string(),
  packets: count,
  notes: words,
  verdict: replayVerdict,
  reason: v.optional(v.string()),
  conclusion: v.string(),
  connections: v.array(connection),
  contradictions: words,
  listeners: v.array(v.looseObject({ listener: v.string(), connections: count })),
  hosts: v.array(v.looseObject({ address: v.string(), side: v.picklist(['client', 'server']), fits: words })),
  diagnoses: v.array(diagnosis),
})

const unreadable = v.looseObject({ file: v.string(), error: v.looseObject({ code: v.string(), message: v.string() }) })

const follow = v.looseObject({ ...connection.entries, because: v.string(), at: v.number(), conclusion: v.string() })

const judged = v.looseObject({
  id: v.string(),
  level: v.picklist(['MUST', 'SHOULD', 'MAY', 'RULE']),
  says: v.string(),
  source: v.string(),
  verdict: v.picklist(['meets', 'departs', 'not decided']),
  because: v.optional(v.string()),
  packets: v.optional(
    v.array(
      v.looseObject({ at: v.number(), from: v.picklist(['tester', 'target']), port: v.number(), text: v.string() }),
    ),
  ),
  sameAs: v.optional(words),
})

const conform = v.looseObject({
  target: v.string(),
  meets: count,
  departs: count,
  notDecided: count,
  requirements: v.array(judged),
})

const finding = v.strictObject({
  id: v.string(),
  certainty: v.picklist(['certain', 'likely']),
  words: v.string(),
  shownBy: words,
  peerSees: v.optional(v.string()),
  property: v.optional(v.string()),
  rule: v.string(),
  changes: v.array(v.strictObject({ what: v.string(), words: v.string(), knob: v.optional(v.string()) })),
})

const host = v.looseObject({
  conclusion: v.string(),
  listeners: v.array(
    v.looseObject({ listener: v.string(), queue: count, requests: count, findings: v.array(finding) }),
  ),
  findings: v.array(finding),
  notes: words,
  model: v.record(v.string(), words),
})

const edge = v.looseObject({ from: v.string(), to: v.string() })

const graph = v.union([
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

const explanation = v.looseObject({ id: v.string(), is: v.string() })

/** Of one, or of several. */
const documents = {
  check: v.union([check, v.looseObject({ scenarios: v.array(v.union([check, system])) })]),
  system,
  'check-every': any,
  'check-against': any,
  'check-matrix': any,
  'check-claims': any,
  remedies: v.looseObject({ scenario: v.string(), remedies: v.array(any) }),
  simulate: any,
  replay: v.union([replay, unreadable, v.looseObject({ files: v.array(v.union([replay, unreadable])) })]),
  follow,
  host,
  list: v.looseObject({}),
  explain: v.union([explanation, v.looseObject({ explanations: v.array(explanation) })]),
  'explain-diff': any,
  trace: v.looseObject({ scenario: v.string(), path: v.string() }),
  'trace-export': v.looseObject({ format: v.string() }),
  'trace-run': v.looseObject({
    runs: v.array(v.looseObject({ scenario: v.string(), path: v.string(), steps: count })),
  }),
  record: v.looseObject({ seed: v.optional(count), folders: words }),
  conform,
  explore: any,
  graph,
  merge: v.looseObject({ cells: v.array(any), missing: v.array(v.unknown()) }),
  start: v.looseObject({ check, remedies: v.array(any) }),
} satisfies Record<SchemaName, v.GenericSchema>

const tagged = (name: SchemaName) => v.looseObject({ schema: v.literal(schemaOf(name)) })

/** What a document of this name must be. */
export const schemas = Object.fromEntries(
  (Object.keys(documents) as SchemaName[]).map((name) => [name, v.intersect([tagged(name), documents[name]])]),
) as unknown as Readonly<Record<SchemaName, v.GenericSchema>>
