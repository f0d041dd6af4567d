/** `halfopen learn [TARGET]`: the Mealy machine of a TCP server's side, by asking the kernel or the model. */
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { release } from 'node:os'
import { type Command, Option } from 'commander'
import { nearestKernel, type ProfileName } from '../../model/index.ts'
import {
  type AlphabetName,
  accessWords,
  alphabets,
  Contradiction,
  type Difference,
  differences,
  explored,
  type Guide,
  type Host,
  type Learnt,
  learn,
  ModelHost,
  Remembered,
  TcpTeacher,
  toAut,
  toDot,
  Unanswered,
} from '../../traces/learn/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit } from '../exit.ts'
import { isInterrupted, writeJson } from '../io.ts'
import { differencesText, learntText } from '../learn/text.ts'
import { inside, type Place } from '../live/inside.ts'
import { kernelOf } from '../options/names.ts'
import { whole } from '../options/values.ts'
import { count } from '../words/number.ts'
import { paragraph } from '../words/paragraph.ts'
import { endProgress } from '../words/progress.ts'

interface Options {
  readonly target?: string
  readonly against?: string
  readonly alphabet: AlphabetName
  readonly words: number
  readonly seed?: number
  readonly dot?: string
  readonly aut?: string
  readonly json?: true
}

interface Named {
  readonly place: Place
  readonly profile: () => ProfileName
  readonly make: () => Promise<Host>
}

const TARGETS = 'kernel, uml, model or model:PROFILE'
const NEWEST: ProfileName = 'linux-6.18'
const MAX_SEED = 2 ** 31 - 1

export const addLearn = (program: Command, context: Context): void => {
  program
    .command('learn')
    .description('what a TCP server answers to calls and segments, learnt by asking: the machine of one connection')
    .argument('[target]', `${TARGETS} (kernel, if absent)`)
    .addOption(new Option('--target <target>', 'the same'))
    .option('--against <kernel>', 'a profile: the shortest words by which it and what is learnt part')
    .addOption(
      new Option(
        '--alphabet <name>',
        'inputs of the study of 2016; or wide: also shutdown(), abort, segments that are not valid',
      )
        .choices(Object.keys(alphabets))
        .default('study'),
    )
    .option('--words <n>', 'so many random words are tried at last', whole('--words', { min: 0, max: 1e6 }), 1_000)
    .option('--seed <n>', 'of the random words; drawn and told otherwise', whole('--seed', { min: 0, max: MAX_SEED }))
    .option('--dot <file>', 'write the machine there, as LearnLib and AALpy read it')
    .option('--aut <file>', 'write it there for CADP and mCRL2')
    .option('--json', 'one document')
    .action(async (text: string | undefined, options: Options) => {
      const named = targetNamed(text ?? options.target ?? 'kernel')
      const against = options.against === undefined ? undefined : kernelOf(options.against)
      const guides = new Map((against ? [against] : []).map((name) => [name, guideOf(name, options.alphabet)]))
      await inside(named.place, 'learn', context, () => {
        const nearest = named.profile()
        const all = new Map([[nearest, guideOf(nearest, options.alphabet)], ...guides])
        return learnt(named, all, against, options, context)
      })
    })
}

const targetNamed = (text: string): Named => {
  const [kind, rest] = text.split(/:(.*)/s)
  if ((kind === 'kernel' || kind === 'uml') && rest === undefined) {
    const make = async () => new (await import('../../traces/learn/kernel-host.ts')).KernelHost()
    return { place: kind === 'uml' ? 'uml' : 'namespaces', profile: ofThisKernel, make }
  }
  if (kind === 'model') {
    const profile = rest === undefined ? NEWEST : kernelOf(rest)
    return { place: 'anywhere', profile: () => profile, make: async () => new ModelHost(profile) }
  }
  const cause = `there is no target "${text}"`
  throw new UsageError({ code: 'E_VALUE', place: 'learn', cause, remedy: `give ${TARGETS}` })
}

const ofThisKernel = (): ProfileName => nearestKernel(release())?.profile ?? NEWEST

const guideOf = (profile: ProfileName, alphabet: AlphabetName): Guide => {
  const guide = explored(profile, alphabets[alphabet])
  if (guide !== undefined) return guide
  const cause = `${profile} has no limited queues, and therefore no end of states`
  throw new UsageError({ code: 'E_KERNEL', place: 'learn', cause, remedy: 'choose a profile of Linux' })
}

type Against = ProfileName | undefined

const learnt = async (
  named: Named,
  guides: ReadonlyMap<ProfileName, Guide>,
  against: Against,
  o: Options,
  context: Context,
): Promise<void> => {
  const { io } = context
  const host = await named.make()
  const seed = o.seed ?? randomInt(MAX_SEED)
  const began = performance.now()
  const target = `${named.place === 'anywhere' ? 'model' : 'kernel'}:${host.name}`
  try {
    const alphabet = alphabets[o.alphabet]
    const asked = new Remembered(new TcpTeacher(host, alphabet))
    const shouldStop = () => isInterrupted(io)
    const found = learn(asked, {
      guides: [...guides.values()],
      calls: alphabet.calls,
      words: o.words,
      seed,
      shouldStop,
      ...progress(context),
    })
    const parts = against && differences(found.machine, guides.get(against)!.machine, (word) => asked.askAgain(word))
    endProgress(io)
    save(found, o)
    const about = { target, guides: [...guides.keys()], seed, seconds: Math.round(performance.now() - began) / 1_000 }
    if (o.json)
      writeJson(io, 'learn', { ...about, ...documentOf(found), ...(parts && { against, differences: parts }) })
    else {
      io.out(learntText({ ...about, learnt: found }, context))
      if (parts) io.out(`\n${differencesText(parts, target, against!, context)}`)
    }
    context.exit = found.stopped ? exit.interrupted : exitOf(parts ?? [])
  } catch (error) {
    if (!(error instanceof Contradiction || error instanceof Unanswered)) throw error
    endProgress(io)
    notLearnt(error, { target, guides: [...guides.keys()], seed }, o, context)
  } finally {
    host.close()
  }
}

/** A way that is not believed decides nothing. */
const exitOf = (parts: readonly Difference[]): ExitCode =>
  parts.some((d) => d.confirmed) ? exit.violated : parts.length > 0 ? exit.inconclusive : exit.holds

const notLearnt = (error: Contradiction | Unanswered, about: object, o: Options, context: Context): void => {
  const { io } = context
  context.exit = exit.inconclusive
  const { word } = error
  const answers = error instanceof Contradiction ? error.answers : []
  const why =
    error instanceof Contradiction
      ? 'The same word has two answers, and still has after seven repetitions'
      : 'The machine is so busy that timers may fire before a word has ended'
  if (o.json) writeJson(io, 'learn', { ...about, notLearnt: { why, word, answers } })
  else
    io.out(
      [
        paragraph(context, '', `${why}: nothing is learnt.`),
        paragraph(context, '  ', word.join(' '), 4),
        ...answers.map((answer, i) => paragraph(context, `    ${i === 0 ? 'first' : 'later'}: `, answer.join(' '), 6)),
      ].join(''),
    )
}

const documentOf = ({ machine, suffixes: _, ...numbers }: Learnt): object => ({
  ...numbers,
  inputs: machine.inputs,
  states: [...accessWords(machine)].sort(([a], [b]) => a - b).map(([, access]) => ({ access })),
  transitions: machine.states.flatMap((edges, from) => [...edges].map(([input, e]) => ({ from, input, ...e }))),
})

const save = ({ machine }: Learnt, { dot, aut }: Options): void => {
  for (const [file, text] of [
    [dot, toDot],
    [aut, toAut],
  ] as const) {
    try {
      if (file !== undefined) writeFileSync(file, text(machine))
    } catch (error) {
      const remedy = 'name a file in a directory that is there and may be written to'
      throw new UsageError({ code: 'E_OUTPUT', place: file!, cause: (error as Error).message, remedy })
    }
  }
}

const OFTEN = 100

const progress = ({ io }: Context) => {
  if (!io.isTTY.err) return {}
  let n = 0
  return {
    progress: (p: { readonly states: number; readonly queries: number; readonly tests: number }) => {
      if (n++ % OFTEN === 0)
        io.err(
          `\r\u001b[K${count(p.states, 'state')} · ${count(p.queries, 'query', 'queries')} · ${count(p.tests, 'test')}`,
        )
    },
  }
}
