/** What a setting changes, in words. */
import { type Effect, effectsOf, propertyNamed } from '../../properties/index.ts'

/** Where it is seen: a scenario and what is asked there, or what is played. */
export const seenIn = (effect: Effect): string =>
  'plays' in effect ? 'played' : `${effect.scenario}, ${effect.property}`

export const sentence = (effect: Effect): string =>
  'plays' in effect ? effect.plays : (propertyNamed(effect.property)?.sentence ?? '')

/** Value by value. */
export const outcomes = (effect: Effect): string =>
  effect.values.map(({ value, gives }) => `with ${value}: ${gives}`).join('; ')

/** `effect`: one line for each world that shows it. */
export const effectLines = (knob: string): { effect?: Readonly<Record<string, string>> } => {
  const lines = effectsOf(knob).map((e) => [seenIn(e), `${sentence(e)} ${outcomes(e)}`] as const)
  return lines.length > 0 ? { effect: Object.fromEntries(lines) } : {}
}
