/** Two kernel profiles beside each other: what both do alike, and the step on which they differ. */
import type { Event, ProfileName } from '../../model/index.ts'
import {
  type Comparison,
  compareProfiles,
  type Overrides,
  type Scenario,
  scenarioKernel,
} from '../../properties/index.ts'
import { type Trace, traceOf } from '../../traces/index.ts'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit, worst } from '../exit.ts'
import { type Io, writeJson } from '../io.ts'
import { scenarioOf } from '../options/names.ts'
import { type SearchOptions, searchFlags, searchOf } from '../options/search.ts'
import { checkWorld, overridesOf, type WorldOptions, worldFlags } from '../options/world.ts'
import { stepJson } from '../trace/json.ts'
import { lifelines } from '../trace/lifelines.ts'
import type { Page } from '../words/page.ts'
import { paragraph } from '../words/paragraph.ts'
import { endProgress } from '../words/progress.ts'
import { boundLine, countsLine } from './bounds.ts'
import { again, commandLine } from './reproduce.ts'

interface Options extends WorldOptions, SearchOptions {
  readonly property?: readonly string[]
  readonly remedies?: true
  readonly json?: true
}

/** Every world by itself; one difference is enough to exit 1. */
export const checkAgainst = (
  names: readonly string[],
  against: ProfileName,
  options: Options,
  context: Context,
): ExitCode => {
  const { io } = context
  const other = options.remedies ? '--remedies' : options.property ? '--property' : undefined
  if (names.length === 0 || other !== undefined) {
    const cause = other === undefined ? 'names no world to compare in' : 'asks something else'
    const remedy = 'halfopen check ghost-connection --kernel linux-6.18 --against linux-4.9'
    throw new UsageError({ code: 'E_OPTION', place: other ?? '--against', cause, remedy })
  }
  const { kernel: wanted, ...overrides } = overridesOf(options)
  const questions = names.map(scenarioOf).map((scenario) => {
    const kernel = wanted ?? scenarioKernel(scenario)
    return { scenario, kernel, against, overrides, search: options }
  })
  const compared = questions.map((question) => ({ question, comparison: compare(question, io) }))
  if (options.json) {
    const documents = compared.map(({ question, comparison }) => againstJson(question, comparison))
    writeJson(io, 'check-against', documents.length === 1 ? documents[0]! : { scenarios: documents })
  } else for (const { question, comparison } of compared) io.out(againstText(question, comparison, context))
  const differing = compared.find(({ comparison }) => comparison.difference !== undefined)?.question
  if (differing)
    hint(context, `halfopen explain ${differing.kernel} --diff ${against} tells in what they depart from each other`)
  return worst(compared.map(({ comparison }) => againstExit(comparison)))
}

interface AgainstQuestion {
  readonly scenario: Scenario
  readonly kernel: ProfileName
  readonly against: ProfileName
  readonly overrides: Omit<Overrides, 'kernel'>
  readonly search: SearchOptions
}

const compare = (question: AgainstQuestion, io: Io): Comparison => {
  const { scenario, kernel, against, overrides, search } = question
  for (const name of [kernel, against]) checkWorld(scenario, { ...overrides, kernel: name })
  try {
    return compareProfiles(scenario, [kernel, against], overrides, searchOf(search, io))
  } finally {
    endProgress(io)
  }
}

const againstExit = ({ report, difference }: Comparison): ExitCode => {
  if (difference !== undefined) return exit.violated
  if (report.bound === 'stopped') return exit.interrupted
  return report.exhausted ? exit.holds : exit.inconclusive
}

const againstCommand = ({ scenario, kernel, against, overrides, search }: AgainstQuestion): string =>
  commandLine(
    'check',
    scenario.name,
    ...worldFlags({ kernel, ...overrides }),
    '--against',
    against,
    ...searchFlags(search),
  )

/** A path as one profile takes it, without its last event and, where it can take that, with it. */
const toldBy = (comparison: Comparison, side: 0 | 1): { before: Trace; whole?: Trace } => {
  const { sides, difference } = comparison
  const { model } = sides[side]
  const { events, sides: lasts } = difference!
  const trace = (to: readonly Event[]): Trace => traceOf(model, { initial: 0, events: to })
  const before = trace(events.slice(0, -1))
  if (lasts[side] === undefined) return { before }
  return { before, whole: trace(events) }
}

const againstText = (question: AgainstQuestion, comparison: Comparison, page: Page): string => {
  const { paint } = page
  const { scenario, report, difference, sides } = comparison
  const last = again(page, againstCommand(question))
  const names = sides.map(({ kernel }) => kernel)
  const heading = (more = '') =>
    [
      paragraph(page, `${paint('bold', scenario.name)}: `, `${names[0]} and ${names[1]} on the same events`, 2),
      paragraph(page, '  explored  ', `${countsLine(report)}, of both at once${more}`),
    ].join('')
  if (difference === undefined) {
    const verdict = report.exhausted
      ? `${paint('green', 'no difference')}: they send, count and show the same whatever happens in this world`
      : `${paint('yellow', 'inconclusive')}: no difference so far`
    return [heading(`: ${boundLine(report, paint)}`), paragraph(page, '  ', verdict, 4), last].join('\n')
  }
  if (difference.events.length === 0) {
    const backlogs = sides.map(({ model, kernel }) => `${kernel} ${model.initial[0]!.shared.listener.backlog}`)
    const words = `${paint(['bold', 'red'], 'they differ')} at listen() already: backlog ${backlogs.join(', ')}`
    return [heading(), paragraph(page, '  ', words, 4), last].join('\n')
  }
  const { before } = toldBy(comparison, 0)
  const n = difference.events.length
  return [
    heading(),
    `${paint(['bold', 'red'], 'They differ')} in step ${n}${n === 1 ? ', the first.' : `. Until then both do this:`}\n`,
    ...(n === 1 ? [] : [lifelines(before, page)]),
    ...([0, 1] as const).map((side) => lastText(comparison, side, page)),
    last,
  ].join('\n')
}

const lastText = (comparison: Comparison, side: 0 | 1, page: Page): string => {
  const { kernel } = comparison.sides[side]
  const { whole } = toldBy(comparison, side)
  const n = comparison.difference!.events.length
  const words = `  ${page.paint('bold', kernel)} in step ${n}`
  return whole ? `${words}:\n\n${lifelines(whole, page, n - 1)}` : `${words}: nothing of the kind can happen there\n`
}

const againstJson = (question: AgainstQuestion, comparison: Comparison) => {
  const { scenario, report, difference, sides } = comparison
  return {
    scenario: scenario.name,
    kernel: sides[0].kernel,
    against: sides[1].kernel,
    ...(Object.keys(question.overrides).length > 0 && { overrides: question.overrides }),
    states: report.states,
    transitions: report.transitions,
    depth: report.depth,
    exhausted: report.exhausted,
    ...(report.bound && difference === undefined && { bound: report.bound }),
    seconds: report.seconds,
    verdict: difference ? 'differ' : report.exhausted ? 'alike' : 'inconclusive',
    ...(difference && {
      alike: toldBy(comparison, 0).before.steps.map(stepJson),
      differ: ([0, 1] as const).map((side) => ({
        kernel: sides[side].kernel,
        step: toldBy(comparison, side).whole?.steps.map(stepJson).at(-1) ?? null,
      })),
    }),
    reproduce: againstCommand(question),
  }
}
