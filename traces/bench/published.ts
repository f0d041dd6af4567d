/** The published capture: how long its replay takes beside start-up. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Took } from './one.ts'
import type { Published } from './report.ts'
import { halfopen } from './run.ts'

const PROCESSES = 9
/** Replays after which all code is compiled, and those that are measured. */
const WARM = { from: 15, to: 30 }
const LIMIT = 60

export const published = async (): Promise<Published> => {
  const file = fileURLToPath(
    new URL('../../../traces/corpus/ghost-connection/ghost-connection.tcpdump.txt', import.meta.url),
  )
  const programs: number[] = []
  for (let i = 0; i < PROCESSES; i++) {
    const replayed = await halfopen(['replay', file], LIMIT)
    const started = await halfopen(['--version'], LIMIT)
    if (replayed.exitCode !== 0) throw new Error(`halfopen replay ${file}: exit code ${replayed.exitCode}`)
    programs.push(1000 * (replayed.seconds - started.seconds))
  }
  const all = Array.from({ length: PROCESSES }, () => asLibrary(file))
  return {
    program: median(programs),
    first: 1000 * median(all.map(({ seconds }) => seconds)),
    warm: 1000 * median(all.flatMap(({ secondsAgain }) => secondsAgain.slice(WARM.from))),
    processes: PROCESSES,
  }
}

const asLibrary = (file: string): Took => {
  const one = fileURLToPath(new URL('./one.js', import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, [one, file, String(WARM.to)], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Took
}

const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[all.length >> 1]!
