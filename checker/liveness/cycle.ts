import type { Duty, FairComponent, FairComponents } from './fair.ts'

/** A step of a cycle: where to, and the fair instance that has to take it (-1: any). */
export interface CycleStep {
  readonly id: number
  readonly instance: number
}

/** A short cycle through a fair component that begins and ends in `entry` and does every duty on the way. */
export function fairCycle(fair: FairComponents, component: FairComponent): CycleStep[] {
  const { entry } = component
  const cycle: CycleStep[] = []
  let open = component.duties
  let at = entry
  const settle = (id: number, instance: number): void => {
    const enabled = new Set<number>()
    fair.fairSteps(id, (other) => enabled.add(other))
    open = open.filter((duty) => duty.instance !== instance && !(duty.weak && !enabled.has(duty.instance)))
  }
  const go = (steps: readonly CycleStep[]): void => {
    for (const step of steps) {
      cycle.push(step)
      settle(step.id, step.instance)
      at = step.id
    }
  }
  settle(entry, -1)
  for (let duty = open[0]; duty !== undefined; duty = open[0]) {
    go(nearest(fair, component, at, (id) => goalOf(fair, component, id, duty)))
  }
  if (at !== entry || cycle.length === 0) {
    go(nearest(fair, component, at, (id, steps) => (id === entry && steps > 0 ? [] : undefined)))
  }
  return cycle
}

/** The steps that finish a duty from this world: none if it is done by being here, `undefined` if it cannot be done here. */
function goalOf(fair: FairComponents, { mark }: FairComponent, id: number, duty: Duty): CycleStep[] | undefined {
  let enabled = false
  let taken = -1
  fair.fairSteps(id, (instance, target) => {
    if (instance !== duty.instance) return
    enabled = true
    if (fair.marks[target] === mark) taken = target
  })
  if (taken >= 0) return [{ id: taken, instance: duty.instance }]
  return duty.weak && !enabled ? [] : undefined
}

/** A shortest walk inside the component to the nearest world with a goal, then the goal's own steps. */
function nearest(
  { graph: { edges, targets }, marks }: FairComponents,
  { mark }: FairComponent,
  start: number,
  goal: (id: number, steps: number) => CycleStep[] | undefined,
): CycleStep[] {
  const before = new Map<number, number>()
  let layer = [start]
  for (let steps = 0; layer.length > 0; steps++) {
    const next: number[] = []
    for (const id of layer) {
      const rest = goal(id, steps)
      if (rest !== undefined) return [...trace(before, start, id, steps), ...rest]
      for (let e = edges[id]!; e < edges[id + 1]!; e++) {
        const target = targets[e]!
        if (marks[target] !== mark || before.has(target)) continue
        before.set(target, id)
        next.push(target)
      }
    }
    layer = next
  }
  throw new Error('A component is strongly connected; this cannot happen.')
}

function trace(before: ReadonlyMap<number, number>, start: number, end: number, steps: number): CycleStep[] {
  const walk: CycleStep[] = []
  for (let id = end, left = steps; left > 0; left--) {
    walk.unshift({ id, instance: -1 })
    id = before.get(id) ?? start
  }
  return walk
}
