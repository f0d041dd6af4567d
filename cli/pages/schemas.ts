/** The schemas of `--json` as JSON Schema: docs/schemas. */
import { toJsonSchema } from '@valibot/to-json-schema'
import { type SchemaName, schemaOf, schemaVersions } from '../schemas/names.ts'
import { schemas } from '../schemas/schemas.ts'

const page = (name: SchemaName) => (): string => {
  const about = { $id: schemaOf(name), title: `halfopen: what --json prints (${name})` }
  const { $schema, ...schema } = toJsonSchema(schemas[name], { target: 'draft-2020-12' })
  return `${JSON.stringify({ $schema, ...about, ...schema }, null, 2)}\n`
}

export const schemaPages: Readonly<Record<string, () => string>> = Object.fromEntries(
  (Object.keys(schemaVersions) as SchemaName[]).map((name) => [
    `docs/schemas/${name}-${schemaVersions[name]}.json`,
    page(name),
  ]),
)
