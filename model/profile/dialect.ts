/** All fields of a kernel profile in one table. `Dialect`, the profiles, `halfopen explain` and docs/profiles.md are made of it. */
import { closing } from './closing.ts'
import type { Field, ValueOf } from './field.ts'
import { listening } from './listening.ts'
import { opening } from './opening.ts'
import { inRelease } from './release.ts'
import { requests } from './requests.ts'
import { synchronized } from './synchronized.ts'
import { timeWait } from './time-wait.ts'

/** In the order of a connection's life. */
export const dialectGroups = {
  'a listener': listening,
  'a request': requests,
  'SYN_SENT and crossed SYNs': opening,
  'a synchronized connection': synchronized,
  closing,
  TIME_WAIT: timeWait,
} as const

const table = { ...listening, ...requests, ...opening, ...synchronized, ...closing, ...timeWait }

/** Which value a stack has of each field. A rule of the model asks the field; it never asks for a version. */
export type Dialect = { readonly [Name in keyof typeof table]: ValueOf<(typeof table)[Name]['values']> }
export type DialectField = keyof Dialect

export const dialectTable: Readonly<Record<DialectField, Field>> = table
export const dialectFields = Object.keys(table) as DialectField[]

const dialect = (choose: (field: Field) => unknown): Dialect =>
  Object.fromEntries(dialectFields.map((name) => [name, choose(dialectTable[name])])) as unknown as Dialect

export const linuxDialect = (release: string): Dialect => dialect(({ linux }) => inRelease(linux, release))
export const rfc9293Dialect: Dialect = dialect(({ rfc9293 }) => rfc9293)
/** Linux 6.18 but for twelve differences that the test scripts of FreeBSD 14 show. The rest is not measured. */
export const freebsd14Dialect: Dialect = dialect(({ freebsd, linux }) => freebsd ?? inRelease(linux, '6.18'))

/** What a stack of this value of a field does, in a sentence. */
export const says = (field: DialectField, value: Dialect[DialectField]): string =>
  dialectTable[field].values[`${value}`]!
