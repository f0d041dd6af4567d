/**
 * Results as files: `<id>.json` says what was found and nothing of when or where, so that the same cell gives the same bytes
 * on every machine; `<id>.run` beside it says how long it took, and on which host.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../error.ts'

/** What has to be there in the end: written by every shard, and the same in all. */
export interface Plan {
  readonly command: 'check' | 'replay'
  /** The matrix, or the files, as they were given. */
  readonly asked: string
  /** Ids in the order of the report, and what each is in words. */
  readonly cells: readonly { readonly id: string; readonly is: string }[]
}

const PLAN = 'plan.json'

export const textOf = (document: unknown): string => `${JSON.stringify(document, null, 1)}\n`

/** @throws UsageError E_OUTPUT */
export class ResultFolder {
  readonly place: string

  constructor(place: string) {
    this.place = place
  }

  /** Refuses a folder that holds something else already. */
  begin(plan: Plan): void {
    this.#writing(() => mkdirSync(this.place, { recursive: true }))
    const known = this.#read(PLAN)
    if (known === undefined) this.#write(PLAN, textOf(plan))
    else if (known !== textOf(plan)) {
      const cause = 'holds the results of another matrix, or of another version'
      throw new UsageError({ code: 'E_OUTPUT', place: this.place, cause, remedy: 'name an empty directory' })
    }
  }

  has(id: string): boolean {
    return this.#read(`${id}.json`) !== undefined
  }

  /** Written under another name and then renamed: no reader finds half a result. */
  keep(id: string, result: unknown, seconds: number): void {
    this.keepText(id, textOf(result), seconds)
  }

  /** A result as `textOf` has written it, on this machine or on another. */
  keepText(id: string, text: string, seconds: number): void {
    this.#write(`${id}.run`, textOf({ seconds, host: hostname(), finished: new Date().toISOString() }))
    this.#write(`${id}.json`, text)
  }

  #read(name: string): string | undefined {
    try {
      return readFileSync(join(this.place, name), 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw this.#told(error)
    }
  }

  #write(name: string, text: string): void {
    this.#writing(() => {
      const temporary = join(this.place, `.${name}.${hostname()}.${process.pid}`)
      writeFileSync(temporary, text)
      renameSync(temporary, join(this.place, name))
    })
  }

  #writing(write: () => void): void {
    try {
      write()
    } catch (error) {
      throw this.#told(error)
    }
  }

  #told(error: unknown): UsageError {
    const cause = `cannot be used: ${(error as Error).message}`
    return new UsageError({ code: 'E_OUTPUT', place: this.place, cause, remedy: 'name another directory' })
  }
}

/** Everything in a folder of results. */
export interface Results {
  readonly place: string
  readonly plan: string | undefined
  readonly results: ReadonlyMap<string, string>
}

/** @throws UsageError E_UNREADABLE */
export const readResults = (place: string): Results => {
  try {
    const names = readdirSync(place)
    const read = (name: string) => readFileSync(join(place, name), 'utf8')
    const ids = names.filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
    return {
      place,
      plan: names.includes(PLAN) ? read(PLAN) : undefined,
      results: new Map(ids.map((name) => [name.slice(0, 32), read(name)])),
    }
  } catch (error) {
    const cause = `cannot be read: ${(error as NodeJS.ErrnoException).code}`
    throw new UsageError({ code: 'E_RESULTS', place, cause, remedy: 'give directories that --out has written' })
  }
}
