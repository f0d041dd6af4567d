/** What a picture shows of a world: a few fields of it, the rest folded away. */
import { type FieldName, fieldNames, fields, type Seen } from '../../traces/index.ts'
import { UsageError } from '../error.ts'
import { didYouMean } from '../words/nearest.ts'

export interface Projection {
  readonly fields: readonly FieldName[]
  readonly group: readonly ('client' | 'server')[]
  readonly shared: readonly 'listener'[]
  readonly of: (seen: Seen) => readonly string[]
}

export const projectionOf = (names: readonly string[]): Projection => {
  const chosen = names.map(fieldNamed)
  const parts = [...new Set(chosen.map((name) => fields[name].reads))]
  return {
    fields: chosen,
    group: parts.filter((part) => part !== 'listener'),
    shared: parts.filter((part) => part === 'listener'),
    of: (seen) => chosen.map((name) => fields[name].of(seen)),
  }
}

const fieldNamed = (name: string): FieldName => {
  const field = fieldNames.find((f) => f === name)
  if (field !== undefined) return field
  const remedy = didYouMean(name, fieldNames, `choose among ${fieldNames.join(', ')}`)
  throw new UsageError({ code: 'E_VALUE', place: '--project', cause: `"${name}" is no field`, remedy })
}
