/** A command line of this program, run in the second kernel: it has the same files, and what it prints is passed on. */
import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { boot, complaints, hasEnded, KERNEL, written } from './boot.ts'

/** The environment variable that says that this process is in the guest. */
const GUEST = 'HALFOPEN_GUEST'

export const isInGuest = (): boolean => process.env[GUEST] === '1'

export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Polled: true ends the kernel. */
  readonly shouldStop?: () => boolean
}

/** How often what is printed is passed on, ms. */
const LOOKS = 100
const INTERRUPTED = 130

/** @param args a file of Node with its arguments; its exit code. @throws Error where the kernel does not come up or panics, with what it said */
export const runInUml = async (args: readonly string[], { out, err, shouldStop }: Streams): Promise<number> => {
  const { pid, folder } = boot(() => args, { [GUEST]: '1' })
  const end = () => {
    try {
      process.kill(pid, 'SIGTERM')
    } catch {} // it has ended by itself
  }
  const passOn = [new Growing(join(folder, written.out), out), new Growing(join(folder, written.err), err)]
  process.once('exit', end)
  try {
    const code = join(folder, written.code)
    while (!existsSync(code) && !hasEnded(pid)) {
      await setTimeout(LOOKS)
      for (const file of passOn) file.more()
      if (shouldStop?.()) return INTERRUPTED
    }
    for (const file of passOn) file.more()
    if (!existsSync(code)) throw new Error(`${KERNEL} has ended; it said:\n${complaints(folder)}`)
    return Number(readFileSync(code, 'utf8'))
  } finally {
    end()
    for (const file of passOn) file.close()
    process.off('exit', end)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that another process writes to. */
class Growing {
  readonly #name: string
  readonly #hears: (text: string) => void
  readonly #decoder = new TextDecoder()
  #file: number | undefined

  constructor(name: string, hears: (text: string) => void) {
    this.#name = name
    this.#hears = hears
  }

  more(): void {
    if (this.#file === undefined && !existsSync(this.#name)) return
    this.#file ??= openSync(this.#name, 'r')
    const bytes = new Uint8Array(65_536)
    for (let n = readSync(this.#file, bytes); n > 0; n = readSync(this.#file, bytes))
      this.#hears(this.#decoder.decode(bytes.subarray(0, n), { stream: true }))
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
  }
}
