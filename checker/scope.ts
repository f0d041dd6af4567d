import { CheckerFault } from './faults.ts'
import type { Reads, View } from './property.ts'
import type { State, System, World } from './system.ts'

type Parts = Readonly<Record<string, State>>

/** A property or a constraint. */
interface Asked {
  readonly id: string
  readonly kind?: string
  readonly reads: Reads
  readonly mayLack?: true | readonly string[]
}

/** What a property is asked of, worked out from its `reads`. */
export interface Scope {
  /** One group's parts; shared parts alone; one group's and shared parts; all groups' parts at once. */
  readonly of: 'group' | 'shared' | 'group and shared' | 'every group'
  readonly groupParts: readonly string[]
  readonly sharedParts: readonly string[]
  /** The groups asked, one by one (`of: 'group…'`) or together (`every group`). */
  readonly groups: readonly number[]
  /** What a view inherits from: it refuses names that the property does not say it reads. */
  readonly strays: object
  /** Told of a field that a state of this part has not. @throws CheckerFault BAD_PROPERTY where no state has it */
  readonly refuseField: (part: string, field: string, isInSome: () => boolean) => void
}

/** @throws CheckerFault BAD_PROPERTY when it reads a part that does not exist, or one name from both sides. */
export function scopeOf(system: System, property: Asked): Scope {
  const { group: groupParts = [], shared: sharedParts = [], everyGroup = false, kinds } = property.reads
  const world = system.initial[0]
  const missing = sharedParts.find((part) => !(part in (world?.shared ?? {})))
  if (missing !== undefined) throw bad(property, `reads shared part ${missing}, which does not exist`)
  const both = groupParts.find((part) => sharedParts.includes(part))
  if (both !== undefined) throw bad(property, `reads ${both} both from the group and from the shared parts`)
  const unknown = kinds?.find((kind) => !system.groups.some((group) => group.kind === kind))
  if (unknown !== undefined && system.groups.length > 0)
    throw bad(property, `names kind ${unknown}, which no group has`)
  const strays = straysOf(property, [...groupParts, ...sharedParts])
  const refuseField = fieldsOf(property)
  if (groupParts.length === 0) return { of: 'shared', groupParts, sharedParts, groups: [], strays, refuseField }
  const groups = system.groups.flatMap((group, at) => {
    const parts = world?.groups[at] ?? {}
    const hasAll = groupParts.every((part) => part in parts)
    if (kinds?.includes(group.kind) && !hasAll) {
      throw bad(property, `reads ${groupParts.join(', ')} of kind ${group.kind}, which lacks some of them`)
    }
    return hasAll && (kinds === undefined || kinds.includes(group.kind)) ? [at] : []
  })
  if (groups.length === 0 && system.groups.length > 0)
    throw bad(property, `reads ${groupParts.join(', ')}, which no group has`)
  const of = everyGroup ? 'every group' : sharedParts.length > 0 ? 'group and shared' : 'group'
  return { of, groupParts, sharedParts, groups, strays, refuseField }
}

/** What the predicate sees. `group` is the group asked, ignored for shared and every-group scopes. */
export function viewOf(scope: Scope, group: number, groupParts: (group: number) => Parts, shared: () => Parts): View {
  const view: Record<string, State> = Object.create(scope.strays)
  if (scope.sharedParts.length > 0) {
    const parts = shared()
    for (const name of scope.sharedParts) view[name] = parts[name]
  }
  if (scope.of === 'every group') {
    const all = scope.groups.map(groupParts)
    for (const name of scope.groupParts) view[name] = all.map((parts) => parts[name])
  } else if (scope.of !== 'shared') {
    const parts = groupParts(group)
    for (const name of scope.groupParts) view[name] = parts[name]
  }
  return view
}

/** What the predicate sees of a whole world. */
export function viewOfWorld(scope: Scope, group: number, { groups, shared }: World): View {
  return viewOf(
    scope,
    group,
    (g) => groups[g]!,
    () => shared,
  )
}

/** The groups to ask one by one; `[-1]` when it is asked of the world as a whole. */
export function askedOf(scope: Scope): readonly number[] {
  return scope.of === 'group' || scope.of === 'group and shared' ? scope.groups : [-1]
}

/**
 * Whether a step property is asked of steps of this rule at all: one that reads shared parts alone is asked of rules with a
 * link to one of them, one that reads nothing or every group of all rules, any other of rules that groups take part in.
 */
export function concernsRule(system: System, scope: Scope, name: string): boolean {
  const rule = system.rules.find((r) => r.name === name)
  if (scope.of === 'every group') return true
  if (scope.of !== 'shared') return rule === undefined || rule.kinds !== undefined
  if (scope.sharedParts.length === 0) return true
  if (rule !== undefined) return rule.links.some((link) => link.shared && scope.sharedParts.includes(link.part))
  const together = system.synchronous?.find((r) => r.name === name)
  return scope.sharedParts.some((part) => together?.shared[part] !== undefined)
}

/** @throws CheckerFault BAD_PROPERTY once a predicate reads a name that is none of its parts */
function straysOf(asked: Asked, names: readonly string[]): object {
  return new Proxy(Object.prototype, {
    get: (target, key) => {
      if (typeof key === 'symbol' || key in target || key === 'toJSON') return Reflect.get(target, key)
      const all = names.length === 0 ? 'it reads nothing' : `it reads ${names.join(', ')}`
      throw bad(
        asked,
        `looks at ${key}, which it does not say it reads (${all}); add the part to reads, or mend the name`,
      )
    },
  })
}

const fieldsOf =
  (asked: Asked): Scope['refuseField'] =>
  (part, field, isInSome) => {
    if (asked.mayLack === true || asked.mayLack?.includes(field) || /^\d+$/.test(field) || isInSome()) return
    throw bad(
      asked,
      `looks at ${field} in part ${part}, which no state of ${part} has there; mend the name, or list it in mayLack`,
    )
  }

function bad({ id, kind }: Asked, what: string): CheckerFault {
  return new CheckerFault('BAD_PROPERTY', `${kind === undefined ? 'Constraint' : 'Property'} ${id} ${what}.`)
}
