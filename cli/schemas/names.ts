/**
 * What each `--json` is: `schema` in the document is `halfopen/NAME/VERSION`, and docs/schemas/NAME-VERSION.json says what it holds.
 * The version is raised when something is taken away or means something else; new members may come at any time.
 */
export const schemaVersions = {
  check: 1,
  system: 1,
  'check-every': 1,
  'check-against': 1,
  'check-matrix': 1,
  'check-claims': 1,
  remedies: 1,
  simulate: 1,
  replay: 1,
  follow: 1,
  host: 1,
  list: 1,
  explain: 1,
  'explain-diff': 1,
  trace: 1,
  'trace-export': 1,
  'trace-run': 1,
  record: 1,
  conform: 1,
  learn: 1,
  explore: 1,
  graph: 1,
  merge: 1,
  start: 1,
} as const

export type SchemaName = keyof typeof schemaVersions

export const schemaOf = <N extends SchemaName>(name: N) => `halfopen/${name}/${schemaVersions[name]}` as const
