/** `halfopen check --matrix … --shard k/n --out DIR`: one process's share of many checks. */
import { encodePath } from '../../checker/index.ts'
import type { Answers } from '../../properties/index.ts'
import { answer } from '../check/run.ts'
import { verdictOf } from '../check/verdicts.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit } from '../exit.ts'
import { type Io, isInterrupted, writeJson } from '../io.ts'
import { scenarioOf } from '../options/names.ts'
import { type SearchOptions, searchOf } from '../options/search.ts'
import { worldFlags } from '../options/world.ts'
import { count } from '../words/number.ts'
import { type Cell, type CellBounds, cellWith } from './cell.ts'
import { type Plan, ResultFolder, textOf } from './folder.ts'
import { cellsOf } from './matrix.ts'
import { isInShard, type Shard } from './shard.ts'

export interface MatrixFlags extends SearchOptions {
  readonly matrix?: string
  readonly shard?: Shard
  readonly out?: string
  readonly via?: string
  /** Id of the only cell to do. */
  readonly cell?: string
  readonly json?: true
}

/** @throws UsageError */
export const checkMatrix = (flags: MatrixFlags, context: Context): ExitCode => {
  const { matrix = '', shard } = flags
  const cells = matrixCells(matrix, flags)
  if (flags.cell !== undefined) return writeCell(flags.cell, cells, context)
  const out = outOf(flags)
  const folder = new ResultFolder(out)
  folder.begin(planOf(matrix, cells))
  const own = cells.filter((_, at) => isInShard(at, shard))
  const { io } = context
  const ends: CellEnd[] = []
  let found = 0
  for (const cell of own) {
    if (isInterrupted(io)) break
    if (folder.has(cell.id)) {
      found++
      continue
    }
    ends.push(checkCell(cell, folder, io))
  }
  const done = { cells: cells.length, own: own.length, done: ends.filter((end) => end === 'kept').length, found }
  if (flags.json) writeJson(io, 'check-matrix', done)
  else {
    const known = found > 0 ? `, ${count(found, 'result')} there already` : ''
    io.out(`${count(done.done, 'cell')} of ${own.length} done${known}; halfopen merge ${out} tells what they say\n`)
  }
  if (isInterrupted(io)) return exit.interrupted
  return ends.includes('failed') ? exit.inconclusive : exit.holds
}

/** @throws UsageError */
export const outOf = ({ out }: MatrixFlags): string => {
  if (out !== undefined) return out
  const remedy = 'say where with --out DIR'
  throw new UsageError({ code: 'E_OPTION', place: '--matrix', cause: 'has nowhere to put its results', remedy })
}

/** One cell, its result written out: what a worker runs. */
const writeCell = (id: string, cells: readonly Cell[], { io }: Context): ExitCode => {
  const cell = cells.find((one) => one.id === id)
  if (cell === undefined) {
    const cause = 'is no cell of this matrix: it was named by another version'
    throw new UsageError({ code: 'E_VALUE', place: `--cell ${id}`, cause, remedy: 'use the same version everywhere' })
  }
  return checkCell(cell, { keep: (_, result) => io.out(textOf(result)) }, io) === 'kept'
    ? exit.holds
    : exit.inconclusive
}

export const planOf = (matrix: string, cells: readonly Cell[]): Plan => ({
  command: 'check',
  asked: matrix,
  cells: cells.map(({ id, scenario, overrides }) => ({ id, is: [scenario, ...worldFlags(overrides)].join(' ') })),
})

/** Without two of one name: a setting that is the default twice over is one cell. */
export const matrixCells = (matrix: string, flags: SearchOptions): Cell[] => {
  const bounds = boundsOf(flags)
  return [
    ...new Map(
      cellsOf(matrix)
        .map((cell) => cellWith(cell, bounds))
        .map((cell) => [cell.id, cell]),
    ).values(),
  ]
}

const boundsOf = ({ maxStates, maxDepth, memory, time, engine, visited }: SearchOptions): CellBounds => {
  const given = [
    ['--time', time, 'an answer that depends on the speed of a machine cannot be merged'],
    ['--engine', engine, 'the engine is not part of the question'],
    ['--visited', visited, 'the set of known states is not part of the question'],
  ] as const
  const first = given.find(([, value]) => value !== undefined)
  if (first !== undefined) {
    const [place, , cause] = first
    throw new UsageError({ code: 'E_OPTION', place, cause, remedy: 'leave it out, or bound with --max-states' })
  }
  return {
    ...(maxStates !== undefined && { maxStates }),
    ...(maxDepth !== undefined && { maxDepth }),
    ...(memory !== undefined && { memory }),
  }
}

type CellEnd = 'kept' | 'failed' | 'interrupted'

/** A cell that fails leaves no result: another run of the shard tries it again. */
export const checkCell = (cell: Cell, folder: Pick<ResultFolder, 'keep'>, io: Io): CellEnd => {
  const start = performance.now()
  try {
    const search = searchOf(cell.bounds, io)
    const answers = answer({ scenario: scenarioOf(cell.scenario), overrides: cell.overrides, search }, io)
    if (answers.report.bound === 'stopped') return 'interrupted'
    folder.keep(cell.id, resultOf(cell, answers), (performance.now() - start) / 1000)
    return 'kept'
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    if (error.code === 'E_RANGE') {
      folder.keep(cell.id, { ...cell, verdict: 'no such world', why: error.message }, 0)
      return 'kept'
    }
    io.err(`halfopen: ${cell.scenario}: ${error.message}\n`)
    return 'failed'
  }
}

/** No times, no hosts, nothing of how it was found. */
const resultOf = (cell: Cell, answers: Answers) => {
  const { states, exactStates, transitions, depth, isDeeper, exhausted, bound, deadlocks, deadlock } = answers.report
  return {
    ...cell,
    verdict: verdictOf(answers),
    states,
    ...(exactStates && { exactStates }),
    transitions,
    depth,
    ...(isDeeper && { isDeeper }),
    exhausted,
    ...(bound && { bound }),
    deadlocks,
    deadlock: deadlock.verdict,
    properties: answers.asked.map(({ property, finding: { verdict, path } }) => ({
      id: property.id,
      verdict,
      ...(path && { steps: path.events.length, path: encodePath(answers.model, path) }),
    })),
  }
}
