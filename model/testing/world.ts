/** A small bounded world: one client that connects, writes a byte and closes; a server that accepts and closes. */

import { seq } from '../sequence.ts'
import { initialWorld, type World } from '../world/parts.ts'
import type { Setting } from '../world/setting.ts'
import { type Event, events, type Model, modelOf, reduce, type Step } from '../world/world.ts'
import { stack } from './stack.ts'

type Changes = Partial<Omit<Setting, 'wire'>> & { readonly wire?: Partial<Setting['wire']> }

export const setting = ({ wire, ...rest }: Changes = {}): Setting => ({
  clientStack: stack(),
  serverStack: stack(),
  clients: [{ name: 'client', calls: ['send', 'close'], writes: 1, connects: 1, again: 'after any end' }],
  backlog: 1,
  alreadyQueued: 0,
  server: { accepts: true, calls: ['recv', 'close'], writes: 0 },
  wire: {
    loss: 0,
    duplication: 0,
    reordering: 0,
    forgery: 0,
    capacity: 2,
    expiry: 'delivered in time',
    forged: [],
    ...wire,
  },
  iss: { client: seq(500), server: seq(100), isnStep: 50 },
  history: false,
  ...rest,
})

/** Takes events by the names of their rules, the first choice of each; the last step. */
export const play = (s: Setting, ...names: readonly (string | Event)[]): Step => {
  const model = modelOf(s)
  const start: Step = { event: { rule: 'start', choice: 0 }, world: initialWorld(s), effects: [], note: '' }
  return names.reduce((step, name) => {
    if (typeof name !== 'string') return reduce(model, step.world, name)
    const rule = model.synchronous.some((r) => r.name === name)
      ? { rule: name, choice: 0 }
      : { rule: name, group: 0, choice: 0 }
    return reduce(model, step.world, rule)
  }, start)
}

/** Names of the rules that are enabled, each once. */
export const enabled = (s: Setting, world: World): string[] => [
  ...new Set(events(modelOf(s), world).map((e) => e.event.rule)),
]

/** All worlds within `depth` steps, by breadth-first search over `events`. */
export const explore = (model: Model, depth: number): World[] => {
  const found = new Map<string, World>(model.initial.map((w) => [JSON.stringify(w), w]))
  let level = [...found.values()]
  for (let d = 0; d < depth; d += 1) {
    const next: World[] = []
    for (const world of level)
      for (const step of events(model, world)) {
        const key = JSON.stringify(step.world)
        if (found.has(key)) continue
        found.set(key, step.world)
        next.push(step.world)
      }
    level = next
  }
  return [...found.values()]
}

/** Freezes a value and all it holds. */
export const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}
