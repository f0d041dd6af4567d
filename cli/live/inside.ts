/** Commands that make namespaces: where this process may not, the same command line is run anew by `unshare`. */
import { isInside, mayCreate, runAgainInside, whyNotLive } from '../../traces/live/namespaced.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exit } from '../exit.ts'

/** Does `live` here, or in a process that may; says why not where no process may. */
export const insideNamespaces = async (what: string, context: Context, live: () => Promise<void>): Promise<void> => {
  const why = whyNotLive()
  if (why !== undefined) {
    context.io.err(`halfopen: ${what}: ${why}\n`)
    context.exit = exit.inconclusive
  } else if (isInside() || mayCreate()) await live()
  else {
    const { out, err, code } = runAgainInside(process.argv.slice(1))
    context.io.out(out)
    context.io.err(err)
    context.exit = code as ExitCode
  }
}
