/**
 * Worlds as they run: what can happen now, and what a world is afterwards. Composed from the rules themselves; the checker
 * compiles the same rules, so there is no second meaning.
 */
import { serverTimeLeft } from '../listener/server.ts'
import { timeLeft } from '../socket/time.ts'
import { type Connection, initialWorld, type World } from './parts.ts'
import type { Link, Outcome, Rule, SynchronousRule } from './rule.ts'
import { rulesOf } from './rules.ts'
import type { Setting } from './setting.ts'
import { synchronousRulesOf } from './synchronous.ts'

/** One enabled instance of a rule. `choice` counts the outcomes that the rule has for this connection. */
export interface Event {
  readonly rule: string
  readonly group?: number
  readonly choice: number
}

export interface Step {
  readonly event: Event
  readonly world: World
  readonly effects: readonly string[]
  /** Words for people: which segment, which call. */
  readonly note: string
}

/** A bounded world as parts and rules: what `reduce` and `events` run, and what the checker explores. */
export interface Model {
  /** The setting as text: models of different settings may have the same parts and rules. */
  readonly identity: string
  readonly groups: readonly { readonly name: string; readonly kind: string }[]
  readonly rules: readonly Rule[]
  readonly synchronous: readonly SynchronousRule[]
  readonly initial: readonly World[]
  readonly isEnd: ((world: World) => boolean) & { readonly ofEach: (connection: Connection) => boolean }
}

export const modelOf = (setting: Setting): Model => ({
  identity: JSON.stringify(setting),
  groups: setting.clients.map((c, i) => ({ name: `connection ${i + 1}`, kind: c.name })),
  rules: rulesOf(setting),
  synchronous: synchronousRulesOf(setting),
  initial: [initialWorld(setting)],
  isEnd,
})

/** Nothing in flight and no timer running: whatever the states, nothing is owed. */
const isOver = ({ up, down, client, server }: Connection): boolean =>
  up.length === 0 && down.length === 0 && timeLeft(client.socket) === undefined && serverTimeLeft(server) === undefined

const isEnd = Object.assign((world: World): boolean => world.groups.every(isOver), { ofEach: isOver })

/** All that can happen in this world, in an order that never changes. */
export const events = (model: Model, world: World): Step[] => [
  ...model.rules.flatMap((rule) =>
    world.groups.flatMap((_, group) =>
      rule.kinds.includes(model.groups[group]!.kind)
        ? run(rule.links, world, group).map(({ world: next, effects, notes }, choice) => ({
            event: { rule: rule.name, group, choice },
            world: next,
            effects,
            note: notes.join(' '),
          }))
        : [],
    ),
  ),
  ...model.synchronous.flatMap((rule) => together(rule, world)),
]

/**
 * The world after an event.
 * @throws RangeError if the event is not enabled in this world.
 */
export const reduce = (model: Model, world: World, event: Event): Step => {
  const step = events(model, world).find(
    ({ event: e }) => e.rule === event.rule && e.group === event.group && e.choice === event.choice,
  )
  if (step === undefined) throw new RangeError(`event ${JSON.stringify(event)} is not enabled in this world`)
  return step
}

interface Partial {
  readonly world: World
  readonly label: unknown
  readonly effects: readonly string[]
  readonly notes: readonly string[]
}

/** A chain of links, from the first label to the last; every outcome of one link goes on into the next. */
const run = (links: readonly Link[], world: World, group: number): Partial[] =>
  links.reduce<Partial[]>(
    (partials, link) => partials.flatMap((p) => outcomes(link, p, group).map((o) => apply(link, p, group, o))),
    [{ world, label: undefined, effects: [], notes: [] }],
  )

const outcomes = (link: Link, p: Partial, group: number): readonly Outcome[] => {
  const part = link.shared
    ? p.world.shared[link.part as keyof World['shared']]
    : p.world.groups[group]![link.part as keyof Connection]
  return link.step(part, p.label, group)
}

const apply = (link: Link, p: Partial, group: number, o: Outcome): Partial => {
  if (o.impossible) throw new Error(`the model met what it calls impossible, in part ${link.part}`)
  const world = link.shared
    ? { ...p.world, shared: { ...p.world.shared, [link.part]: o.state } }
    : { ...p.world, groups: p.world.groups.map((c, i) => (i === group ? { ...c, [link.part]: o.state } : c)) }
  return {
    world,
    label: o.label,
    effects: [...p.effects, ...(o.effects ?? [])],
    notes: o.note === undefined ? p.notes : [...p.notes, o.note],
  }
}

/** A synchronous rule: every part takes it, or none does. */
const together = (rule: SynchronousRule, world: World): Step[] => {
  const advance = (parts: object, functions: SynchronousRule['group']): object | undefined => {
    const entries = Object.entries(parts).map(([name, state]) => [
      name,
      functions[name] ? functions[name](state) : state,
    ])
    return entries.some(([, state]) => state === undefined) ? undefined : Object.fromEntries(entries)
  }
  const shared = advance(world.shared, rule.shared)
  const groups = world.groups.map((c) => advance(c, rule.group))
  if (shared === undefined || groups.includes(undefined)) return []
  return [{ event: { rule: rule.name, choice: 0 }, world: { shared, groups } as World, effects: [], note: '' }]
}
