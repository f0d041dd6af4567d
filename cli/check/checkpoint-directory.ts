/** A checkpoint as a directory: `states`, which only grows, `checkpoint`, which is replaced as a whole, and `lock` while a process uses it. */
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { CheckpointStore } from '../../checker/index.ts'
import { UsageError } from '../error.ts'

const { O_CREAT, O_RDWR } = constants

export class CheckpointDirectory implements CheckpointStore {
  readonly place: string
  #states: number | undefined
  #isLocked = false

  constructor(place: string) {
    this.place = place
  }

  load(): string | undefined {
    if (existsSync(this.place)) this.#lock()
    try {
      return readFileSync(join(this.place, 'checkpoint'), 'utf8')
    } catch (error) {
      if (isErrno(error) && error.code === 'ENOENT') return undefined
      throw this.#told(error, 'E_CHECKPOINT', 'cannot be read')
    }
  }

  read(from: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    try {
      this.#states ??= openSync(join(this.place, 'states'), O_RDWR)
      let done = 0
      for (let read = -1; read !== 0 && done < length; done += read) {
        read = readSync(this.#states, bytes, done, length - done, from + done)
      }
      return bytes.subarray(0, done)
    } catch (error) {
      if (isErrno(error) && error.code === 'ENOENT') return new Uint8Array(0)
      throw this.#told(error, 'E_CHECKPOINT', 'cannot be read')
    }
  }

  write(from: number, bytes: Uint8Array): void {
    this.#writing(() => {
      if (this.#states === undefined) {
        mkdirSync(this.place, { recursive: true })
        this.#lock()
        this.#states = openSync(join(this.place, 'states'), O_RDWR | O_CREAT)
      }
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#states, bytes, done, bytes.length - done, from + done)
      }
    })
  }

  keep(text: string): void {
    this.#writing(() => {
      fsyncSync(this.#states!)
      const name = join(this.place, 'checkpoint')
      const file = openSync(`${name}.new`, 'w')
      try {
        writeFileSync(file, text)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(`${name}.new`, name)
      syncDirectory(this.place)
    })
  }

  /** Two processes on one directory would leave a checkpoint of neither. What a process that is gone has locked is free. */
  #lock(): void {
    if (this.#isLocked) return
    const file = join(this.place, 'lock')
    const own = `${process.pid} ${hostname()}\n`
    try {
      writeFileSync(file, own, { flag: 'wx' })
    } catch (error) {
      if (!isErrno(error) || error.code !== 'EEXIST') throw this.#told(error, 'E_OUTPUT', 'cannot be locked')
      const [pid = '', host = ''] = readFileSync(file, 'utf8').trim().split(' ')
      if (host !== hostname() || (Number(pid) !== process.pid && isAlive(Number(pid)))) {
        const cause = `is in use by process ${pid} on ${host}`
        const remedy = `wait for it, or name another directory; if that process is gone, delete ${file}`
        throw new UsageError({ code: 'E_OTHER_CHECKPOINT', place: this.place, cause, remedy })
      }
      writeFileSync(file, own)
    }
    this.#isLocked = true
    if (locks.size === 0) process.once('exit', unlock)
    locks.add(file)
  }

  #writing(write: () => void): void {
    try {
      write()
    } catch (error) {
      if (error instanceof UsageError) throw error
      throw this.#told(error, 'E_OUTPUT', 'cannot be written')
    }
  }

  #told(error: unknown, code: 'E_CHECKPOINT' | 'E_OUTPUT', what: string): unknown {
    if (!isErrno(error)) return error
    const cause = `${what}: ${error.message}`
    return new UsageError({ code, place: this.place, cause, remedy: 'name another directory, or make room for it' })
  }
}

/** What this process has locked. */
const locks = new Set<string>()
const unlock = (): void => {
  for (const file of locks) rmSync(file, { force: true })
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isErrno(error) && error.code === 'EPERM'
  }
}

/** Makes a rename last. Not every system lets a directory be opened. */
const syncDirectory = (place: string): void => {
  let directory: number
  try {
    directory = openSync(place, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(directory)
  } catch {
    // what the system cannot do is not asked of it
  } finally {
    closeSync(directory)
  }
}

const isErrno = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error
