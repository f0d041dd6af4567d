/**
 * A second kernel on the same machine: Debian's user-mode-linux is a Linux kernel as a process. It boots over the files of this
 * machine in seconds, and runs this very program. It has no network; nothing remains of it but what the program was told to save.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadModule } from './native.ts'

const KERNEL = 'linux.uml'
const MISSING = `The program ${KERNEL} is missing (Debian: user-mode-linux)`
/** Its memory: a file of that size, of which it uses what it needs. */
const MEMORY = '2048M'

/** The environment variable that says that this process runs in it. */
const INSIDE = 'HALFOPEN_UML'

/** Undefined where it can be booted, otherwise why not and what would help. */
export const whyNoUml = (): string | undefined => {
  if (process.platform !== 'linux') return 'user-mode-linux needs Linux'
  return spawnSync(KERNEL, ['--version']).error ? MISSING : undefined
}

/** Interfaces of this kind are a module there. Does nothing in another kernel. @throws Error where it cannot be loaded */
export const prepareUml = (): void => {
  if (process.env[INSIDE] === '1') loadModule(`/usr/lib/uml/modules/${release()}/kernel/drivers/net/veth.ko`)
}

/** Boots the kernel, runs a program of Node in it, in this folder, and gives back its exit code; what it writes is written on. */
export const runOnUml = async (args: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'halfopen-uml-'))
  const file = (name: string) => join(folder, name)
  const command = [process.execPath, ...process.execArgv, ...args].map(quoted).join(' ')
  writeFileSync(file('init'), script(folder, command, { ...environment, [INSIDE]: '1' }), { mode: 0o755 })
  writeFileSync(file('out'), '')
  writeFileSync(file('err'), '')
  try {
    const console = await booted(folder)
    if (existsSync(file('code'))) return Number(readFileSync(file('code'), 'utf8'))
    process.stderr.write(`live: ${KERNEL} ended before its program did; it said:\n${console}`)
    return 70
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/** What the kernel runs first, and nothing after it. */
const script = (folder: string, command: string, environment: Readonly<Record<string, string>>): string => `#!/bin/sh
mount -t proc proc /proc
cd ${quoted(process.cwd())}
${Object.entries({ PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: folder, ...environment })
  .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
  .join('')}${command} </dev/null >${quoted(join(folder, 'out'))} 2>${quoted(join(folder, 'err'))}
echo $? >${quoted(join(folder, 'code'))}
sync
echo o >/proc/sysrq-trigger
while :; do sleep 1; done
`

/** How often what the program has written is looked at, ms. */
const LOOKS = 200

/** Until the kernel has powered off: what it has said on its console. */
const booted = (folder: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = ['rootfstype=hostfs', 'rw', `init=${join(folder, 'init')}`, `mem=${MEMORY}`, `uml_dir=${folder}/`]
    const consoles = ['con=null', 'ssl=null', 'con0=null,fd:1', 'quiet']
    const kernel = spawn(KERNEL, [...options, ...consoles], { stdio: ['ignore', 'pipe', 'pipe'] })
    const said: Buffer[] = []
    for (const stream of [kernel.stdout, kernel.stderr]) stream.on('data', (bytes: Buffer) => said.push(bytes))
    const written = { out: 0, err: 0 }
    const writeOn = () => {
      for (const name of ['out', 'err'] as const) {
        const bytes = readFileSync(join(folder, name)).subarray(written[name])
        written[name] += bytes.length
        process[name === 'out' ? 'stdout' : 'stderr'].write(bytes)
      }
    }
    const looking = setInterval(writeOn, LOOKS)
    const stop = () => kernel.kill('SIGTERM')
    process.once('SIGINT', stop)
    const end = (settle: () => void) => {
      clearInterval(looking)
      process.off('SIGINT', stop)
      settle()
    }
    kernel.on('error', (error) => end(() => reject(error)))
    kernel.on('close', () =>
      end(() => {
        writeOn()
        resolve(Buffer.concat(said).toString())
      }),
    )
  })
