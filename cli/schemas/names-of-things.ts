/** What has a name, and what is said of it. */
import * as v from 'valibot'

const rows = v.array(v.objectWithRest({ name: v.string() }, v.string()))

/** Each member is one kind of things. */
export const list = v.objectWithRest({ schema: v.string() }, rows)

const explanation = v.looseObject({ id: v.string(), is: v.string() })
export const explain = v.union([explanation, v.looseObject({ explanations: v.array(explanation) })])

const side = v.strictObject({ value: v.union([v.string(), v.number(), v.boolean()]), says: v.string() })

export const explainDiff = v.strictObject({
  schema: v.string(),
  one: v.string(),
  other: v.string(),
  dialect: v.array(v.strictObject({ field: v.string(), source: v.string(), one: side, other: side })),
  defaults: v.array(v.strictObject({ name: v.string(), one: v.string(), other: v.string() })),
})
