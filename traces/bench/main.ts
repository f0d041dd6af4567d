/**
 * `npm run bench:replay -- [--packets N] [--json] [FILE]`: how long the replay of the published capture takes, without start-up;
 * and that of a large one, beside tshark counting its conversations, in the same run. Without a file it makes one of a million
 * packets.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { generate } from './generate.ts'
import type { Took } from './one.ts'

const PROCESSES = 9
/** Replays after which all code is compiled, and those that are measured. */
const WARM = { from: 15, to: 30 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { packets: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
})
const scratch = mkdtempSync(join(tmpdir(), 'halfopen-'))
try {
  const file = positionals[0] ?? join(scratch, 'large.pcap')
  if (positionals.length === 0) generate(file, Number(values.packets))
  const took = halfopen(file)
  const secondsOfTshark = tshark(file)
  const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version }
  const row = {
    ...took,
    ...(secondsOfTshark === undefined ? {} : { secondsOfTshark, speedToTshark: secondsOfTshark / took.seconds }),
  }
  const small = published()
  process.stdout.write(
    values.json ? `${JSON.stringify({ machine, published: small, row }, null, 2)}\n` : publishedText(small) + text(row),
  )
} finally {
  rmSync(scratch, { recursive: true })
}

function halfopen(file: string, again = 0): Took {
  const one = fileURLToPath(new URL('./one.js', import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, [one, file, String(again)], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Took
}

/** Medians, in milliseconds. */
interface Published {
  /** What `halfopen replay FILE` takes longer than `halfopen --version`. */
  readonly program: number
  /** The first replay in a process, of code that was not compiled before. */
  readonly first: number
  /** Those in which all code has been compiled. */
  readonly warm: number
}

function published(): Published {
  const file = fileURLToPath(
    new URL('../../../traces/corpus/ghost-connection/ghost-connection.tcpdump.txt', import.meta.url),
  )
  const programs = Array.from({ length: PROCESSES }, () => program('replay', file) - program('--version'))
  const all = Array.from({ length: PROCESSES }, () => halfopen(file, WARM.to))
  return {
    program: median(programs),
    first: 1000 * median(all.map(({ seconds }) => seconds)),
    warm: 1000 * median(all.flatMap(({ secondsAgain }) => secondsAgain.slice(WARM.from))),
  }
}

/** Milliseconds of a whole process. */
function program(...args: string[]): number {
  const main = fileURLToPath(new URL('../../bin/main.js', import.meta.url))
  const began = performance.now()
  const { status } = spawnSync(process.execPath, [main, ...args], { stdio: 'ignore' })
  if (status !== 0) throw new Error(`halfopen ${args.join(' ')}: exit code ${status}`)
  return performance.now() - began
}

function median(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[all.length >> 1]!
}

function publishedText({ program, first, warm }: Published): string {
  const [inProgram, asLibrary, onceWarm] = [program, first, warm].map(Math.round)
  return `the published capture, both ends hidden: ${inProgram} ms by the program, ${asLibrary} ms as a library the first time, ${onceWarm} ms once warm (medians of ${PROCESSES} processes, without start-up)\n`
}

/** Seconds; undefined where it is not installed. */
function tshark(file: string): number | undefined {
  const began = performance.now()
  const { status } = spawnSync('tshark', ['-r', file, '-q', '-z', 'conv,tcp'], { stdio: 'ignore' })
  return status === 0 ? (performance.now() - began) / 1000 : undefined
}

function text(row: Took & { readonly secondsOfTshark?: number; readonly speedToTshark?: number }): string {
  const { packets, connections, verdict, secondsReading, seconds, peakMB, secondsOfTshark, speedToTshark } = row
  return [
    `${packets} packets of ${connections} connections: ${verdict}\n`,
    `replayed in ${seconds.toFixed(1)} s, of which ${secondsReading.toFixed(1)} s reading; peak ${Math.round(peakMB)} MB\n`,
    speedToTshark === undefined
      ? 'tshark is not installed: nothing to compare with\n'
      : `tshark -q -z conv,tcp: ${secondsOfTshark?.toFixed(1)} s; replay has ${speedToTshark.toFixed(2)} × its speed\n`,
  ].join('')
}
