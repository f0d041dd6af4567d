/** How the second kernel comes up: over the files of this machine, with one program, and nothing after it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const KERNEL = 'linux.uml'
/** Its memory: a file of that size, of which it uses what it needs. */
const MEMORY = '2048M'

/** Undefined where it can be booted, otherwise why not and what would help. */
export const whyNoUml = (): string | undefined => {
  if (process.platform !== 'linux') return 'user-mode-linux needs Linux'
  return spawnSync(KERNEL, ['--version']).error && `The program ${KERNEL} is missing (Debian: user-mode-linux)`
}

export interface Booted {
  readonly pid: number
  readonly kernel: ChildProcess
  /** Both kernels see it: jobs and results, and what is written to its console (`said`). */
  readonly folder: string
}

/** Where the program in the guest writes, in the folder: what it prints, what it complains of, and its exit code at last. */
export const written = { out: 'out', err: 'err', code: 'code' } as const

/** @param program of Node, with its arguments, by the folder */
export const boot = (
  program: (folder: string) => readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Booted => {
  const folder = mkdtempSync(join(tmpdir(), 'halfopen-uml-'))
  writeFileSync(join(folder, 'init'), initOf(folder, program(folder), environment), { mode: 0o755 })
  const said = openSync(join(folder, 'said'), 'w')
  // It ends with this process, however that ends. linux: PR_SET_PDEATHSIG
  const ends = ['--pdeathsig', 'TERM', KERNEL]
  const kernel = spawn('setpriv', [...ends, ...optionsOf(folder)], { stdio: ['ignore', said, said] })
  closeSync(said)
  kernel.unref()
  return { pid: kernel.pid!, kernel, folder }
}

/** What the kernel and the program in it have complained of. */
export const complaints = (folder: string): string =>
  ['said', written.err]
    .map((name) => join(folder, name))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('')

/** Ended, and its exit code is not read while this thread waits. linux: proc(5), state Z */
export const hasEnded = (pid: number): boolean => {
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

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/** What the kernel runs first, and nothing after it. */
const initOf = (folder: string, program: readonly string[], environment: Readonly<Record<string, string>>): string => {
  const file = (name: string) => quoted(join(folder, name))
  const set = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`)
  return `#!/bin/sh
mount -t proc proc /proc
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=${quoted(folder)}
${set.join('\n')}
cd ${quoted(process.cwd())}
${[process.execPath, ...program].map(quoted).join(' ')} </dev/null >${file(written.out)} 2>${file(written.err)}
echo $? >${file(written.code)}
sync
echo o >/proc/sysrq-trigger
while :; do sleep 1; done
`
}
