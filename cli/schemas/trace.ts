/** Paths that were drawn, exported or taken to the kernel, and runs that were recorded. */
import * as v from 'valibot'
import { count, counterexample, step, words } from './common.ts'

const head = { schema: v.string(), scenario: v.string(), path: v.string() }

export const trace = v.union([
  v.strictObject({ ...head, loop: counterexample.entries.loop, steps: v.array(step) }),
  v.strictObject({
    ...head,
    listings: v.array(v.strictObject({ host: v.picklist(['server', 'client']), command: v.string(), lines: words })),
  }),
])

export const traceExport = v.union([
  v.strictObject({ schema: v.string(), format: v.string(), content: v.string() }),
  v.strictObject({ schema: v.string(), format: v.string(), file: v.string(), bytes: count }),
])

export const traceRun = v.strictObject({
  schema: v.string(),
  runs: v.array(
    v.strictObject({
      scenario: v.string(),
      path: v.string(),
      steps: count,
      notTaken: v.optional(v.string()),
      kernel: v.optional(v.string()),
      agreed: v.optional(count),
      disagreement: v.optional(v.looseObject({ step: count, says: v.string() })),
      leftOut: v.optional(v.unknown()),
      counters: v.optional(v.looseObject({ mismatches: v.array(v.unknown()) })),
    }),
  ),
})

export const record = v.strictObject({ schema: v.string(), seed: v.optional(v.number()), folders: words })
