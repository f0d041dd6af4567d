/** Flags that change a scenario's world, and the flags that a changed world is reproduced by. */
import { type Command, Option } from 'commander'
import type { ProfileName, Sysctl, Sysctls } from '../../model/index.ts'
import { sysctls } from '../../model/index.ts'
import { type Overrides, type Scenario, settingOf } from '../../properties/index.ts'
import { UsageError } from '../error.ts'
import { kernelOf, sysctlOf } from './names.ts'
import { inRange, whole } from './values.ts'

type Numbers = Exclude<keyof Overrides, 'kernel' | 'sysctls' | 'full' | 'plain'>

/** Numbers that move a bound, with the range that makes sense. */
const numbers = [
  ['backlog', 0, 65_535, "listen()'s second argument"],
  ['queued', 0, 65_536, 'connections of others already in the accept queue'],
  ['clients', 1, 16, 'how many clients'],
  ['loss', 0, 100, 'segments that the wire may lose'],
  ['duplication', 0, 100, 'segments that the wire may deliver twice'],
  ['reordering', 0, 100, 'segments that the wire may deliver out of order'],
  ['capacity', 1, 16, 'segments in flight per connection and direction'],
  ['retries', 0, 127, 'retransmissions of each kind before giving up'],
  ['timeWait', 0, 100, 'how long TIME_WAIT lasts, in MSL'],
  ['connects', 1, 16, 'how often each client may connect'],
  ['connectingAtOnce', 1, 16, 'how many clients may be connecting at a time'],
] as const satisfies readonly (readonly [Numbers, number, number, string])[]

export type WorldNumber = (typeof numbers)[number][0]

/** A number of the world by its flag, with its range: `backlog`, `time-wait`. */
export const worldNumber = (
  flag: string,
): { readonly name: WorldNumber; readonly min: number; readonly max: number } | undefined => {
  const found = numbers.find(([name]) => flagName(name) === `--${flag}`)
  return found && { name: found[0], min: found[1], max: found[2] }
}

const flagName = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

export interface WorldOptions extends Partial<Record<Numbers, number>> {
  readonly kernel?: ProfileName
  readonly set?: Partial<Sysctls>
  readonly full?: true
  readonly plain?: true
}

/** @param any whether the number of clients may be left open: `--clients any` */
export const addWorldOptions = (command: Command, any?: 'any'): Command => {
  command.option('--kernel <name>', 'kernel profile of both ends (halfopen list kernels)', kernelOf)
  command.option('--set <name=value...>', 'a sysctl of both ends (halfopen list sysctls)', assignment)
  command.addOption(new Option('--full', 'every client behaves like the first, which does the most'))
  command.addOption(new Option('--plain', 'every client behaves like the last, which does the least').conflicts('full'))
  for (const [name, min, max, means] of numbers) {
    const flag = flagName(name)
    const number = whole(flag, { min, max })
    if (name === 'clients' && any) {
      const parse = (text: string) => (text === any ? any : number(text))
      command.option(`${flag} <n>`, `${means}, ${min} to ${max}, or any: a proof for every number`, parse)
    } else command.option(`${flag} <n>`, `${means}, ${min} to ${max}`, number)
  }
  return command
}

/** `--set name=value`, several times over. */
export const assignment = (text: string, before: Partial<Sysctls> = {}): Partial<Sysctls> => {
  const place = `--set ${text}`
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) {
    const remedy = 'write name=value, as in --set tcp_abort_on_overflow=1'
    throw new UsageError({ code: 'E_SYSCTL', place, cause: 'is no assignment', remedy })
  }
  const sysctl = sysctlOf(name)
  const n = whole(place, sysctls[sysctl])(value)
  return { ...before, [sysctl]: n }
}

export const overridesOf = (o: WorldOptions): Overrides => ({
  ...(o.kernel && { kernel: o.kernel }),
  ...(o.set && { sysctls: o.set }),
  ...(o.full && { full: true }),
  ...(o.plain && { plain: true }),
  ...Object.fromEntries(numbers.flatMap(([name]) => (o[name] === undefined ? [] : [[name, o[name]]]))),
})

/** Bounds that only make sense together. */
export const checkWorld = (scenario: Scenario, overrides: Overrides): void => {
  const { backlog, alreadyQueued, serverStack } = settingOf(scenario, overrides)
  const max = Math.min(backlog, serverStack.sysctls.somaxconn) + 1
  if (serverStack.dialect.queues) inRange('--queued', alreadyQueued, { min: 0, max, of: `with backlog ${backlog}` })
}

/** The flags that give these overrides again. */
export const worldFlags = ({ kernel, sysctls: set = {}, full, plain, ...rest }: Overrides): string[] => [
  ...(kernel === undefined ? [] : ['--kernel', kernel]),
  ...Object.entries(set).flatMap(([name, value]) => ['--set', `${name as Sysctl}=${value}`]),
  ...(full ? ['--full'] : []),
  ...(plain ? ['--plain'] : []),
  ...Object.entries(rest).flatMap(([name, value]) => [flagName(name), `${value}`]),
]
