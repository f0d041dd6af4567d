/** What a step changed, and nothing else. */
import type { World } from '../../model/index.ts'
import { type Fact, factsOf } from './facts.ts'

/** `from` or `to` is absent where the thing itself came or went. */
export interface Change {
  readonly what: string
  readonly part: Fact['part']
  readonly connection?: number
  readonly from?: string | number
  readonly to?: string | number
  /** A number of the TCB that came or went with it: left out where people read. */
  readonly minor: boolean
}

const keyOf = ({ what, connection }: Fact): string => `${connection ?? 0} ${what}`

export const changesBetween = (before: World, after: World): Change[] => {
  const was = new Map(factsOf(before).map((fact) => [keyOf(fact), fact]))
  const is = new Map(factsOf(after).map((fact) => [keyOf(fact), fact]))
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => change(was.get(key), is.get(key)))
}

const change = (was: Fact | undefined, is: Fact | undefined): Change[] => {
  if (was?.value === is?.value) return []
  const { what, part, connection, detail = false, quiet = false } = (is ?? was)!
  return [
    {
      what,
      part,
      ...(connection !== undefined && { connection }),
      ...(was && { from: was.value }),
      ...(is && { to: is.value }),
      minor: quiet || (detail && (was === undefined || is === undefined)),
    },
  ]
}

/** `accept queue 1 → 2`. */
export const changeText = ({ what, from, to }: Change): string => {
  if (from === undefined) return `${what}: ${to}`
  return to === undefined ? `${what} gone (was ${from})` : `${what} ${from} → ${to}`
}
