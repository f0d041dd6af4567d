/** `halfopen work redis://…`: this machine does its share of what `check --matrix … --via redis://…` has sent. */
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { type WorkFlags, work } from '../many/work.ts'
import { whole } from '../options/values.ts'

export const addWork = (program: Command, context: Context): void => {
  program
    .command('work')
    .description('do cells that check --matrix --via has sent to a Redis, each in a process of its own, until Ctrl-C')
    .argument('<url>', 'redis://host:port')
    .option('--jobs <n>', 'cells at a time, 1 if absent', whole('--jobs', { min: 1, max: 1024 }))
    .option('--drain', 'end when nothing is left to do')
    .action(async (url: string, flags: WorkFlags) => {
      context.exit = await work(url, flags, context)
    })
}
