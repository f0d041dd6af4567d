/** A scenario's world for every number of clients. */
import type { Family, System } from '../../checker/index.ts'
import { type ClientBehaviour, type Listener, modelOf, type Setting } from '../../model/index.ts'
import { type Overrides, type Scenario, settingOf } from '../scenario.ts'

/** What may be changed of it: everything but the number of clients. */
export type AnyOverrides = Omit<Overrides, 'clients'>

/** The world of any number of clients, each of a kind that the scenario has. */
export const settingOfAny = (scenario: Scenario, overrides: AnyOverrides = {}): Setting => {
  const setting = settingOf(scenario, overrides)
  return { ...setting, clients: pretended(setting), anyNumber: true }
}

/** The member with `clients` clients: the first ones of the scenario, then further ones like its last. */
export const settingOfSize = (scenario: Scenario, overrides: AnyOverrides, clients: number): Setting =>
  settingOf(scenario, { ...overrides, clients })

export const familyOfScenario = (scenario: Scenario, overrides: AnyOverrides = {}): Family => {
  const any = settingOfAny(scenario, overrides)
  return {
    any: withOthers(modelOf(any), any),
    ofSize: (clients) => modelOf(settingOfSize(scenario, overrides, clients)),
    counters: {
      part: 'listener',
      names: ['young requests', 'old requests'],
      read: ({ young, requests }: Listener) => [young, requests - young],
      write: (l: Listener, [young = 0, old = 0]: readonly number[]) => ({ ...l, young, requests: young + old }),
      many: any.backlog + 2,
    },
  }
}

/**
 * Children of others that wait in the accept queue from the beginning leave it first: how many are left is worth knowing where
 * each place is to be accounted for. A part that no rule reads.
 */
export const withOthers = (model: System, { alreadyQueued }: Setting): System => {
  if (alreadyQueued === 0) return model
  const next = (rule: string): ((others: number) => number) | undefined => {
    if (rule === 'accept') return (others) => Math.max(0, others - 1)
    return rule.endsWith(' the listener') ? () => 0 : undefined
  }
  return {
    ...model,
    synchronous: (model.synchronous ?? []).map((rule) => {
      const others = next(rule.name)
      return others ? { ...rule, shared: { ...rule.shared, others } } : rule
    }),
    initial: model.initial.map((world) => ({ ...world, shared: { ...world.shared, others: alreadyQueued } })),
  }
}

/**
 * The model calls an accept queue impossible that holds more than the clients of its setting can fill. With so many of them,
 * only a queue that nothing else bounds comes to that.
 */
const pretended = ({ clients, backlog, alreadyQueued }: Setting): ClientBehaviour[] => {
  const kinds = [...new Map(clients.map((client) => [client.name, client])).values()]
  return Array.from({ length: 8 + 2 * (backlog + alreadyQueued) }, (_, i) => kinds[i % kinds.length]!)
}
