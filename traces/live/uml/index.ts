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

export class UmlKernel implements LiveKernel {
  readonly release: string
  readonly #folder = mkdtempSync(join(tmpdir(), 'halfopen-uml-'))
  readonly #pid: number
  #jobs = 0

  /** Boots it. @throws Error where it does not come up, with what it said */
  constructor() {
    writeFileSync(join(this.#folder, 'init'), initOf(this.#folder), { mode: 0o755 })
    const said = openSync(join(this.#folder, 'said'), 'w')
    // It ends with this process, however that ends. linux: PR_SET_PDEATHSIG
    const ends = ['--pdeathsig', 'TERM', KERNEL]
    const kernel = spawn('setpriv', [...ends, ...optionsOf(this.#folder)], { stdio: ['ignore', said, said] })
    closeSync(said)
    kernel.unref()
    this.#pid = kernel.pid!
    process.once('exit', () => this.close())
    this.release = this.#wait<{ release: string }>(0).release
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
    try {
      process.kill(this.#pid, 'SIGTERM')
    } catch {} // it has ended by itself
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #does(job: Job): Exclude<Done, Failed> {
    put(this.#folder, 'job', ++this.#jobs, job)
    const done = this.#wait<Done>(this.#jobs)
    if ('failed' in done) throw new Error(done.failed)
    return done
  }

  #wait<T>(n: number): T {
    for (;;) {
      const done = got<T>(this.#folder, 'done', n)
      if (done !== undefined) return done
      if (hasEnded(this.#pid)) throw new Error(`${KERNEL} has ended; it said:\n${this.#said()}`)
      sleep(LOOKS)
    }
  }

  #said(): string {
    return readFileSync(join(this.#folder, 'said'), 'utf8')
  }
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
