/** `halfopen man`: the manual page, for man -l or to install. */
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { manPage } from '../man/page.ts'
import { version } from '../package.ts'

export const addMan = (program: Command, { io }: Context): void => {
  program
    .command('man')
    .description('the manual page of all this: halfopen man | man -l -')
    .action(() => io.out(manPage(program, version())))
}
