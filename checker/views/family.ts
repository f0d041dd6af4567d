import { CheckerFault } from '../faults.ts'
import type { System, World } from '../system.ts'
import type { Counters } from './counters.ts'

/** One system for every number of groups: those of a kind are alike, and only what they share tells how many there are. */
export interface Family {
  /** At least one group of every kind. What its links answer must not depend on how many groups it lists. */
  readonly any: System
  /** The member with so many groups. Each is of a kind that `any` has, and begins as the groups of that kind do there. */
  readonly ofSize: (groups: number) => System
  /** How many groups the smallest member has. Default 1. */
  readonly from?: number
  /** Numbers in the shared parts that the number of groups does not bound. */
  readonly counters?: Counters
}

/** The first groups of a system; beyond these, further ones like its last. */
export function familyOf(system: System): Family {
  const ofSize = (groups: number): System => ({
    ...system,
    kinds: [...new Set(system.groups.map(({ kind }) => kind))],
    groups: Array.from({ length: groups }, (_, g) => ({ ...system.groups[place(system, g)]!, name: `group ${g + 1}` })),
    initial: system.initial.map((world) => ({
      ...world,
      groups: Array.from({ length: groups }, (_, g) => world.groups[place(system, g)]!),
    })),
  })
  return { any: system, ofSize }
}

const place = ({ groups }: System, g: number): number => Math.min(g, groups.length - 1)

/**
 * One group for each kind, and an initial world for each way that a group of that kind begins: all that one connection beside
 * the shared parts can begin with.
 * @throws CheckerFault BAD_SYSTEM for a system without groups, or with constraints
 */
export function representatives(system: System): System {
  if (system.groups.length === 0) throw new CheckerFault('BAD_SYSTEM', 'A system without groups has no number of them.')
  if (system.constraints !== undefined) {
    const why = 'constraints are asked world by world, not of every number of groups'
    throw new CheckerFault('BAD_SYSTEM', `The system has constraints; ${why}.`)
  }
  const kinds = [...new Set(system.groups.map(({ kind }) => kind))]
  const groups = kinds.map((kind) => system.groups.find((group) => group.kind === kind)!)
  const initial = system.initial.flatMap(({ shared, groups: parts }) => {
    const begins = kinds.map((kind) => parts.filter((_, g) => system.groups[g]!.kind === kind))
    const ways = Math.max(...begins.map(({ length }) => length))
    return Array.from(
      { length: ways },
      (_, way): World => ({
        shared,
        groups: begins.map((those) => those[Math.min(way, those.length - 1)]!),
      }),
    )
  })
  return { ...system, groups, initial }
}
