/** A kernel profile, and two of them beside each other. */
import { type Dialect, knobs, type ProfileName, profileNames, profiles } from '../../model/index.ts'
import { dialectFields, sayField } from './dialect.ts'
import type { Explanation } from './explanation.ts'

export const ofProfile = (name: ProfileName): Explanation => ({
  id: name,
  is: 'kernel profile',
  means: profiles[name].means,
  dialect: Object.fromEntries(dialectFields.map((field) => [field, sayField(field, profiles[name].dialect).says])),
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
    const [a, b] = [sayField(field, profiles[one].dialect), sayField(field, profiles[other].dialect)]
    const told = ({ value, says }: typeof a) => ({ value, says })
    return a.value === b.value ? [] : [{ field, source: a.source, one: told(a), other: told(b) }]
  }),
  defaults: knobs.flatMap(({ name, defaults }) =>
    defaults === undefined || defaults[one] === defaults[other]
      ? []
      : [{ name, one: defaults[one], other: defaults[other] }],
  ),
})

export const isProfile = (id: string): ProfileName | undefined =>
  profileNames.find((name) => name.toLowerCase() === id.toLowerCase())
