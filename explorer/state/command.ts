/** The world and the path of the bench as words of the command line. */
import { encodePath } from '../../checker/index.ts'
import type { Step } from '../../model/index.ts'
import type { Bench } from './run.ts'

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `"${word}"`)

const flagName = (name: string): string => `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`

/** `halfopen trace run ghost-connection --kernel linux-6.18 --path CODE`. */
export const traceCommand = (command: 'run' | 'show', { spec, model }: Bench, steps: readonly Step[]): string => {
  const { sysctls = {}, full, plain, ...rest } = spec.overrides
  const flags = [
    ...Object.entries(sysctls).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    ...(full ? ['--full'] : []),
    ...(plain ? ['--plain'] : []),
    ...Object.entries(rest).flatMap(([name, value]) => [flagName(name), `${value}`]),
  ]
  const code = encodePath(model, { initial: 0, events: steps.map(({ event }) => event) })
  return ['halfopen', 'trace', command, spec.scenario, ...flags, '--path', code].map(quoted).join(' ')
}
