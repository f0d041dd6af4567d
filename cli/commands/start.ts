/** `halfopen` without arguments: the main job, on what ships with it. */
import type { Command } from 'commander'
import { type Answers, scenarios } from '../../properties/index.ts'
import { codeOf, counterexample, type Found, found } from '../check/counterexample.ts'
import { checkJson } from '../check/json.ts'
import { propertiesTable } from '../check/properties-table.ts'
import { remediesJson, remediesText, tryRemedies } from '../check/remedies.ts'
import { checkCommand, traceCommand } from '../check/reproduce.ts'
import { answer } from '../check/run.ts'
import { heading } from '../check/text.ts'
import { exitAsPinned, surprises } from '../check/verdicts.ts'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { exit, worst } from '../exit.ts'
import { isInterrupted, writeJson } from '../io.ts'
import { scenarioOf } from '../options/names.ts'
import { searchOf } from '../options/search.ts'
import { didYouMean } from '../words/nearest.ts'

const NAME = 'ghost-connection'

export const addStart = (program: Command, context: Context): void => {
  program
    .argument('[command]', 'see below; without one: check the ghost connection, try the remedies, replay the capture')
    .option('--json', 'one document')
    .action((word: string | undefined, { json }: { json?: true }) => {
      if (word !== undefined) throw unknownCommand(word, program)
      const { io } = context
      const search = searchOf({}, io)
      const answers = answer({ scenario: scenarioOf(NAME), overrides: {}, search }, io)
      const rows = json ? tryRemedies(search, io, answers) : tell(answers, context)
      if (json) {
        const check = checkJson(answers, 'linux-6.18', {}, checkCommand(NAME, {}, undefined, {}))
        writeJson(io, { check, remedies: remediesJson(rows) })
      }
      context.exit = isInterrupted(io) ? exit.interrupted : worst([exitAsPinned(answers)])
    })
}

const unknownCommand = (word: string, program: Command): UsageError => {
  const isScenario = scenarios.some(({ name }) => name === word)
  const known = program.commands.map((c) => c.name())
  const remedy = isScenario
    ? `did you mean halfopen check ${word}?`
    : didYouMean(word, known, 'halfopen --help lists them')
  return new UsageError({ code: 'E_COMMAND', place: 'command', cause: `"${word}" is unknown`, remedy })
}

const tell = (answers: Answers, context: Context) => {
  const { io, paint } = context
  const title = (text: string) => `${paint(['bold', 'underline'], text)}\n\n`
  io.out(
    `${title('1. What the model explored, and what it found')}${heading(answers, paint)}\n${propertiesTable(answers, paint)}`,
  )
  const words = surprises(answers)
  io.out(words.length === 0 ? '\n' : `\n  ${paint('red', `not as expected: ${words.join(' · ')}`)}\n\n`)
  const ghost = found(answers).find(({ property }) => property.id === 'GHOST')
  if (ghost) io.out(`${title('2. The shortest way into a ghost connection')}${drawn(answers, ghost, context)}\n`)
  io.out(title('3. What helps'))
  const rows = tryRemedies(searchOf({}, io), io, answers)
  io.out(remediesText(rows, paint))
  hint(context, `${checkCommand(NAME, {}, ['L3'], {})} shows how a client waits for ever`)
  return rows
}

const drawn = (answers: Answers, ghost: Found, { paint }: Context): string =>
  `${counterexample(answers, ghost, paint)}${paint('dim', 'again:')} ${traceCommand(NAME, {}, codeOf(answers, ghost))}\n`
