/** What passes between this process and the one in the other kernel: files, one after another, in a folder that both see. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Recording } from '../../conformance/folder.ts'
import type { Led, PathResult } from '../path/run.ts'
import type { Script } from '../script.ts'

export type Job = { readonly runs: readonly Script[] } | { readonly paths: readonly Led[] } | 'end'
export type Done = { readonly recordings: readonly Recording[] } | { readonly results: readonly PathResult[] } | Failed
export interface Failed {
  readonly failed: string
}

/** The n-th of a kind. It is there as a whole or not at all. */
export const put = (folder: string, kind: 'job' | 'done', n: number, what: Job | Done | { release: string }): void => {
  const file = join(folder, `${kind}-${n}`)
  writeFileSync(`${file}.part`, serialize(what), { flush: true })
  renameSync(`${file}.part`, file)
}

export const got = <T>(folder: string, kind: 'job' | 'done', n: number): T | undefined => {
  const file = join(folder, `${kind}-${n}`)
  return existsSync(file) ? (deserialize(readFileSync(file)) as T) : undefined
}

export const sleep = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
