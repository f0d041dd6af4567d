/** A field of a kernel profile: in what kernels differ, what each value does, and which kernel has which. */
import type { History } from './release.ts'

type Values = Readonly<Record<string, string>>

/** The keys of `values`; `true` and `false` stand for a boolean. */
export type ValueOf<V> = keyof V extends 'true' | 'false' ? boolean : keyof V

export interface Field<V = Values, Value = string | number | boolean> {
  /** The question that the values answer. */
  readonly decides: string
  /** Functions of the kernel, with the commit where it is known, and clauses of RFCs. */
  readonly source: string
  /** What a kernel of this value does, in a sentence. */
  readonly values: V
  readonly linux: History<Value>
  readonly rfc9293: Value
  /** Where FreeBSD 14 answers otherwise than Linux 6.18. */
  readonly freebsd?: Value
}

export const field = <const V extends Values>(row: Field<V, ValueOf<NoInfer<V>>>): Field<V, ValueOf<V>> => row
