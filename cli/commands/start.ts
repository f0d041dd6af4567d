/** `halfopen` without arguments: the main job, on what ships with it. */
import { join, relative } from 'node:path'
import type { Command } from 'commander'
import { type Answers, type RemedyRow, scenarios } from '../../properties/index.ts'
import { codeOf, counterexample, found } from '../check/counterexample.ts'
import { checkJson } from '../check/json.ts'
import { propertiesTable } from '../check/properties-table.ts'
import { remediesJson, remediesText, tryRemedies } from '../check/remedies.ts'
import { again, checkCommand, traceCommand } from '../check/reproduce.ts'
import { answer } from '../check/run.ts'
import { heading, pinned } from '../check/text.ts'
import { exitAsPinned } from '../check/verdicts.ts'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { exit, worst } from '../exit.ts'
import { isInterrupted, writeJson, writePieces } from '../io.ts'
import { scenarioOf } from '../options/names.ts'
import { searchOf } from '../options/search.ts'
import { packageFolder } from '../package.ts'
import { exitOfReplay, type ReplayedFile, replayFile } from '../replay/file.ts'
import { replayJson } from '../replay/json.ts'
import { replayText } from '../replay/text.ts'
import { nearest } from '../words/nearest.ts'

const NAME = 'ghost-connection'

export const addStart = (program: Command, context: Context): void => {
  program
    .argument('[command]', 'see below; without one: check the ghost connection, try the remedies, replay the capture')
    .option('--json', 'one document')
    .action((word: string | undefined, { json }: { json?: true }, own: Command) => {
      if (word !== undefined) throw unknownCommand(word, own.args, program)
      const { io } = context
      if (!json && io.isTTY.out) io.out(WHAT_IT_IS)
      const search = searchOf({}, io)
      const answers = answer({ scenario: scenarioOf(NAME), overrides: {}, search }, io)
      if (!json) tellCheck(answers, context)
      const rows = tryRemedies(search, io, answers)
      if (!json) tellRemedies(rows, context)
      const replayed = isInterrupted(io) ? undefined : replayFile(...published())
      if (json) {
        const check = checkJson(answers, 'linux-6.18', {}, checkCommand(NAME, {}, undefined, {}))
        writeJson(io, 'start', {
          check,
          remedies: remediesJson(rows),
          ...(replayed && { replay: replayJson(replayed) }),
        })
      } else if (replayed) tellReplay(replayed, context)
      context.exit = replayed ? worst([exitAsPinned(answers), exitOfReplay(replayed)]) : exit.interrupted
    })
}

/** The capture, the listing and the counters of the article that began it. */
const published = (): Parameters<typeof replayFile> => {
  const folder = relative('', join(packageFolder(), 'traces', 'corpus', 'ghost-connection'))
  const file = (name: string) => join(folder, `ghost-connection.${name}.txt`)
  return [file('tcpdump'), {}, { sockets: file('netstat'), counters: [file('proc-net-netstat')] }]
}

const WHAT_IT_IS = `halfopen tells what TCP connections can be stuck in, by a model of Linux's TCP that it explores and replays.
  halfopen host            what this machine is stuck in          halfopen replay FILE   what a capture shows
  halfopen check SCENARIO  what a small world can come to         halfopen --help        everything else

`

const unknownCommand = (word: string, args: readonly string[], program: Command): UsageError => {
  const isScenario = scenarios.some(({ name }) => name === word)
  const known = program.commands.map((c) => c.name())
  const remedy = isScenario ? `did you mean halfopen check ${word}?` : meant(word, args, known)
  return new UsageError({ code: 'E_COMMAND', place: 'command', cause: `"${word}" is unknown`, remedy })
}

/** The whole command line again, with the command that was meant. */
const meant = (word: string, args: readonly string[], known: readonly string[]): string => {
  const name = nearest(word, known)
  return name === undefined
    ? 'halfopen --help lists them'
    : `did you mean halfopen ${[name, ...args.slice(1)].join(' ')}?`
}

const title = (text: string, { paint }: Context): string => `${paint(['bold', 'underline'], text)}\n\n`

const tellCheck = (answers: Answers, context: Context): void => {
  const { io } = context
  io.out(title('1. What the model explored, and what it found', context))
  io.out(`${heading(answers, context)}\n${propertiesTable(answers, context)}\n`)
  io.out(pinned(answers, context).join('\n').concat('\n'))
  const ghost = found(answers).find(({ property }) => property.id === 'GHOST')
  if (ghost === undefined) return
  io.out(title('2. The shortest way into a ghost connection', context))
  io.out(counterexample(answers, ghost, context))
  io.out(`${again(context, traceCommand(NAME, {}, codeOf(answers, ghost)))}\n`)
}

const tellRemedies = (rows: readonly RemedyRow[], context: Context): void =>
  context.io.out(`${title('3. What helps', context)}${remediesText(rows, context)}\n`)

const tellReplay = (replayed: ReplayedFile, context: Context): void => {
  context.io.out(title('4. What happened in the published capture', context))
  writePieces(context.io, replayText(replayed, {}, context))
  hint(context, `${checkCommand(NAME, {}, ['L3'], {})} shows how a client waits for ever`)
}
