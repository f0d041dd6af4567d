/** `halfopen check --clients any`: a verdict for every number of clients. */
import type { EveryOptions } from '../../checker/index.ts'
import {
  type AnyOverrides,
  askForEvery,
  type EveryAnswers,
  everyPins,
  type Scenario,
  scenarios,
  verdictsOfEvery,
} from '../../properties/index.ts'
import { commandLine } from '../check/reproduce.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit, worst } from '../exit.ts'
import { type Io, isInterrupted, writeJson } from '../io.ts'
import type { CheckpointFlags } from '../options/checkpoint.ts'
import { scenarioOf } from '../options/names.ts'
import { type SearchOptions, searchOf } from '../options/search.ts'
import { checkWorld, worldFlags } from '../options/world.ts'
import { count, seconds } from '../words/number.ts'
import { endProgress } from '../words/progress.ts'
import { everyJson } from './json.ts'
import { everyText } from './text.ts'
import { exitOfEvery } from './words.ts'

export interface EveryFlags extends SearchOptions, CheckpointFlags {
  readonly json?: true
  readonly against?: unknown
  readonly remedies?: true
  readonly claims?: true
}

/** @throws UsageError for flags of a search state by state */
export const checkEvery = (
  names: readonly string[],
  overrides: AnyOverrides,
  only: readonly string[] | undefined,
  flags: EveryFlags,
  context: Context,
): ExitCode => {
  refuse(flags)
  const { io } = context
  const chosen = names.length === 0 ? scenarios : names.map(scenarioOf)
  const isPinned = names.length === 0 && only === undefined && Object.keys(overrides).length === 0
  const codes: ExitCode[] = []
  const documents: object[] = []
  for (const scenario of chosen) {
    if (isInterrupted(io)) break
    const answers = answerEvery(scenario, overrides, only, flags, io)
    codes.push(isPinned ? exitAsPinned(answers) : exitOfEvery(answers))
    const reproduce = commandOf(scenario.name, overrides, only, flags)
    if (flags.json) documents.push(everyJson(answers, reproduce))
    else if (names.length === 0) io.out(line(answers, isPinned))
    else io.out(everyText(answers, overrides.kernel, only, reproduce, context))
  }
  const code = isInterrupted(io) ? exit.interrupted : worst(codes)
  if (flags.json) writeJson(io, 'check-every', names.length === 1 ? documents[0]! : { scenarios: documents })
  return code
}

const answerEvery = (
  scenario: Scenario,
  overrides: AnyOverrides,
  only: readonly string[] | undefined,
  flags: EveryFlags,
  io: Io,
): EveryAnswers => {
  checkWorld(scenario, overrides)
  const { maxSeconds, maxMemory, maxSlices, shouldStop } = searchOf(flags, io)
  const options: EveryOptions = {
    ...(maxSeconds !== undefined && { maxSeconds }),
    ...(maxMemory !== undefined && { maxMemory }),
    ...(maxSlices !== undefined && { maxSlices }),
    ...(shouldStop && { shouldStop }),
    ...(io.isTTY.err && { onProgress: (doing: string) => io.err(`\r\u001b[K${scenario.name}: ${doing}`) }),
  }
  try {
    return askForEvery(scenario, overrides, options, only ?? scenario.properties)
  } finally {
    endProgress(io)
  }
}

const refuse = (flags: EveryFlags): void => {
  const searched = 'every number of clients is proved by views, not searched state by state'
  const another = 'it is a question of its own'
  const given = [
    ['--engine', flags.engine, searched],
    ['--visited', flags.visited, searched],
    ['--checkpoint', flags.checkpoint, searched],
    ['--resume', flags.resume, searched],
    ['--every', flags.every, searched],
    ['--max-states', flags.maxStates, searched],
    ['--max-depth', flags.maxDepth, searched],
    ['--no-continue', flags.continue === false ? true : undefined, searched],
    ['--against', flags.against, another],
    ['--remedies', flags.remedies, another],
    ['--claims', flags.claims, another],
  ] as const
  const first = given.find(([, value]) => value !== undefined)
  if (first === undefined) return
  const [flag, , why] = first
  const cause = `cannot be given with --clients any: ${why}`
  throw new UsageError({ code: 'E_OPTION', place: flag, cause, remedy: 'leave it out, or give a number of clients' })
}

const commandOf = (name: string, overrides: AnyOverrides, only: readonly string[] | undefined, o: EveryFlags): string =>
  commandLine(
    'check',
    name,
    '--clients',
    'any',
    ...worldFlags(overrides),
    ...(only === undefined ? [] : ['--property', only.join(',')]),
    ...(o.time === undefined ? [] : ['--time', `${o.time}`]),
  )

/** Properties whose verdict is not the pinned one. */
const surprises = (answers: EveryAnswers): string[] => {
  const pinned = everyPins[answers.scenario.name] ?? {}
  return Object.entries(verdictsOfEvery(answers)).flatMap(([id, verdict]) =>
    pinned[id] === verdict ? [] : [`${id} ${verdict}, expected ${pinned[id] ?? 'nothing'}`],
  )
}

const exitAsPinned = (answers: EveryAnswers): ExitCode => {
  const differing = surprises(answers)
  if (differing.length === 0) return exit.holds
  return differing.every((words) => words.includes('not decided,')) ? exit.inconclusive : exit.violated
}

const line = (answers: EveryAnswers, isPinned: boolean): string => {
  const { scenario, report, asked } = answers
  const proved = asked.filter(({ finding }) => finding.forEvery).length
  const shown = asked.filter(({ finding }) => finding.smallest !== undefined).length
  const open = asked.length - proved - shown
  const tally = [
    `${proved} proved for every number`,
    ...(shown > 0 ? [`${shown} shown with some number`] : []),
    ...(open > 0 ? [`${open} not decided`] : []),
  ]
  const notes = isPinned ? surprises(answers).map((note) => `    not as expected: ${note}\n`) : []
  return `${scenario.name}  ${count(report.views, 'view')} · ${seconds(report.seconds)} · ${tally.join(', ')}\n${notes.join('')}`
}
