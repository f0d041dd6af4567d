/** Kernel profiles in sentences. */
import type { Dialect } from '../../model/index.ts'
import { arriving } from './dialect/arriving.ts'
import { closing } from './dialect/closing.ts'
import { listening } from './dialect/listening.ts'
import type { DialectSays, Said } from './dialect/said.ts'

/** A field without a sentence does not compile, nor does a value without one. */
export const dialectSays: DialectSays = { ...listening, ...arriving, ...closing }

export const dialectFields = Object.keys(dialectSays) as (keyof Dialect)[]

export interface FieldSaid {
  readonly field: keyof Dialect
  readonly value: Dialect[keyof Dialect]
  readonly says: string
  readonly source: string
}

export const sayField = (field: keyof Dialect, dialect: Dialect): FieldSaid => {
  const value = dialect[field]
  const { says, source } = dialectSays[field] as Said<string>
  return { field, value, says: says[`${value}`]!, source }
}
