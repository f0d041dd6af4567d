/**
 * Paths of the model's worlds, taken to this kernel.
 *
 * `PathRun` makes one happen, step by step: see `run.ts`. Read next: `channels.ts` (what is in flight), `numbers.ts` (whose numbers
 * are whose), `states.ts` (what is compared).
 */
import type { Path } from '../../../checker/index.ts'
import { modelOf, type Setting } from '../../../model/index.ts'
import { type Trace, traceOf } from '../../writers/trace.ts'
import type { LiveKernel } from '../kernel.ts'
import { SIDE_BY_SIDE } from '../worlds.ts'
import type { PathResult } from './run.ts'
import { whyNot } from './whyNot.ts'

export interface PathOf {
  readonly name: string
  readonly setting: Setting
  readonly path: Path
}

export interface TakenPath {
  readonly of: PathOf
  readonly trace: Trace
  /** Why no kernel can be led along it. */
  readonly whyNot?: string
  readonly result?: PathResult
}

/** A disagreement is believed when it comes so often: timers that are due at the same moment fire in an order that no wire decides. */
const ATTEMPTS = 3

/** FIN_WAIT2 without a process that lasts no more ticks is counted in TWKilled. linux: __inet_twsk_schedule */
const SHORT_TIME_WAIT = 4

const traceOn = ({ setting, path }: PathOf): Trace => {
  const stack = {
    ...setting.serverStack,
    durations: { ...setting.serverStack.durations, shortTimeWait: SHORT_TIME_WAIT },
  }
  const clientStack = { ...setting.clientStack, durations: stack.durations }
  const { loop: _, ...once } = path
  return traceOf(modelOf({ ...setting, clientStack, serverStack: stack }), once)
}

/** Takes every path to the kernel; calls `ended` with each result and its place in the list. @throws Error where namespaces cannot be made */
export const takePaths = (
  on: Pick<LiveKernel, 'lead'>,
  paths: readonly PathOf[],
  ended: (taken: TakenPath, index: number) => void,
  { attempts = ATTEMPTS, atOnce = SIDE_BY_SIDE }: { readonly attempts?: number; readonly atOnce?: number } = {},
): void => {
  const again: number[] = []
  const takeable: { readonly of: PathOf; readonly trace: Trace; readonly at: number }[] = []
  for (const [at, of] of paths.entries()) {
    const trace = traceOn(of)
    const why = whyNot(trace, of.setting)
    if (why !== undefined) ended({ of, trace, whyNot: why }, at)
    else takeable.push({ of, trace, at })
  }
  for (let i = 0; i < takeable.length; i += atOnce) {
    const some = takeable.slice(i, i + atOnce)
    const results = on.lead(some.map(({ of: { name, setting }, trace }) => ({ name, setting, trace })))
    for (const [n, { of, trace, at }] of some.entries()) {
      const result = results[n]!
      if (attempts > 1 && disagrees(result)) again.push(at)
      else ended({ of, trace, result }, at)
    }
  }
  if (again.length > 0)
    takePaths(
      on,
      again.map((at) => paths[at]!),
      (taken, i) => ended(taken, again[i]!),
      { attempts: attempts - 1, atOnce },
    )
}

export const disagrees = ({ disagreement, counters }: PathResult): boolean =>
  disagreement !== undefined || (counters?.mismatches.length ?? 0) > 0
