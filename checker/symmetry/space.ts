import type { Compiled } from '../compile/index.ts'
import type { Property } from '../property.ts'
import { scopeOf } from '../scope.ts'
import type { Space } from '../search/space.ts'
import { OrbitExpander } from './expand.ts'
import { Orbits } from './orbits.ts'

/** Worlds up to renaming alike groups. */
export interface OrbitSpace extends Space {
  readonly orbits: Orbits
}

/** `apart`: a group that keeps its name. */
export function orbitSpace(compiled: Compiled, apart = -1): OrbitSpace {
  const orbits = new Orbits(compiled, apart)
  orbits.refuseIfTooLarge()
  return {
    orbits,
    size: orbits.size,
    columns: orbits.columns,
    initial: [...new Set(compiled.system.initial.map((world) => orbits.indexOf(world)))],
    outside: [],
    digits: (indices, count, into) => orbits.digits(indices, count, into),
    worlds: (indices, count) => orbits.worlds(indices, count),
    arrangements: (digits, at) => orbits.arrangements(digits, at),
    successors: (block, watch) => new OrbitExpander(compiled, orbits, block, watch),
    decode: (index) => orbits.decode(index),
  }
}

/**
 * Why the worlds must not be searched up to renaming groups, or `undefined` if they may. Groups of one kind are alike when
 * no shared link asks for their index and the initial worlds are closed under renaming. A property that is asked of each
 * group by itself does not tell them apart; fairness is a promise to each of them, which a multiset forgets.
 */
export function whyNotSymmetric(compiled: Compiled, properties: readonly Property[]): string | undefined {
  const { system } = compiled
  const leadsTo = properties.find(({ kind }) => kind === 'leads-to')
  if (leadsTo !== undefined)
    return `${leadsTo.id} is a leads-to property, and fairness is a promise to each group by itself`
  const whole = properties.find(
    (property) =>
      (property.kind === 'step' || property.kind === 'happens') && scopeOf(system, property).of === 'every group',
  )
  if (whole !== undefined) return `${whole.id} compares all groups before and after a step`
  return whyNotAlike(compiled)
}

/** Why no two groups of the system are alike, or `undefined` if some are. */
export function whyNotAlike(compiled: Compiled): string | undefined {
  const { closed, system } = compiled
  if (system.constraints !== undefined) return 'constraints are asked world by world'
  if (closed.kinds.every(({ groups }) => groups.length < 2)) return 'no two groups are of one kind'
  if (closed.asks.asks.some(({ walker }) => walker.usesGroup))
    return 'a shared part tells the groups apart by their index'
  if (new Orbits(compiled).size > Number.MAX_SAFE_INTEGER) return 'even up to renaming groups, the index is beyond 2^53'
  if (!isClosed(compiled)) return 'the initial worlds tell the groups apart'
  return undefined
}

/** Whether every renaming of an initial world is an initial world too. */
function isClosed(compiled: Compiled): boolean {
  const orbits = new Orbits(compiled)
  const weights = new Map<number, number>()
  for (const world of compiled.system.initial) {
    const index = orbits.indexOf(world)
    const digits = new Int32Array(orbits.groups + 1)
    orbits.digits(Float64Array.of(index), 1, digits)
    weights.set(index, orbits.weight(digits, 0))
  }
  const worlds = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  return worlds === new Set(compiled.initialDigits.map((digits) => digits.join())).size
}
