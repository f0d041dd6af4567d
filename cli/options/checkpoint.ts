/** Flags that keep a long search, and go on with one. */
import type { Command } from 'commander'
import { UsageError } from '../error.ts'
import type { SearchOptions } from './search.ts'
import { duration } from './values.ts'

export interface CheckpointFlags {
  readonly checkpoint?: string
  /** Seconds. */
  readonly every?: number
  /** `true`: from the directory of --checkpoint. */
  readonly resume?: string | true
}

export const addCheckpointOptions = (command: Command): Command =>
  command
    .option('--checkpoint <dir>', 'keep the search in this directory, to resume it should it be ended')
    .option('--every <duration>', 'how often, as in 30s, 5m; 60s if absent', duration('--every', 0))
    .option('--resume [dir]', 'go on from the checkpoint kept there, and keep on keeping it')

/** @param scenarios how many are asked: one search is kept. */
export const checkCheckpoint = (o: CheckpointFlags & SearchOptions, scenarios: number): void => {
  const place = o.resume !== undefined ? '--resume' : o.checkpoint !== undefined ? '--checkpoint' : undefined
  const refuse = (place: string, cause: string, remedy: string): never => {
    throw new UsageError({ code: 'E_OPTION', place, cause, remedy })
  }
  if (place === undefined) {
    if (o.every !== undefined) refuse('--every', 'nothing is kept', 'say where with --checkpoint DIR')
    return
  }
  if (o.resume === true && o.checkpoint === undefined) refuse(place, 'no directory is named', 'write --resume DIR')
  if (typeof o.resume === 'string' && o.checkpoint !== undefined && o.resume !== o.checkpoint) {
    const cause = `${o.resume} is not the directory of --checkpoint ${o.checkpoint}`
    refuse(place, cause, 'a resumed search is kept where it was: write --resume DIR alone')
  }
  if (scenarios !== 1) refuse(place, 'one search is kept at a time', 'name one scenario to check')
  if (o.engine === 'depth-first')
    refuse(place, 'a depth-first search cannot be kept', 'use --engine explicit, or auto, which begins breadth first')
  if (o.engine === 'symbolic' || o.engine === 'depth-first')
    refuse(place, 'only a search breadth first is kept', 'use --engine explicit, or auto, which begins state by state')
}
