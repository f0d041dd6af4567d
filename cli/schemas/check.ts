/** Checks: of one scenario, of an own system, over kernels, of every number of clients, of claims; random runs. */
import * as v from 'valibot'
import { count, counterexample, oneOrMore, overall, overrides, step, verdict, words } from './common.ts'

const explored = {
  states: v.number(),
  transitions: v.number(),
  depth: count,
  exhausted: v.boolean(),
  bound: v.optional(v.string()),
  boundDetail: v.optional(v.string()),
  engine: v.string(),
  seconds: v.number(),
  deadlocks: v.number(),
}

const asked = { id: v.string(), name: v.string(), kind: v.string(), verdict, formula: v.string(), source: v.string() }

const world = { scenario: v.string(), shows: v.string(), kernel: v.string(), overrides: v.optional(overrides) }

const scenario = v.strictObject({
  schema: v.optional(v.string()),
  ...world,
  ...explored,
  engineReason: v.optional(v.string()),
  /** How known states are kept. */
  visited: v.string(),
  orbits: v.optional(v.number()),
  /** Where the number does not fit into a double. */
  exactStates: v.optional(v.string()),
  isDeeper: v.optional(v.boolean()),
  verdict: overall,
  asPinned: v.optional(v.boolean()),
  properties: v.array(
    v.strictObject({
      ...asked,
      reason: v.optional(v.string()),
      expected: v.optional(verdict),
      counterexample: v.optional(counterexample),
    }),
  ),
  rulesNeverFired: words,
  propertiesNeverExercised: words,
  reproduce: v.string(),
})

const own = v.strictObject({
  schema: v.optional(v.string()),
  system: v.string(),
  ...explored,
  verdict: overall,
  properties: v.array(
    v.strictObject({
      id: v.string(),
      kind: v.string(),
      verdict,
      reason: v.optional(v.string()),
      counterexample: v.optional(v.looseObject({ path: v.string() })),
    }),
  ),
  rulesNeverFired: words,
  reproduce: v.string(),
})

const every = v.strictObject({
  schema: v.optional(v.string()),
  ...world,
  clients: v.literal('any'),
  bounds: v.string(),
  verdict: overall,
  views: count,
  viewsOf: v.picklist([1, 2]),
  sums: words,
  many: v.optional(count),
  obstacle: v.optional(v.string()),
  searched: v.array(
    v.strictObject({
      clients: count,
      states: v.number(),
      exhausted: v.boolean(),
      allShown: v.optional(v.literal(true)),
    }),
  ),
  tables: v.strictObject({ slices: count, hubs: count, index: v.number(), reducerRuns: count }),
  seconds: v.number(),
  properties: v.array(
    v.strictObject({
      ...asked,
      forEvery: v.optional(v.boolean()),
      views: v.optional(count),
      smallest: v.optional(count),
      andMore: v.optional(v.boolean()),
      reason: v.optional(v.string()),
      counterexample: v.optional(counterexample),
    }),
  ),
  reproduce: v.string(),
})

const against = v.strictObject({
  schema: v.optional(v.string()),
  scenario: v.string(),
  kernel: v.string(),
  against: v.string(),
  overrides: v.optional(overrides),
  states: v.number(),
  transitions: v.number(),
  depth: count,
  exhausted: v.boolean(),
  bound: v.optional(v.string()),
  seconds: v.number(),
  verdict: v.picklist(['differ', 'alike', 'inconclusive']),
  /** The steps that both take, and the one that only one of them takes. */
  alike: v.optional(v.array(step)),
  differ: v.optional(v.array(v.strictObject({ kernel: v.string(), step: v.nullable(step) }))),
  reproduce: v.string(),
})

const times = v.strictObject({ times: count, runs: count })

const simulated = v.strictObject({
  schema: v.string(),
  ...world,
  engine: v.literal('simulation'),
  seed: v.number(),
  runs: count,
  steps: count,
  longest: count,
  ended: v.strictObject({ declared: count, dead: count, cutShort: count }),
  bound: v.optional(v.string()),
  seconds: v.number(),
  verdict: overall,
  properties: v.array(
    v.strictObject({
      ...asked,
      seen: times,
      applied: times,
      reason: v.optional(v.string()),
      first: v.optional(v.strictObject({ run: count, steps: count })),
      counterexample: v.optional(counterexample),
    }),
  ),
  deadlock: v.optional(counterexample),
  rules: v.array(v.strictObject({ rule: v.string(), times: count })),
  rulesNeverFired: words,
  propertiesNeverExercised: words,
  reproduce: v.string(),
})

const claim = v.strictObject({
  id: v.string(),
  says: v.string(),
  articles: words,
  onlyIf: v.optional(v.string()),
  because: v.string(),
  source: v.string(),
  kernels: v.array(
    v.strictObject({
      kernel: v.string(),
      verdict: v.string(),
      expected: v.string(),
      experiments: v.array(
        v.strictObject({
          asks: v.string(),
          claimed: v.union([v.string(), v.number()]),
          came: v.union([v.string(), v.number()]),
        }),
      ),
    }),
  ),
  unasked: v.optional(v.string()),
})

export const remedy = v.strictObject({
  remedy: v.string(),
  words: v.string(),
  overrides,
  states: v.nullish(v.number()),
  verdicts: v.record(v.string(), verdict),
})

const cell = v.strictObject({ id: v.string(), is: v.string() })

export const check = v.union([
  scenario,
  v.strictObject({
    schema: v.string(),
    asExpected: v.optional(v.boolean()),
    scenarios: v.array(v.union([scenario, own])),
  }),
])
export const system = own
export const checkEvery = oneOrMore(every, 'scenarios')
export const checkAgainst = oneOrMore(against, 'scenarios')
export const checkMatrix = v.strictObject({ schema: v.string(), cells: count, own: count, done: count, found: count })
export const checkClaims = v.strictObject({ schema: v.string(), asExpected: v.boolean(), claims: v.array(claim) })
export const remedies = v.strictObject({ schema: v.string(), scenario: v.string(), remedies: v.array(remedy) })
export const simulate = simulated
export const merge = v.strictObject({
  schema: v.string(),
  asked: v.string(),
  cells: v.array(
    v.union([
      v.looseObject({ scenario: v.string(), kernel: v.string(), verdict: overall }),
      v.looseObject({
        file: v.string(),
        verdict: v.picklist(['conforms', 'diverges', 'inconclusive', 'unreadable']),
      }),
    ]),
  ),
  missing: v.array(cell),
})
