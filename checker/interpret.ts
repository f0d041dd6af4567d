/** The plain meaning of a system: what can happen in a world, and what an event does. The compiled search must agree with it. */
import { CheckerFault } from './faults.ts'
import type { State, System, World } from './system.ts'
import { type Event, isImpossible, type Label, type Rule, type Step, type SynchronousRule } from './system.ts'

/**
 * Every step that is possible in this world, in a fixed order: rules as listed; for each rule the groups it applies to;
 * for each group the outcomes depth first through the chain; synchronous rules last. A step may lead back to the same world.
 * @throws CheckerFault IMPOSSIBLE_MET when a link declares this world impossible.
 */
export function events(system: System, world: World): Step[] {
  const steps: Step[] = []
  for (const rule of system.rules) {
    if (rule.kinds === undefined) collectSteps(rule, undefined, world, steps)
    else {
      system.groups.forEach((group, index) => {
        if (rule.kinds?.includes(group.kind)) collectSteps(rule, index, world, steps)
      })
    }
  }
  for (const rule of system.synchronous ?? []) {
    const next = together(rule, world)
    if (next === undefined) continue
    steps.push({ event: { rule: rule.name, choice: 0 }, world: next, effects: rule.effects ?? [], note: '' })
  }
  return steps
}

/**
 * Takes one step.
 * @throws CheckerFault BAD_PATH when the event is not enabled in this world.
 */
export function reduce(system: System, world: World, event: Event): Step {
  const step = events(system, world).find(({ event: e }) => sameEvent(e, event))
  if (step !== undefined) return step
  const group = event.group === undefined ? '' : ` of ${system.groups[event.group]?.name ?? `group ${event.group}`}`
  throw new CheckerFault('BAD_PATH', `${event.rule}${group} (choice ${event.choice}) is not enabled in this world.`)
}

export function sameEvent(a: Event, b: Event): boolean {
  return a.rule === b.rule && a.group === b.group && a.choice === b.choice
}

function collectSteps(rule: Rule, group: number | undefined, start: World, steps: Step[]): void {
  let choice = 0
  const follow = (
    at: number,
    world: World,
    label: Label,
    effects: readonly string[],
    notes: readonly string[],
  ): void => {
    const link = rule.links[at]
    if (link === undefined) {
      const event = group === undefined ? { rule: rule.name, choice } : { rule: rule.name, group, choice }
      steps.push({ event, world, effects, note: notes.join(', ') })
      choice++
      return
    }
    const outcomes = link.step(readPart(world, link.part, link.shared ? undefined : group), label, group ?? -1)
    if (isImpossible(outcomes)) throw impossible(rule, link.part, world)
    for (const outcome of outcomes) {
      follow(
        at + 1,
        writePart(world, link.part, link.shared ? undefined : group, outcome.state),
        outcome.label,
        outcome.effects?.length ? [...effects, ...outcome.effects] : effects,
        outcome.note ? [...notes, outcome.note] : notes,
      )
    }
  }
  follow(0, start, undefined, [], [])
}

function together(rule: SynchronousRule, world: World): World | undefined {
  const shared = advance(rule.shared, world.shared)
  if (shared === undefined) return undefined
  const groups: World['groups'][number][] = []
  for (const group of world.groups) {
    const next = advance(rule.group, group)
    if (next === undefined) return undefined
    groups.push(next)
  }
  return { shared, groups }
}

function advance(functions: SynchronousRule['group'], parts: Readonly<Record<string, State>>) {
  const next: Record<string, State> = {}
  for (const [name, state] of Object.entries(parts)) {
    const step = functions[name]
    const after = step === undefined ? state : step(state)
    if (after === undefined) return undefined
    next[name] = after
  }
  return next
}

function readPart(world: World, part: string, group: number | undefined): State {
  const parts = group === undefined ? world.shared : world.groups[group]
  if (parts === undefined || !(part in parts))
    throw new CheckerFault('BAD_SYSTEM', `No part named ${part} in this world.`)
  return parts[part]
}

function writePart(world: World, part: string, group: number | undefined, state: State): World {
  if (group === undefined) return { ...world, shared: { ...world.shared, [part]: state } }
  return { ...world, groups: world.groups.map((parts, i) => (i === group ? { ...parts, [part]: state } : parts)) }
}

function impossible(rule: Rule, part: string, world: World): CheckerFault {
  const where = JSON.stringify(world)
  return new CheckerFault(
    'IMPOSSIBLE_MET',
    `Rule ${rule.name} met a state of ${part} declared impossible, in ${where}.`,
  )
}
