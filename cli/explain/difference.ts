/** In what kernels differ: a field of their profiles, as `explain KERNEL --diff KERNEL` names it. */
import { type Dialect, dialectTable, profileNames, profiles, says } from '../../model/index.ts'
import type { Explanation } from './explanation.ts'

export const ofDifference = (field: keyof Dialect): Explanation => ({
  id: field,
  is: 'difference between kernels',
  decides: dialectTable[field].decides,
  ...Object.fromEntries(profileNames.map((name) => [name, says(field, profiles[name].dialect[field])])),
  ...changesOf(field),
  source: dialectTable[field].source,
})

/** Since when Linux is as it is; absent where it never was otherwise. */
const changesOf = (field: keyof Dialect): { 'changed in Linux'?: Readonly<Record<string, string>> } => {
  const changes = Object.entries(dialectTable[field].linux).filter(([since]) => since !== 'always')
  return changes.length === 0
    ? {}
    : { 'changed in Linux': Object.fromEntries(changes.map(([since, value]) => [inWords(since), String(value)])) }
}

/** `since 4.10`, `since about 5.6`, `in 4.4 at the latest`, `since a fix of 2026, which 6.18 has`. */
export const inWords = (since: string): string => {
  const [, latest] = /^by (.*)$/.exec(since) ?? []
  const [, release, year] = /^(.*) of (\d{4})$/.exec(since) ?? []
  if (latest !== undefined) return `in ${latest} at the latest`
  return release === undefined ? `since ${since}` : `since a fix of ${year}, which ${release} has`
}
