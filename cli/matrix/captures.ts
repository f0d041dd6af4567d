/** `halfopen replay DIR|GLOB --shard k/n --out DIR`: one process's share of many captures. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { canonicalKey } from '../../checker/index.ts'
import { ReadError, type ReplayCaptureOptions } from '../../traces/index.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { type ExitCode, exit } from '../exit.ts'
import { isInterrupted, writeJson } from '../io.ts'
import { replayFile } from '../replay/file.ts'
import { replayJson } from '../replay/json.ts'
import { tellReadError } from '../unreadable.ts'
import { count } from '../words/number.ts'
import { modelDigest, sha256 } from './cell.ts'
import { ResultFolder } from './folder.ts'
import { isInShard, type Shard } from './shard.ts'

/** What decides the result of every capture besides the capture. */
export type ReplaySettings = Omit<ReplayCaptureOptions, 'bounds'> & {
  readonly memory?: number
  readonly port?: number
}

interface CaptureCell {
  readonly id: string
  /** As the plan calls it: the path below the directory that was given, or the path as it was given. */
  readonly name: string
  readonly path: string
}

export interface ShardFlags {
  readonly shard?: Shard
  readonly out: string
  readonly json?: true
}

/** @throws UsageError */
export const replayShard = (
  given: readonly string[],
  settings: ReplaySettings,
  { shard, out, json }: ShardFlags,
  { io }: Context,
): ExitCode => {
  const cells = cellsOf(given, settings)
  const folder = new ResultFolder(out)
  const asked = given.join(' ')
  folder.begin({ command: 'replay', asked, cells: cells.map(({ id, name }) => ({ id, is: name })) })
  const own = cells.filter((_, at) => isInShard(at, shard))
  const { memory, port, ...options } = settings
  const bounds = {
    seconds: Number.POSITIVE_INFINITY, // an answer that depends on the speed of a machine cannot be merged
    ...(memory !== undefined && { memory }),
    shouldStop: () => isInterrupted(io),
  }
  let [done, found] = [0, 0]
  for (const { id, name, path } of own) {
    if (isInterrupted(io)) break
    if (folder.has(id)) {
      found++
      continue
    }
    const start = performance.now()
    const result = resultOf(name, path, { ...options, bounds }, port, (error) => tellReadError(error, io))
    if (result === undefined) break
    folder.keep(id, { id, model: modelDigest(), ...result }, (performance.now() - start) / 1000)
    done++
  }
  if (json) writeJson(io, 'check-matrix', { cells: cells.length, own: own.length, done, found })
  else {
    const known = found > 0 ? `, ${count(found, 'result')} there already` : ''
    io.out(`${count(done, 'capture')} of ${own.length} done${known}; halfopen merge ${out} tells what they say\n`)
  }
  return isInterrupted(io) ? exit.interrupted : exit.holds
}

/** @returns `undefined` when it was interrupted */
const resultOf = (
  name: string,
  path: string,
  options: ReplayCaptureOptions,
  port: number | undefined,
  tell: (error: ReadError) => void,
): object | undefined => {
  try {
    const capture = sha256(readFileSync(path))
    const replayed = replayFile(path, options, {}, port)
    if (replayed.report.interrupted) return undefined
    return { ...replayJson(replayed), file: name, capture }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    tell(error)
    return { file: name, verdict: 'unreadable', code: error.code }
  }
}

const cellsOf = (given: readonly string[], settings: ReplaySettings): CaptureCell[] => {
  const found = new Map(given.flatMap(capturesIn).map((one) => [one.name, one]))
  if (found.size === 0) {
    const remedy = 'give files, a directory, or a pattern such as "captures/*.pcap"'
    throw new UsageError({ code: 'E_VALUE', place: 'replay --out', cause: 'there is no capture', remedy })
  }
  const how = canonicalKey({ ...settings, model: modelDigest() })
  return [...found.values()].map(({ name, path }) => ({ id: sha256(`${name}\n${how}`).slice(0, 32), name, path }))
}

const CAPTURE = /\.(pcap|pcapng|cap)(\.gz)?$/i

/** The captures of a directory and all below it, those that a pattern names, or the file itself; in one order everywhere. */
const capturesIn = (given: string): { readonly name: string; readonly path: string }[] => {
  const sorted = (names: readonly string[]): string[] => [...names].sort((a, b) => (a < b ? -1 : 1))
  if (isDirectory(given)) {
    const names = readdirSync(given, { recursive: true, encoding: 'utf8' }).filter((name) => CAPTURE.test(name))
    return sorted(names).map((name) => ({ name, path: join(given, name) }))
  }
  const folder = dirname(given)
  if (!/[*?]/.test(basename(given)) || !isDirectory(folder)) return [{ name: given, path: given }]
  const pattern = basename(given).replace(/[.+^${}()|[\]\\]/g, '\\$&')
  const matches = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
  return sorted(readdirSync(folder).filter((name) => matches.test(name))).map((name) => ({
    name,
    path: join(folder, name),
  }))
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
