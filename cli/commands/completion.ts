/** `halfopen completion SHELL`: the script that completes commands, flags, and the names of what there is. */
import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'
import { knobs, profileNames } from '../../model/index.ts'
import { properties, scenarios } from '../../properties/index.ts'
import { requirements } from '../../traces/conform/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { knownIds } from '../explain/explain.ts'
import type { Io } from '../io.ts'

type Root = ReturnType<typeof tab>
type Names = Iterable<readonly [value: string, means: string]>

const SHELLS = ['bash', 'zsh', 'fish'] as const

export const addCompletion = (program: Command, { io }: Context): void => {
  program
    .command('completion')
    .description('a completion script: source <(halfopen completion bash)')
    .argument('<shell>', SHELLS.join(', '))
    .action((shell: string) => {
      if (!(SHELLS as readonly string[]).includes(shell)) {
        const cause = `there is no script for "${shell}"`
        throw new UsageError({ code: 'E_VALUE', place: 'completion', cause, remedy: `give ${SHELLS.join(', ')}` })
      }
      printedTo(io, () => completing(program).setup('halfopen', 'halfopen', shell))
    })
}

/** What may follow these words: `halfopen complete -- …`, as the scripts ask. */
export const complete = (program: Command, words: readonly string[], io: Io): void =>
  printedTo(io, () => completing(program).parse([...words]))

/** The commands as they are, and the names that their arguments and flags take. */
const completing = (program: Command): Root => {
  const root = tab(program)
  const named = (all: Names) => (complete: (value: string, means: string) => void) => {
    for (const [value, means] of all) complete(value, means)
  }
  const scenario = named(scenarios.map((s) => [s.name, s.shows]))
  const values: Readonly<Record<string, ReturnType<typeof named>>> = {
    kernel: named(profileNames.map((name) => [name, ''])),
    against: named(profileNames.map((name) => [name, ''])),
    requirement: named(requirements.map((r) => [r.id, r.says])),
    property: named(properties.map((p) => [p.id, p.sentence])),
    set: named(knobs.filter((k) => k.is === 'sysctl').map((k) => [`${k.name}=`, k.means])),
  }
  for (const [name, command] of root.commands) {
    if (['check', 'simulate', 'graph', 'explore', 'trace show', 'trace export'].includes(name))
      command.arguments.set('scenario', argumentOf(command, scenario))
    if (name === 'explain') command.arguments.set('id', argumentOf(command, named(knownIds().map((id) => [id, '']))))
    if (name === 'conform') command.arguments.set('target', argumentOf(command, named(targets)))
    if (name === 'learn') command.arguments.set('target', argumentOf(command, named(learnable)))
    for (const [flag, option] of command.options) if (values[flag]) option.handler = values[flag]
  }
  return root
}

const learnable = ['kernel', 'model', ...profileNames.map((p) => `model:${p}`)].map((t) => [t, ''] as const)

const targets = ['kernel', 'model', ...profileNames.map((p) => `model:${p}`), 'pipe:', 'address:'].map(
  (t) => [t, ''] as const,
)

type RootCommand = Root extends { commands: Map<string, infer C> } ? C : never

const argumentOf = (
  command: RootCommand,
  handler: (complete: (value: string, means: string) => void) => void,
): RootCommand extends { arguments: Map<string, infer A> } ? A : never =>
  ({ name: 'name', variadic: true, command, handler }) as never

/** The library prints to the console. */
const printedTo = (io: Io, run: () => void): void => {
  const { log } = console
  console.log = (...words: unknown[]) => io.out(`${words.join(' ')}\n`)
  try {
    run()
  } finally {
    console.log = log
  }
}
