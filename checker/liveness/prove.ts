import type { Compiled } from '../compile/index.ts'
import type { LeadsTo } from '../property.ts'
import type { CheckOptions } from '../report.ts'
import { askedOf, scopeOf } from '../scope.ts'
import { breadthFirst } from '../search/bfs.ts'
import type { Bounds } from '../search/bounds.ts'
import type { Entry } from '../search/record.ts'
import { OrbitExpander } from '../symmetry/expand.ts'
import { orbitSpace, whyNotAlike } from '../symmetry/space.ts'
import { isKept } from './decide.ts'
import { buildGraph } from './graph.ts'

/** A leads-to property and the groups it is asked of (-1: of the shared parts), one of each kind. */
interface Question {
  readonly entry: Entry
  readonly property: LeadsTo
  readonly groups: readonly number[]
}

/**
 * Proves leads-to properties that hold even without the promises of fairness made to groups that are alike to others. A
 * property is asked of one group of each kind, which keeps its name while the others are searched up to renaming: every
 * fair run is still there, so what no run breaks here holds. What some run breaks is left open: it may be an unfair one.
 */
export function proveLeadsTo(
  compiled: Compiled,
  entries: readonly Entry[],
  { maxStates, maxDepth }: CheckOptions,
  bounds: Bounds,
): void {
  if (maxStates !== undefined || maxDepth !== undefined) return
  const asked = entries.flatMap((entry) => questionOf(compiled, entry))
  if (asked.length === 0 || whyNotAlike(compiled) !== undefined) return
  const open = new Set(asked)
  const given = new Set<Question>()
  for (const apart of new Set(asked.flatMap(({ groups }) => groups))) {
    const here = [...open].filter(({ groups }) => groups.includes(apart))
    if (here.length === 0) continue
    const isKeptHere = keeper(compiled, apart, bounds)
    for (const question of here) {
      const found = isKeptHere?.(question.property)
      if (!found?.kept) open.delete(question)
      else if (found.given) given.add(question)
    }
  }
  for (const question of open) {
    question.entry.proved = given.has(question) ? 'holds' : 'not applicable'
    question.entry.exercised = given.has(question)
  }
}

function questionOf({ closed, system }: Compiled, entry: Entry): Question[] {
  const { property } = entry
  if (property.kind !== 'leads-to') return []
  const scope = scopeOf(system, property)
  if (scope.of === 'every group') return []
  const groups = askedOf(scope).filter((group) => group < 0 || closed.kinds.some((kind) => kind.groups[0] === group))
  return [{ entry, property, groups }]
}

/** Decides for the group that is kept apart; `undefined` when nothing would be gained, or a bound was hit. */
function keeper(
  compiled: Compiled,
  apart: number,
  bounds: Bounds,
): ((property: LeadsTo) => ReturnType<typeof isKept>) | undefined {
  const space = orbitSpace(compiled, apart)
  if (space.orbits.classes.every(({ size }) => size === 1)) return undefined
  const searched = breadthFirst(compiled, [], {}, bounds, space)
  const graph = searched.exhausted ? buildGraph(compiled, searched, bounds) : undefined
  const { expander } = searched
  if (graph === undefined || (expander instanceof OrbitExpander && expander.renames)) return undefined
  return (property) => isKept(compiled, searched, graph, property, apart)
}
