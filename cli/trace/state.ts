/** A whole world in words, a line per connection and one for what they share. */
import type { World } from '../../model/index.ts'
import { type Fact, factsOf } from '../../traces/index.ts'
import { wrapped } from '../words/table.ts'

const said = ({ what, value }: Fact): string => `${what} ${value}`

export const stateLines = (world: World): string[] => {
  const facts = factsOf(world).filter(({ quiet, what, value }) => !quiet && !(value === 0 && what.endsWith(' left')))
  const ofConnections = world.groups.map((_, i) => facts.filter(({ connection }) => connection === i + 1))
  const shared = facts.filter(({ connection }) => connection === undefined)
  return [
    ...ofConnections.flatMap((own, i) => factLines(`connection ${i + 1}: `, own)),
    ...factLines('shared: ', shared),
  ]
}

const WIDTH = 100
const NO_BREAK = '\u00a0'

/** As many lines as it takes; no fact is torn apart. */
export const factLines = (head: string, facts: readonly Fact[]): string[] => {
  const texts = facts.map((fact) => said(fact).replaceAll(' ', NO_BREAK))
  return `${head}${wrapped(texts.join(' · '), WIDTH, '    ')}`.replaceAll(NO_BREAK, ' ').split('\n')
}
