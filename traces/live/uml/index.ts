/**
 * A second kernel on the same machine: Debian's user-mode-linux is a Linux kernel as a process. It boots over the files of this
 * machine in seconds, without root, and has no network but what is made in it; nothing remains of it.
 */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LiveKernel } from '../kernel.ts'
import { SIDE_BY_SIDE } from '../worlds.ts'
import { type Booted, boot, complaints, hasEnded, KERNEL } from './boot.ts'
import { type Done, type Failed, got, type Job, put, sleep } from './work.ts'

export { whyNoUml } from './boot.ts'

/** How long a boot may take, ms; it takes two seconds on a quiet machine. One that panics or hangs is tried again. */
const BOOT = 60_000
const BOOTS = 3

export class UmlKernel implements LiveKernel {
  readonly release: string
  #booted: Booted
  #jobs = 0

  /** Boots it. @throws Error where it does not come up, with what it said */
  constructor() {
    process.once('exit', () => this.close())
    for (let tries = 1; ; tries++) {
      this.#booted = boot((folder) => [GUEST, folder])
      try {
        this.release = this.#wait<{ release: string }>(0, BOOT).release
        return
      } catch (error) {
        this.close()
        if (tries === BOOTS) throw error
      }
    }
  }

  runAll: LiveKernel['runAll'] = (scripts, ended) => {
    for (let i = 0; i < scripts.length; i += SIDE_BY_SIDE) {
      const some = scripts.slice(i, i + SIDE_BY_SIDE)
      const done = this.#does({ runs: some })
      if (!('recordings' in done)) throw new Error('the guest answers another job than it was given')
      for (const [n, recording] of done.recordings.entries()) ended(recording, some[n]!, i + n)
    }
  }

  lead: LiveKernel['lead'] = (paths) => {
    const done = this.#does({ paths })
    if (!('results' in done)) throw new Error('the guest answers another job than it was given')
    return done.results
  }

  /** Ends it, as far as it has not ended yet. */
  close(): void {
    const { pid, folder } = this.#booted
    try {
      process.kill(pid, 'SIGTERM')
    } catch {} // it has ended by itself
    rmSync(folder, { recursive: true, force: true })
  }

  #does(job: Job): Exclude<Done, Failed> {
    put(this.#booted.folder, 'job', ++this.#jobs, job)
    const done = this.#wait<Done>(this.#jobs)
    if ('failed' in done) throw new Error(done.failed)
    return done
  }

  /** @param most ms, if not for as long as it runs */
  #wait<T>(n: number, most = Number.POSITIVE_INFINITY): T {
    const { pid, folder } = this.#booted
    const said = (): string => `it said:\n${complaints(folder)}`
    for (let waited = 0; waited < most; waited += LOOKS) {
      const done = got<T>(folder, 'done', n)
      if (done !== undefined) return done
      if (hasEnded(pid)) throw new Error(`${KERNEL} has ended; ${said()}`)
      sleep(LOOKS)
    }
    throw new Error(`${KERNEL} has not come up in ${most / 1000} s; ${said()}`)
  }
}

/** How often what it has done is looked for, ms. */
const LOOKS = 20

const GUEST = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../dist/traces/live/uml/guest.js' : './guest.js', import.meta.url),
)
