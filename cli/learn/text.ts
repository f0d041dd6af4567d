/** What was learnt, as it is read. */
import type { Difference, Learnt } from '../../traces/learn/index.ts'
import { count, grouped, seconds } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import { dotted, paragraph } from '../words/paragraph.ts'

export interface Told {
  readonly target: string
  readonly guides: readonly string[]
  readonly learnt: Learnt
  readonly seconds: number
  readonly seed: number
}

export const learntText = ({ target, guides, learnt, seed, ...told }: Told, page: Page): string => {
  const { machine, queries, steps, tests, rounds, repeated, stopped } = learnt
  const [states, inputs] = [machine.states.length, machine.inputs.length]
  const size = [
    count(states, 'state'),
    count(inputs, 'input'),
    count(states * inputs, 'transition'),
    ...(stopped ? ['interrupted before all words were tried: there may be more'] : []),
  ]
  const effort = [
    count(queries, 'query', 'queries'),
    count(steps, 'step'),
    count(tests, 'test'),
    count(rounds, 'machine'),
    `${grouped(repeated)} asked again`,
    seconds(told.seconds),
  ]
  return [
    paragraph(page, `${page.paint('bold', target)}: `, dotted(size), 2),
    paragraph(page, '  asked: ', dotted(effort), 4),
    paragraph(
      page,
      '  first: ',
      `what tells the states of ${guides.join(' and of ')} apart; last: random words of seed ${seed}`,
      4,
    ),
  ].join('')
}

export const differencesText = (found: readonly Difference[], target: string, other: string, page: Page): string => {
  if (found.length === 0) return paragraph(page, '', `No word parts ${target} and ${other}.`)
  const pairs = found.reduce((sum, d) => sum + d.pairs, 0)
  const head = `${target} and ${other} part in ${count(found.length, 'way')} (${count(pairs, 'pair')} of states), each by its shortest word:`
  return [paragraph(page, '', head), ...found.map((d) => differenceText(d, target, other, page))].join('')
}

const differenceText = (
  { word, learnt, other: its, pairs, confirmed }: Difference,
  ...rest: [string, string, Page]
) => {
  const [target, other, page] = rest
  const more = [count(pairs, 'pair'), ...(confirmed ? [] : ['asked again, it was answered otherwise: not believed'])]
  return [
    `\n`,
    paragraph(page, '  ', page.paint('bold', word.join(' ')), 4),
    paragraph(page, `    ${target}: `, learnt.at(-1)!, 6),
    paragraph(page, `    ${other}: `, its.at(-1)!, 6),
    paragraph(page, '    ', dotted(more), 6),
  ].join('')
}
