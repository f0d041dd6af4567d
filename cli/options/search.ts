/** Flags that bound a search. */
import type { Command } from 'commander'
import type { CheckOptions } from '../../checker/index.ts'
import type { Io } from '../io.ts'
import { progressTo } from '../words/progress.ts'
import { decimal, memory, whole } from './values.ts'

export interface SearchOptions {
  readonly maxStates?: number
  readonly maxDepth?: number
  readonly time?: number
  readonly memory?: number
}

const FOREVER = Number.POSITIVE_INFINITY

export const addSearchOptions = (command: Command): Command =>
  command
    .option('--max-states <n>', 'stop after about so many states', whole('--max-states', { min: 1, max: FOREVER }))
    .option('--max-depth <n>', 'no path longer than this', whole('--max-depth', { min: 0, max: FOREVER }))
    .option('--time <seconds>', 'stop after so many seconds', decimal('--time', { min: 0.001, max: FOREVER }))
    .option('--memory <size>', 'for the states that are known, as in 512M', memory('--memory'))

export const searchOf = (o: SearchOptions, io: Io): CheckOptions => ({
  ...(o.maxStates !== undefined && { maxStates: o.maxStates }),
  ...(o.maxDepth !== undefined && { maxDepth: o.maxDepth }),
  ...(o.time !== undefined && { maxSeconds: o.time }),
  ...(o.memory !== undefined && { maxMemory: o.memory, maxSlices: slicesIn(o.memory) }),
  ...(io.shouldStop && { shouldStop: io.shouldStop }),
  ...progressTo(io),
})

/** The flags that give these bounds again. */
export const searchFlags = (o: SearchOptions): string[] => [
  ...(o.maxStates === undefined ? [] : ['--max-states', `${o.maxStates}`]),
  ...(o.maxDepth === undefined ? [] : ['--max-depth', `${o.maxDepth}`]),
  ...(o.time === undefined ? [] : ['--time', `${o.time}`]),
  ...(o.memory === undefined ? [] : ['--memory', size(o.memory)]),
]

/** Local states whose tables fit: an estimate, and never so few that a small world would not. */
const slicesIn = (bytes: number): number => Math.min(4_000_000, Math.max(4096, Math.floor(bytes / 256)))

const size = (bytes: number): string => (bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20}M` : `${bytes}`)
