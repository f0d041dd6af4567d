/**
 * Commands that ask a kernel: where this process may not make namespaces, the same command line is run anew by `unshare`; for the
 * second kernel it is run anew in that.
 */
import { isInside, mayCreate, runAgainInside, whyNotLive } from '../../traces/live/namespaced.ts'
import { whyNoUml } from '../../traces/live/uml/boot.ts'
import { isInGuest, runInUml } from '../../traces/live/uml/command.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exit } from '../exit.ts'
import { isInterrupted } from '../io.ts'

/** What a command asks of the machine: nothing, namespaces of its own, or the second kernel. */
export type Place = 'anywhere' | 'namespaces' | 'uml'

/** Does `live` where it can be done. */
export const inside = async (
  place: Place,
  what: string,
  context: Context,
  live: () => Promise<void>,
): Promise<void> => {
  if (place === 'anywhere') await live()
  else await (place === 'uml' ? insideUml : insideNamespaces)(what, context, live)
}

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

/** Does `live` in the kernel of the package user-mode-linux, which runs this same command line. */
const insideUml = async (what: string, context: Context, live: () => Promise<void>): Promise<void> => {
  const { io } = context
  if (isInGuest()) {
    ;(await import('../../traces/live/uml/modules.ts')).loadInterfaces()
    return live()
  }
  const whyNot = whyNoUml()
  if (whyNot !== undefined) {
    io.err(`halfopen: ${what}: ${whyNot}\n`)
    context.exit = exit.inconclusive
    return
  }
  const shouldStop = () => isInterrupted(io)
  context.exit = (await runInUml(process.argv.slice(1), { out: io.out, err: io.err, shouldStop })) as ExitCode
}
