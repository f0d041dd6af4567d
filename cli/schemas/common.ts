/** What documents have in common. */
import * as v from 'valibot'

export const count = v.pipe(v.number(), v.integer(), v.minValue(0))
export const words = v.array(v.string())
export const numbers = v.array(v.number())
/** Of one, or of several. */
export const oneOrMore = <T extends v.GenericSchema, K extends string>(one: T, key: K) =>
  v.union([one, v.looseObject({ [key]: v.array(one) } as Record<K, v.ArraySchema<T, undefined>>)])

export const verdict = v.picklist(['holds', 'violated', 'reached', 'not reached', 'not applicable', 'inconclusive'])
export const overall = v.picklist(['holds', 'violated', 'inconclusive'])

/** What an option changed in a scenario: names of options, and their values. */
export const overrides = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean(), v.record(v.string(), v.number())]),
)

const value = v.union([v.string(), v.number()])

export const change = v.strictObject({
  what: v.string(),
  part: v.string(),
  connection: v.optional(count),
  from: v.optional(value),
  to: v.optional(value),
})

export const step = v.strictObject({
  event: v.strictObject({ rule: v.string(), group: v.optional(v.number()), choice: count }),
  actor: v.string(),
  rule: v.string(),
  source: v.string(),
  connection: v.optional(count),
  note: v.optional(v.string()),
  effects: v.optional(words),
  changes: v.array(change),
})

export const counterexample = v.strictObject({
  path: v.string(),
  /** Index of the step to which the last one leads back. */
  loop: v.optional(count),
  steps: v.array(step),
})
