/** `halfopen init`: a scenario to begin with. */
import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type Context, hint } from '../context.ts'
import { UsageError } from '../error.ts'
import { template } from '../own/template.ts'

export const addInit = (program: Command, context: Context): void => {
  program
    .command('init')
    .description('write a commented scenario of your own, for halfopen check ./mine.ts')
    .argument('[file]', 'where to: .ts, or .js', 'mine.ts')
    .action((file: string) => {
      const bad = (cause: string, remedy: string): UsageError =>
        new UsageError({ code: 'E_OUTPUT', place: file, cause, remedy })
      if (!/\.m?[jt]s$/.test(file)) throw bad('it ends neither in .ts nor in .js', 'as in halfopen init mine.ts')
      try {
        writeFileSync(file, template(asArgument(file), /\.m?ts$/.test(file)), { flag: 'wx' })
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'EEXIST') throw bad('it is there already', 'give another name')
        throw bad(`cannot be written: ${code}`, 'give a file in a folder that exists')
      }
      context.io.out(`${file} is written\n`)
      hint(context, `halfopen check ${asArgument(file)}`)
    })
}

const asArgument = (file: string): string => (/[\\/]/.test(file) ? file : `./${file}`)
