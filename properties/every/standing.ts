/** What is pinned of a property in a scenario's world, for its own number of clients and for every number. */
import type { Verdict } from '../../checker/index.ts'
import { pins } from '../pins.ts'
import { type Scenario, settingOf } from '../scenario.ts'
import { everyPins } from './pins.ts'

export interface Standing {
  readonly clients: number
  /** Of the whole world of so many clients. */
  readonly states: number
  readonly verdict: Verdict
  /** As `verdictOfEvery` says it; absent where it has not been asked. */
  readonly every?: string
}

/** `undefined` where the scenario does not ask the property. */
export const standingOf = (scenario: Scenario, id: string): Standing | undefined => {
  const pin = pins[scenario.name]
  const verdict = pin?.verdicts[id]
  if (pin === undefined || verdict === undefined) return undefined
  const every = everyPins[scenario.name]?.[id]
  const clients = settingOf(scenario).clients.length
  return { clients, states: pin.states, verdict, ...(every !== undefined && { every }) }
}

/** `holds for 2 clients (3,310,943 states), and for every number`. */
export const standingInWords = ({ clients, states, verdict, every }: Standing): string => {
  const here = `${verdict} for ${clients} ${clients === 1 ? 'client' : 'clients'} (${states.toLocaleString('en')} states)`
  if (every === undefined) return here
  if (every === verdict) return `${here}, and for every number`
  if (every === 'not decided') return `${here}; not decided for every number`
  const [said, number] = every.split(' with ')
  if (number === undefined) return `${here}; ${every} for every number`
  return said === verdict ? `${here}; first with ${number}` : `${here}, but ${every}`
}
