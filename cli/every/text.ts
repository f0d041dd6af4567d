/** A check of every number of clients, for people. */
import { modelOf, type ProfileName } from '../../model/index.ts'
import { type EveryAnswers, scenarioKernel, settingOfSize } from '../../properties/index.ts'
import { codeOf, counterexample, type Found } from '../check/counterexample.ts'
import { again, traceCommand } from '../check/reproduce.ts'
import { toShow } from '../check/text.ts'
import { count, seconds } from '../words/number.ts'
import type { Page } from '../words/page.ts'
import type { Paint } from '../words/paint.ts'
import { paragraph, unbroken } from '../words/paragraph.ts'
import { table } from '../words/table.ts'
import { fewer, method, sayingOf } from './words.ts'

/** A path in the member that shows it. */
export interface FoundInSize extends Found {
  readonly clients: number
}

export const foundInSizes = ({ asked }: EveryAnswers): FoundInSize[] =>
  asked.flatMap(({ property, finding }) => {
    const { verdict, path, smallest, group } = finding
    if (path === undefined || smallest === undefined || (verdict !== 'violated' && verdict !== 'reached')) return []
    const found = { property: property.id, verdict, path, ...(group !== undefined && { group }) }
    return [{ property, finding: found, path, clients: smallest }]
  })

export const everyText = (
  answers: EveryAnswers,
  kernel: ProfileName | undefined,
  only: readonly string[] | undefined,
  reproduce: string,
  page: Page,
): string => {
  const { scenario, report } = answers
  const paths = foundInSizes(answers)
  const shown = toShow(paths, only) as FoundInSize | undefined
  const world = scenarioKernel(scenario, kernel === undefined ? {} : { kernel })
  const parts = [
    [
      paragraph(page, `${page.paint('bold', scenario.name)}: `, scenario.shows, 2),
      paragraph(
        page,
        '  ',
        `any number of clients, each within the bounds of the scenario · ${world} · ${seconds(report.seconds)}`,
      ),
    ].join(''),
    verdicts(answers, page),
    `  How\n${method(report)
      .map((line) => paragraph(page, '      ', line))
      .join('')}`,
    ...(shown ? [drawn(answers, shown, page)] : []),
    ...others(answers, paths, shown, page),
    again(page, reproduce),
  ]
  return parts.join('\n')
}

const verdicts = ({ asked }: EveryAnswers, page: Page): string => {
  const rows = asked.map(({ property, finding }) => {
    const notes = [finding.reason, fewer(finding)].filter((note) => note !== undefined)
    const says = notes.length > 0 ? `${property.sentence} (${notes.join('; ')})` : property.sentence
    return [property.id, coloured(sayingOf(finding), finding.verdict, page.paint), says]
  })
  return table(['property', 'verdict', 'what it says'], rows, page)
}

const coloured = (saying: string, verdict: EveryAnswers['asked'][number]['finding']['verdict'], paint: Paint): string =>
  paint(verdict === 'violated' ? ['bold', 'red'] : verdict === 'holds' ? 'green' : 'yellow', saying)

const memberOf = ({ scenario, overrides }: EveryAnswers, clients: number) => {
  const setting = settingOfSize(scenario, overrides, clients)
  return { setting, model: modelOf(setting) }
}

const drawn = (answers: EveryAnswers, shown: FoundInSize, page: Page): string =>
  `With ${count(shown.clients, 'client')}:\n${counterexample(memberOf(answers, shown.clients), shown, page)}`

const others = (
  answers: EveryAnswers,
  paths: readonly FoundInSize[],
  shown: FoundInSize | undefined,
  page: Page,
): string[] => {
  const lines = paths.flatMap((found) => {
    if (found === shown) return []
    const { model } = memberOf(answers, found.clients)
    const overrides = { ...answers.overrides, clients: found.clients }
    const command = traceCommand(answers.scenario.name, overrides, codeOf({ model }, found))
    return [
      paragraph(page, `  ${found.property.id}, ${count(found.path.events.length, 'step')}: `, unbroken(command), 4),
    ]
  })
  return lines.length > 0 ? [`${page.paint('dim', 'Other paths')}\n${lines.join('')}`] : []
}
