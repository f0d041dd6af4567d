import { type Compiled, ofGroups } from '../compile/index.ts'
import type { System } from '../system.ts'
import type { Tabulated } from './tabulate.ts'

/**
 * A member of the family with the tables that are there already: what a group and the shared parts do does not depend on how
 * many groups there are. Parts that only the family has, and no rule of the member reads, begin in it as they do in the family.
 * @returns `undefined` where the tables only say *many*, or do not hold what the member begins with
 */
export function memberOf({ compiled, many }: Tabulated, member: System): Compiled | undefined {
  const { closed, system } = compiled
  if (many !== undefined || member.constraints !== undefined) return undefined
  const names = closed.kinds.map(({ name }) => name)
  if (!member.groups.every(({ kind }) => names.includes(kind))) return undefined
  const begins = system.initial[0]!.shared
  const initial = member.initial.map(({ shared, groups }) => ({ shared: { ...begins, ...shared }, groups }))
  const isKnown = initial.every(({ shared }) => Object.keys(shared).every((name) => name in begins))
  return isKnown ? ofGroups(compiled, { ...member, initial }) : undefined
}
