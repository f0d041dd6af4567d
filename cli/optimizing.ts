/** When V8 makes fast code of a function: a flag of the whole process, whichever thread sets it. */
import { setFlagsFromString } from 'node:v8'

/** Bytes of bytecode that a function runs before V8 looks at it again: of a replay that may be short, and V8's own. */
const BUDGET = { short: 2_000_000, usual: 67_584 }
/** For so long a replay counts as short: ms. */
const SHORT = 1000

/**
 * A replay of a second would spend a third of it on fast code that hardly runs, or that the next kind of packet throws away; a
 * search does the same few things from its beginning. Not before V8 has the program: it takes code that was compiled under other
 * flags for none of its own.
 */
export const optimizeLate = (): void => setBudget(BUDGET.short)

/** From a thread whose timers run while another is busy. */
export const optimizeOnceLong = (): void => {
  setTimeout(() => setBudget(BUDGET.usual), SHORT).unref()
}

const setBudget = (bytes: number): void => setFlagsFromString(`--interrupt-budget=${bytes}`)
