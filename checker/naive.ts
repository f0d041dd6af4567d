/** The oracle of the tests: breadth-first search over whole worlds and a set of texts, properties by brute force. Slow. */
import { canonicalKey } from './canonical.ts'
import { admits, permits } from './constraint.ts'
import { events } from './interpret.ts'
import { violatesLeadsTo } from './naive-leads-to.ts'
import type { Property, Verdict } from './property.ts'
import { askedOf, concernsRule, scopeOf, viewOfWorld } from './scope.ts'
import type { Step, System, World } from './system.ts'

export interface NaiveNode {
  readonly world: World
  readonly depth: number
  /** `to` is `CUT` where a constraint cuts the step or the world behind it off. */
  readonly steps: readonly { readonly step: Step; readonly to: number }[]
}

const CUT = -1

export interface NaiveFinding {
  readonly property: string
  readonly verdict: Verdict
  /** Steps of the shortest counterexample or witness. */
  readonly length?: number
}

export interface NaiveReport {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly deadlocks: number
  readonly findings: readonly NaiveFinding[]
}

/** The whole reachable graph, in the order of discovery. `expand` says what follows a world, `cuts` where not to go on. */
export function exploreNaively<Found extends { readonly world: World }>(
  initial: readonly World[],
  expand: (world: World) => readonly Found[],
  cuts: (before: World, step: Found) => boolean = () => false,
): { world: World; depth: number; steps: { step: Found; to: number }[] }[] {
  const ids = new Map<string, number>()
  const nodes: { world: World; depth: number; steps: { step: Found; to: number }[] }[] = []
  const add = (world: World, depth: number): number => {
    const key = canonicalKey(world)
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, nodes.length)
    nodes.push({ world, depth, steps: [] })
    return nodes.length - 1
  }
  for (const world of initial) add(world, 0)
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!
    for (const step of expand(node.world)) {
      node.steps.push({ step, to: cuts(node.world, step) ? CUT : add(step.world, node.depth + 1) })
    }
  }
  return nodes
}

/** Explores everything and decides every property, the plain way. */
export function checkNaively(system: System, properties: readonly Property[]): NaiveReport {
  const nodes = exploreNaively(
    system.initial.filter((world) => admits(system, world)),
    (world) => events(system, world),
    (before, step) => !permits(system, before, step) || !admits(system, step.world),
  )
  const stuck = nodes.filter(({ world, steps }) => {
    const key = canonicalKey(world)
    return steps.every(({ step }) => canonicalKey(step.world) === key) && !(system.isEnd?.(world) ?? false)
  })
  return {
    states: nodes.length,
    transitions: nodes.reduce((sum, { steps }) => sum + steps.length, 0),
    depth: nodes.at(-1)!.depth,
    deadlocks: stuck.length,
    findings: properties.map((property) => decideNaively(system, property, nodes)),
  }
}

/** Worlds that constraints cut off: seen by properties of worlds, and nothing follows them. */
function cutOff(system: System, nodes: readonly NaiveNode[]): NaiveNode[] {
  if (system.constraints === undefined) return []
  const outside = system.initial
    .filter((world) => !admits(system, world))
    .map((world) => ({ world, depth: 0, steps: [] }))
  return [
    ...outside,
    ...nodes.flatMap(({ steps, depth }) =>
      steps.filter(({ to }) => to === CUT).map(({ step }) => ({ world: step.world, depth: depth + 1, steps: [] })),
    ),
  ]
}

function decideNaively(system: System, property: Property, nodes: readonly NaiveNode[]): NaiveFinding {
  const scope = scopeOf(system, property)
  const view = (world: World, group: number) => viewOfWorld(scope, group, world)
  let exercised = false
  let shortest: number | undefined
  const hit = (length: number): void => {
    shortest = Math.min(shortest ?? length, length)
  }
  for (const group of askedOf(scope)) {
    if (property.kind === 'leads-to') {
      const status = nodes.map(({ world }) => ({
        given: property.given(view(world, group)),
        done: property.then(view(world, group)),
      }))
      exercised ||= status.some(({ given }) => given)
      if (violatesLeadsTo(system, nodes, status, property.alsoFair ?? [])) hit(0)
      continue
    }
    for (const { world, depth, steps } of [...nodes, ...cutOff(system, nodes)]) {
      if (property.kind === 'reachable') {
        if (property.when(view(world, group))) hit(depth)
      } else if (property.kind === 'invariant') {
        if (property.given?.(view(world, group)) === false) continue
        exercised = true
        if (!property.then(view(world, group))) hit(depth)
      } else {
        for (const { step } of steps) {
          const { rule, group: actor } = step.event
          if (!concernsRule(system, scope, rule)) continue
          if (group >= 0 && actor !== undefined && actor !== group) continue
          const { effects } = step
          const seen = { before: view(world, group), after: view(step.world, group), rule, effects }
          if (property.kind === 'happens') {
            if (property.when(seen)) hit(depth + 1)
          } else if (property.given?.(seen) !== false) {
            exercised = true
            if (!property.then(seen)) hit(depth + 1)
          }
        }
      }
    }
  }
  const witness = property.kind === 'reachable' || property.kind === 'happens'
  if (shortest !== undefined) {
    const length = property.kind === 'leads-to' ? {} : { length: shortest }
    return { property: property.id, verdict: witness ? 'reached' : 'violated', ...length }
  }
  return { property: property.id, verdict: witness ? 'not reached' : exercised ? 'holds' : 'not applicable' }
}
