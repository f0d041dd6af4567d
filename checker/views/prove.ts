import type { Compiled } from '../compile/index.ts'
import type { Invariant, Property } from '../property.ts'
import { scopeOf } from '../scope.ts'
import { type Entry, isWitness } from '../search/record.ts'
import { askViews } from './ask.ts'
import type { Counters } from './counters.ts'
import { proveSums } from './declared-sums.ts'
import { proveLeadsToForEvery } from './leads-to.ts'
import { mayPair, Pairs } from './pairs.ts'
import type { EveryFinding } from './report.ts'
import { findSums, type Sum } from './sums.ts'
import type { Tabulated } from './tabulate.ts'
import { Recurrence } from './time-goes-on.ts'
import { ViewGraph } from './view-graph.ts'
import type { ViewSet } from './view-set.ts'
import { type Impossible, Views } from './views.ts'

/** What views prove of some properties. */
export interface Proof {
  readonly views: ViewSet
  readonly proved: ReadonlyMap<string, EveryFinding>
  /** Why nothing is proved. */
  readonly obstacle?: string
}

/** By views of one group, kept to the sums that were found. */
export function prove(
  tabulated: Tabulated,
  counters: Counters | undefined,
  properties: readonly Property[],
  shouldStop: () => boolean,
): Proof & { readonly views: Views; readonly sums: readonly Sum[] } {
  const { compiled, many } = tabulated
  const sums = findSums(compiled, counters, many)
  const views = new Views(compiled, sums, shouldStop)
  const nothing = { views, sums, proved: new Map<string, EveryFinding>() }
  if (!views.isFinished) return { ...nothing, obstacle: 'it was stopped before all views were found' }
  const [impossible] = views.impossible
  if (impossible !== undefined) return { ...nothing, obstacle: wordsOf(compiled, impossible) }
  return { views, sums, proved: proveAll(tabulated, views, properties) }
}

/** By views of two groups; `undefined` where these are too many, or show what is declared impossible. */
export function proveByPairs(
  tabulated: Tabulated,
  views: Views,
  properties: readonly Property[],
  shouldStop: () => boolean,
): Proof | undefined {
  if (!views.isFinished || !mayPair(tabulated.compiled)) return undefined
  const pairs = new Pairs(tabulated.compiled, views, shouldStop)
  if (!pairs.isFinished || pairs.impossible.length > 0) return undefined
  return { views: pairs, proved: proveAll(tabulated, pairs, properties) }
}

function wordsOf({ codec }: Compiled, { hub }: Impossible): string {
  const where = JSON.stringify(codec.hubParts(hub))
  return `views do not rule out a combination that is declared impossible, beside ${where}`
}

function proveAll(
  { compiled, isUnclear, part, many }: Tabulated,
  views: ViewSet,
  properties: readonly Property[],
): Map<string, EveryFinding> {
  const isWhole = (property: Property): boolean => scopeOf(compiled.system, property).of === 'every group'
  const entries = properties
    .filter((property) => property.kind !== 'leads-to' && !isWhole(property))
    .map((property): Entry => ({ property, exercised: false, hit: undefined }))
  const unclearly = { isUnclear, ...(part !== undefined && { part }) }
  const unclear = askViews(compiled, views, entries, unclearly)
  const proved = new Map<string, EveryFinding>()
  const holds = (property: string, verdict: EveryFinding['verdict']) =>
    proved.set(property, { property, verdict, forEvery: true })
  for (const entry of entries) {
    if (entry.hit !== undefined || unclear.has(entry)) continue
    holds(entry.property.id, isWitness(entry.property) ? 'not reached' : entry.exercised ? 'holds' : 'not applicable')
  }
  const isClear = ({ reads }: Property): boolean =>
    many === undefined || part === undefined || reads.shared?.includes(part) !== true
  const recurrence = new Recurrence(compiled, views)
  let made: ViewGraph | undefined
  const graph = (): ViewGraph => {
    made ??= new ViewGraph(compiled, views, recurrence)
    return made
  }
  for (const property of properties) {
    if (property.kind === 'leads-to') {
      const verdict = proveLeadsToForEvery(compiled, graph, property, recurrence, unclearly)
      if (verdict !== undefined) holds(property.id, verdict)
    } else if (isSummed(property) && isClear(property) && proveSums(compiled, views, property)) {
      holds(property.id, 'holds')
    }
  }
  return proved
}

const isSummed = (property: Property): property is Invariant =>
  property.kind === 'invariant' && property.sums !== undefined
