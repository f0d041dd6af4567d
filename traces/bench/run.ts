/** Processes, and what they cost. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { match } from 'ts-pattern'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

export interface Run {
  readonly seconds: number
  /** Undefined if it was killed. */
  readonly exitCode?: number
  /** As far as the system tells it. */
  readonly peakMB?: number
}

/** `halfopen ARGS`, with start-up and all that it prints; killed after so many seconds. */
export const halfopen = (args: readonly string[], limit: number): Promise<Run> =>
  run(process.execPath, ['--import', here('./peak.js'), here('../../bin/main.js'), ...args], limit)

/** `tshark -q -z conv,tcp`; undefined where it is not installed. */
export const tshark = async (file: string, limit: number): Promise<Run | undefined> => {
  const took = await run('tshark', ['-r', file, '-q', '-z', 'conv,tcp'], limit)
  return took.exitCode === 0 ? took : undefined
}

const run = (command: string, args: readonly string[], limit: number): Promise<Run> =>
  new Promise((resolve) => {
    const began = performance.now()
    const seconds = (): number => (performance.now() - began) / 1000
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    let told = ''
    let killed: Run | undefined
    const timer = setTimeout(() => {
      killed = { seconds: seconds(), ...memoryOf(child.pid) }
      child.kill('SIGKILL')
    }, limit * 1000)
    const pipe = child.stdio[3]
    if (pipe && 'setEncoding' in pipe)
      pipe.setEncoding('utf8').on('data', (text: string) => {
        told += text
      })
    const done = (exitCode: number): void => {
      clearTimeout(timer)
      resolve(killed ?? { seconds: seconds(), exitCode, ...(told !== '' && { peakMB: Number(told) / 1024 }) })
    }
    child.on('error', () => done(127)).on('close', (code) => done(code ?? 1))
  })

/** The most that a running process has had. Linux tells. */
const memoryOf = (pid: number | undefined): { peakMB?: number } => {
  try {
    const kB = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kB === undefined ? {} : { peakMB: Number(kB) / 1024 }
  } catch {
    return {}
  }
}

/** As the exit code of `halfopen replay` tells it. */
export const verdictOf = (exitCode: number): string =>
  match(exitCode)
    .with(0, () => 'conforms')
    .with(1, () => 'diverges')
    .with(3, () => 'inconclusive')
    .otherwise((code) => `exit code ${code}`)
