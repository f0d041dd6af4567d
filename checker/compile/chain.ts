import { CheckerFault } from '../faults.ts'
import type { Link, Rule, System } from '../system.ts'
import { validateRules } from '../well-formed.ts'
import { readsGroup } from './reads-group.ts'

/** A rule cut at its visit to the shared parts: links of the group, then of the shared parts, then of the group again. */
export interface Chain {
  readonly rule: number
  readonly before: readonly Link[]
  readonly shared: readonly Link[]
  readonly after: readonly Link[]
}

/**
 * @throws CheckerFault BAD_CHAIN when shared links do not stand next to each other, when a group link asks for the group
 * index, or when a rule without `kinds` has a group link.
 */
export function cutChain(rule: Rule, index: number): Chain {
  const first = rule.links.findIndex((link) => link.shared)
  const last = rule.links.findLastIndex((link) => link.shared)
  const before = first < 0 ? rule.links : rule.links.slice(0, first)
  const shared = first < 0 ? [] : rule.links.slice(first, last + 1)
  const after = first < 0 ? [] : rule.links.slice(last + 1)
  const stray = shared.find((link) => !link.shared)
  if (stray) {
    throw badChain(
      rule,
      `visits the shared parts twice (the group's ${stray.part} stands between them); put shared links together`,
    )
  }
  if (rule.kinds === undefined && before.length + after.length > 0) {
    throw badChain(rule, 'has links of a group but no kinds; name the kinds it applies to')
  }
  const nosy = [...before, ...after].find((link) => readsGroup(link))
  if (nosy) {
    throw badChain(rule, `lets the group's ${nosy.part} depend on the index of the group; only shared links may`)
  }
  return { rule: index, before, shared, after }
}

/** @throws CheckerFault BAD_SYSTEM for worlds that do not fit the groups, unknown parts, names used twice. */
export function validateSystem(system: System): void {
  const [first] = system.initial
  if (first === undefined) throw new CheckerFault('BAD_SYSTEM', 'The system has no initial world.')
  const names = [...system.rules, ...(system.synchronous ?? [])].map((rule) => rule.name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new CheckerFault('BAD_SYSTEM', `Two rules are named ${twice}.`)
  validateRules(system)
  const shapes = new Map<string, string>()
  const sharedShape = shape(first.shared)
  for (const world of system.initial) {
    if (world.groups.length !== system.groups.length) {
      throw new CheckerFault(
        'BAD_SYSTEM',
        `An initial world has ${world.groups.length} groups, the system ${system.groups.length}.`,
      )
    }
    if (shape(world.shared) !== sharedShape)
      throw new CheckerFault('BAD_SYSTEM', 'Initial worlds differ in their shared parts.')
    world.groups.forEach((parts, at) => {
      const { kind, name } = system.groups[at]!
      if (!shapes.has(kind)) shapes.set(kind, shape(parts))
      if (shapes.get(kind) !== shape(parts)) {
        throw new CheckerFault(
          'BAD_SYSTEM',
          `Group ${name} has parts ${shape(parts)}; others of kind ${kind} have ${shapes.get(kind)}.`,
        )
      }
    })
  }
  for (const { name, group, shared } of system.synchronous ?? []) {
    const inSome = (part: string): boolean => [...shapes.values()].some((parts) => parts.split(' ').includes(part))
    const stray =
      Object.keys(shared).find((part) => !sharedShape.split(' ').includes(part)) ??
      Object.keys(group).find((part) => shapes.size > 0 && !inSome(part))
    if (stray !== undefined)
      throw new CheckerFault('BAD_SYSTEM', `Rule ${name} advances part ${stray}, which no initial world has there.`)
  }
  for (const rule of system.rules) {
    for (const link of rule.links) {
      for (const kind of link.shared ? [undefined] : (rule.kinds ?? [])) {
        const known = kind === undefined ? sharedShape : shapes.get(kind)
        if (known !== undefined && !known.split(' ').includes(link.part)) {
          throw badChain(
            rule,
            `names part ${link.part}, which ${kind === undefined ? 'is not shared' : `kind ${kind} lacks`}`,
          )
        }
      }
    }
  }
}

function shape(parts: Readonly<Record<string, unknown>>): string {
  return Object.keys(parts).sort().join(' ')
}

function badChain(rule: Rule, what: string): CheckerFault {
  return new CheckerFault('BAD_CHAIN', `Rule ${rule.name} ${what}.`)
}
