/** A whole world in words, a line per connection and one for what they share. */
import type { World } from '../../model/index.ts'
import { type Fact, factsOf } from '../../traces/index.ts'
import type { Page } from '../words/page.ts'
import { dotted, paragraph } from '../words/paragraph.ts'

const said = ({ what, value }: Fact): string => `${what} ${value}`

/** @param indent characters before each line */
export const stateText = (world: World, indent: number, page: Page): string => {
  const facts = factsOf(world).filter(({ quiet, what, value }) => !quiet && !(value === 0 && what.endsWith(' left')))
  const ofConnections = world.groups.map((_, i) => facts.filter(({ connection }) => connection === i + 1))
  const shared = facts.filter(({ connection }) => connection === undefined)
  return [
    ...ofConnections.map((own, i) => factsText(`connection ${i + 1}: `, own, indent, page)),
    factsText('shared: ', shared, indent, page),
  ].join('')
}

/** As many lines as it takes; no fact is torn apart. */
export const factsText = (head: string, facts: readonly Fact[], indent: number, page: Page): string =>
  paragraph(page, ' '.repeat(indent) + head, dotted(facts.map(said)), indent + 4)
