import type { NaiveNode } from './naive.ts'
import type { System } from './system.ts'

interface Status {
  readonly given: boolean
  readonly done: boolean
}

/**
 * Whether some fair run meets *given* and never *then* afterwards, straight from the definition: a set of worlds without
 * *then*, each reachable from each inside it (or a single one), in which a run can stay for ever without breaking fairness.
 */
export function violatesLeadsTo(
  system: System,
  nodes: readonly NaiveNode[],
  status: readonly Status[],
  alsoFair: readonly string[],
): boolean {
  const fairness = new Map<string, 'weak' | 'strong'>()
  for (const { name, fairness: promised = 'none' } of [...system.rules, ...(system.synchronous ?? [])]) {
    if (promised !== 'none') fairness.set(name, promised)
    else if (alsoFair.includes(name)) fairness.set(name, 'weak')
  }
  const starts = status.flatMap(({ given, done }, id) => (given && !done ? [id] : []))
  const inside = new Set(status.flatMap(({ done }, id) => (done ? [] : [id])))
  const region = forward(nodes, starts, inside)
  return anyFair(nodes, region, fairness)
}

function anyFair(
  nodes: readonly NaiveNode[],
  region: ReadonlySet<number>,
  fairness: Map<string, 'weak' | 'strong'>,
): boolean {
  const seen = new Set<number>()
  for (const id of region) {
    if (seen.has(id)) continue
    const back = backward(nodes, id, region)
    const together = new Set([...forward(nodes, [id], region)].filter((other) => back.has(other)))
    for (const member of together) seen.add(member)
    // A run may also stand still in any single world of the set.
    if ([...together].some((member) => brokenIn(nodes, new Set([member]), fairness).length === 0)) return true
    const broken = brokenIn(nodes, together, fairness)
    if (broken.length === 0) return true
    if (broken.some(({ strong }) => !strong)) continue
    const rest = [...together].filter((member) => {
      const enabled = changes(nodes, member).map(({ instance }) => instance)
      return !broken.some(({ instance }) => enabled.includes(instance))
    })
    if (anyFair(nodes, new Set(rest), fairness)) return true
  }
  return false
}

/** The fair instances that a run inside the set for ever would neglect. */
function brokenIn(nodes: readonly NaiveNode[], set: ReadonlySet<number>, fairness: Map<string, 'weak' | 'strong'>) {
  const instances = new Map<string, { enabledIn: number; taken: boolean; strong: boolean }>()
  for (const id of set) {
    const here = new Set<string>()
    for (const { instance, rule, to } of changes(nodes, id)) {
      const promised = fairness.get(rule)
      if (promised === undefined) continue
      const use = instances.get(instance) ?? { enabledIn: 0, taken: false, strong: promised === 'strong' }
      instances.set(instance, use)
      if (!here.has(instance)) use.enabledIn++
      here.add(instance)
      use.taken ||= set.has(to)
    }
  }
  return [...instances].flatMap(([instance, { enabledIn, taken, strong }]) =>
    !taken && (strong ? enabledIn > 0 : enabledIn === set.size) ? [{ instance, strong }] : [],
  )
}

function changes(nodes: readonly NaiveNode[], id: number) {
  return nodes[id]!.steps.filter(({ to }) => to !== id).map(({ step, to }) => ({
    instance: `${step.event.rule} ${step.event.group ?? ''}`,
    rule: step.event.rule,
    to,
  }))
}

/** Everything reachable from the starts (themselves included) without leaving the set. */
function forward(nodes: readonly NaiveNode[], starts: readonly number[], inside: ReadonlySet<number>): Set<number> {
  const reached = new Set(starts)
  for (const id of reached) {
    for (const { to } of nodes[id]!.steps) if (inside.has(to)) reached.add(to)
  }
  return reached
}

/** Everything from which the target can be reached inside the set. */
function backward(nodes: readonly NaiveNode[], target: number, inside: ReadonlySet<number>): Set<number> {
  const before = new Map<number, number[]>()
  for (const id of inside) for (const { to } of nodes[id]!.steps) before.set(to, [...(before.get(to) ?? []), id])
  const reached = new Set([target])
  for (const id of reached) for (const from of before.get(id) ?? []) reached.add(from)
  return reached
}
