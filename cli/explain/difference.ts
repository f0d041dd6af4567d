/** In what kernels differ: a field of their profiles, as `explain KERNEL --diff KERNEL` names it. */
import { type Dialect, profileNames, profiles } from '../../model/index.ts'
import { dialectSays, sayField } from './dialect.ts'
import type { Explanation } from './explanation.ts'

export const ofDifference = (field: keyof Dialect): Explanation => ({
  id: field,
  is: 'difference between kernels',
  ...Object.fromEntries(profileNames.map((name) => [name, sayField(field, profiles[name].dialect).says])),
  source: dialectSays[field].source,
})
