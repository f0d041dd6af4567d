/** The documents of `--json`, as schemas: what the tests hold real output against, and what docs/schemas is made from. */
import * as v from 'valibot'
import * as checks from './check.ts'
import { count } from './common.ts'
import { conform } from './conform.ts'
import { graph } from './graph.ts'
import { host } from './host.ts'
import { learn } from './learn.ts'
import { type SchemaName, schemaOf } from './names.ts'
import * as things from './names-of-things.ts'
import { follow, replay } from './replay.ts'
import * as traces from './trace.ts'

/** The page was served, or written to a file. */
const explore = v.union([
  v.strictObject({ schema: v.string(), url: v.string() }),
  v.strictObject({ schema: v.string(), file: v.string(), bytes: count }),
])

const documents = {
  check: checks.check,
  system: checks.system,
  'check-every': checks.checkEvery,
  'check-against': checks.checkAgainst,
  'check-matrix': checks.checkMatrix,
  'check-claims': checks.checkClaims,
  remedies: checks.remedies,
  simulate: checks.simulate,
  replay,
  follow,
  host,
  list: things.list,
  explain: things.explain,
  'explain-diff': things.explainDiff,
  trace: traces.trace,
  'trace-export': traces.traceExport,
  'trace-run': traces.traceRun,
  record: traces.record,
  conform,
  learn,
  explore,
  graph,
  merge: checks.merge,
  start: v.strictObject({
    schema: v.string(),
    check: checks.check,
    remedies: v.array(checks.remedy),
    replay: v.optional(replay),
  }),
} satisfies Record<SchemaName, v.GenericSchema>

const tagged = (name: SchemaName) => v.looseObject({ schema: v.literal(schemaOf(name)) })

/** What a document of this name must be. */
export const schemas = Object.fromEntries(
  (Object.keys(documents) as SchemaName[]).map((name) => [name, v.intersect([tagged(name), documents[name]])]),
) as unknown as Readonly<Record<SchemaName, v.GenericSchema>>
