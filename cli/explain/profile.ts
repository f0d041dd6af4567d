/** A kernel profile, and two of them beside each other. */
import {
  type Dialect,
  dialectFields,
  dialectTable,
  knobs,
  type ProfileName,
  profileNames,
  profiles,
  says,
} from '../../model/index.ts'
import type { Explanation } from './explanation.ts'

export const ofProfile = (name: ProfileName): Explanation => ({
  id: name,
  is: 'kernel profile',
  means: profiles[name].means,
  dialect: Object.fromEntries(dialectFields.map((field) => [field, says(field, profiles[name].dialect[field])])),
  defaults: Object.fromEntries(knobs.flatMap((k) => (k.defaults ? [[k.name, k.defaults[name]]] : []))),
  run: `halfopen check ghost-connection --kernel ${name}`,
  'see also': `halfopen explain ${name} --diff ${name === 'linux-6.18' ? 'linux-4.4' : 'linux-6.18'}`,
})

/** A field of the dialect in which two profiles depart from each other. */
export interface Departure {
  readonly field: keyof Dialect
  readonly source: string
  readonly one: { readonly value: Dialect[keyof Dialect]; readonly says: string }
  readonly other: { readonly value: Dialect[keyof Dialect]; readonly says: string }
}

export interface DefaultChanged {
  readonly name: string
  /** `–` where the kernel does not have it. */
  readonly one: string
  readonly other: string
}

export interface ProfileDiff {
  readonly one: ProfileName
  readonly other: ProfileName
  readonly dialect: readonly Departure[]
  readonly defaults: readonly DefaultChanged[]
}

export const diffOf = (one: ProfileName, other: ProfileName): ProfileDiff => ({
  one,
  other,
  dialect: dialectFields.flatMap((field) => {
    const [a, b] = [profiles[one].dialect[field], profiles[other].dialect[field]]
    const told = (value: typeof a) => ({ value, says: says(field, value) })
    return a === b ? [] : [{ field, source: dialectTable[field].source, one: told(a), other: told(b) }]
  }),
  defaults: knobs.flatMap(({ name, defaults }) =>
    defaults === undefined || defaults[one] === defaults[other]
      ? []
      : [{ name, one: defaults[one], other: defaults[other] }],
  ),
})

export const isProfile = (id: string): ProfileName | undefined =>
  profileNames.find((name) => name.toLowerCase() === id.toLowerCase())
