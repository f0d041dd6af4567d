/**
 * A second kernel on the same machine: Debian's user-mode-linux is a Linux kernel as a process. It boots over the files of this
 * machine in seconds, without root, and has no network but what is made in it; nothing remains of it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LiveKernel } from '../kernel.ts'
import { SIDE_BY_SIDE } from '../worlds.ts'
import { type Done, type Failed, got, type Job, put, sleep } from './work.ts'

const KERNEL = 'linux.uml'
/** Its memory: a file of that size, of which it uses what it needs. */
const MEMORY = '2048M'

/** Undefined where it can be booted, otherwise why not and what would help. */
export const whyNoUml = (): string | undefined => {
  if (process.platform !== 'linux') return 'user-mode-linux needs Linux'
  return spawnSync(KERNEL, ['--version']).error && `The program ${KERNEL} is missing (Debian: user-mode-linux)`
}

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
      this.#booted = boot()
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
    const said = (): string => `it said:\n${readFileSync(join(folder, 'said'), 'utf8')}`
    for (let waited = 0; waited < most; waited += LOOKS) {
      const done = got<T>(folder, 'done', n)
      if (done !== undefined) return done
      if (hasEnded(pid)) throw new Error(`${KERNEL} has ended; ${said()}`)
      sleep(LOOKS)
    }
    throw new Error(`${KERNEL} has not come up in ${most / 1000} s; ${said()}`)
  }
}

interface Booted {
  readonly pid: number
  /** Jobs are written into it, and results read from it. */
  readonly folder: string
}

const boot = (): Booted => {
  const folder = mkdtempSync(join(tmpdir(), 'halfopen-uml-'))
  writeFileSync(join(folder, 'init'), initOf(folder), { mode: 0o755 })
  const said = openSync(join(folder, 'said'), 'w')
  // It ends with this process, however that ends. linux: PR_SET_PDEATHSIG
  const ends = ['--pdeathsig', 'TERM', KERNEL]
  const kernel = spawn('setpriv', [...ends, ...optionsOf(folder)], { stdio: ['ignore', said, said] })
  closeSync(said)
  kernel.unref()
  return { pid: kernel.pid!, folder }
}

/** How often what it has done is looked for, ms. */
const LOOKS = 20

/** Ended, and its exit code is not read while this thread waits. linux: proc(5), state Z */
const hasEnded = (pid: number): boolean => {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return true
  }
}

const optionsOf = (folder: string): string[] => [
  ...['rootfstype=hostfs', 'rw', `init=${join(folder, 'init')}`, `mem=${MEMORY}`, `uml_dir=${folder}/`],
  ...['con=null', 'ssl=null', 'con0=null,fd:1', 'quiet'],
]

const GUEST = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../dist/traces/live/uml/guest.js' : './guest.js', import.meta.url),
)

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/** What the kernel runs first, and nothing after it. */
const initOf = (folder: string): string => `#!/bin/sh
mount -t proc proc /proc
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=${quoted(folder)}
${[process.execPath, GUEST, folder].map(quoted).join(' ')} </dev/null >>${quoted(join(folder, 'said'))} 2>&1
sync
echo o >/proc/sysrq-trigger
while :; do sleep 1; done
`
