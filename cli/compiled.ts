/**
 * A CommonJS file that is compiled before it is used: what V8 made of it in a run is kept beside it, and a start that finds it
 * there parses and compiles next to nothing. What is damaged, or was made of another file, by another V8 or with other flags,
 * is not taken; then the file is compiled as any other.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire, Module } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'

export interface Compiled<Exports> {
  readonly exports: Exports
  /** What was kept has been taken. */
  readonly wasKept: boolean
  /** Keeps what has been compiled until now: functions are when they are first called. */
  readonly keep: () => void
}

/** @param file absolute */
export const compiled = <Exports>(file: string): Compiled<Exports> => {
  const source = readFileSync(file)
  const kept = new Kept(`${file}.cache`, crc32(source))
  const cachedData = kept.read()
  const script = new Script(Module.wrap(source.toString()), { filename: file, ...(cachedData && { cachedData }) })
  const module = { exports: {} as Exports }
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file))
  return {
    exports: module.exports,
    wasKept: script.cachedDataRejected === false,
    keep: () => kept.write(script.createCachedData()),
  }
}

/** What V8 made, and the sum of it and of its source: V8 itself looks at neither, and falls over what is damaged. */
class Kept {
  readonly #file: string
  readonly #sourceSum: number

  constructor(file: string, sourceSum: number) {
    this.#file = file
    this.#sourceSum = sourceSum
  }

  read(): Buffer | undefined {
    if (!existsSync(this.#file)) return undefined
    const all = readFileSync(this.#file)
    const data = all.subarray(0, -SUM)
    return all.length > SUM && all.readUInt32LE(data.length) === this.#sumOf(data) ? data : undefined
  }

  write(data: Buffer): void {
    const sum = Buffer.alloc(SUM)
    sum.writeUInt32LE(this.#sumOf(data))
    writeFileSync(this.#file, Buffer.concat([data, sum]))
  }

  #sumOf(data: Buffer): number {
    return crc32(data, this.#sourceSum)
  }
}

/** Octets of the sum. */
const SUM = 4
