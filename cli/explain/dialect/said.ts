/** What a field of a kernel profile says, in a sentence for each of its values. */
import type { Dialect } from '../../../model/index.ts'

export interface Said<Value> {
  readonly source: string
  readonly says: Readonly<Record<Value extends string | number | boolean ? `${Value}` : never, string>>
}

export type DialectSays = { readonly [Field in keyof Dialect]: Said<Dialect[Field]> }
